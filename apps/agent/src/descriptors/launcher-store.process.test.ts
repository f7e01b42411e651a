import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { launcherProgram } from '@weft/launcher'
import { ask, Launched } from '@weft/launcher/testing'
import { needs } from '@weft/tools/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../testing/kept-listener/main.ts', import.meta.url))

interface Life {
  readonly pid: number
  readonly port: number
}

needs('compiler')('the store of the launcher', () => {
  let launched: Launched

  beforeEach(async () => {
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', program]
    // Its own home would be somewhere else without it, and the addon be compiled anew.
    launched = new Launched(await launcherProgram.compile(), node, { HOME: homedir() })
  }, 60_000)
  afterEach(async () => {
    launched.process.kill('SIGKILL')
    await launched.ended
  })

  const life = async (number: number): Promise<Life> => JSON.parse(await launched.line(number)) as Life

  test('a listener that a killed program kept is there for the next one, with who waits in its queue', async () => {
    const first = await life(0)
    expect(first).toMatchObject({ isTaken: false, restarts: 0, none: -1 })
    expect(await ask(first.port)).toBe(first.pid)

    process.kill(first.pid, 'SIGKILL')
    const answer = ask(first.port)
    const second = await life(1)

    expect(second).toMatchObject({ port: first.port, isTaken: true, restarts: 1, none: -1 })
    expect(await answer).toBe(second.pid)
  }, 30_000)

  test('what was dropped is gone', async () => {
    const first = await life(0)

    process.kill(first.pid, 'SIGUSR2')

    expect(await life(1)).toMatchObject({ isTaken: false, restarts: 1 })
    await expect(ask(first.port)).rejects.toThrow('ECONNREFUSED')
  }, 30_000)
})
