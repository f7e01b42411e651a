import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { needs } from '@weft/tools/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launcherProgram } from './launcher-program.ts'
import { ask, endAll, Launched, ownCopy, removeCopy, type AgentLine } from './testing/index.ts'

needs('compiler')('launchers of two containers', () => {
  let launcher: string
  let agent: string
  let dir: string
  let running: Launched[]

  beforeAll(async () => {
    launcher = await launcherProgram.compileSanitized()
    agent = ownCopy(await launcherProgram.compileTest('agent'))
  }, 60_000)
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weft-launcher-'))
    running = []
  })
  afterAll(() => removeCopy(agent))
  afterEach(async () => {
    for (const one of running) {
      one.process.kill('SIGKILL')
      await one.ended
    }
    endAll(agent)
    rmSync(dir, { recursive: true })
  })

  const socket = (): string => join(dir, 'launcher.sock')
  const launch = (...mode: string[]): Launched => {
    const words = mode.length > 0 ? mode : ['serve']
    const one = new Launched(launcher, ['--delay-max-ms', '20', agent, ...words], { WEFT_LAUNCHER_SOCKET: socket() })
    running.push(one)
    return one
  }
  const lifeOf = async (one: Launched, life: number): Promise<AgentLine> =>
    JSON.parse(await one.line(life)) as AgentLine
  const says = (one: Launched, message: string): Promise<void> =>
    one.until(() => one.log.some((line) => line.message === message))

  test('the next one takes over: the first drains, nobody is refused, and each container ends by itself', async () => {
    const lives: Launched[] = [launch()]
    const { port } = await lifeOf(lives[0]!, 0)
    let isOver = false
    const pids: number[] = []
    const calls = (async () => {
      while (!isOver) {
        pids.push(await ask(port))
        await sleep(5)
      }
    })()

    for (let next = 1; next <= 3; next++) {
      lives.push(launch())
      expect(await lifeOf(lives[next]!, 0)).toMatchObject({ port, isTaken: true, restarts: 0 })
      expect(lives[next - 1]!.lines.at(-1)).toBe('drained')
      expect(statSync(socket()).mode & 0o777).toBe(0o600)
      expect(lives[next]!.log).toMatchObject([
        { level: 'info', message: 'took over from the agent before', listeners: 1 },
      ])
      lives[next - 1]!.process.kill('SIGTERM')
      expect(await lives[next - 1]!.ended).toEqual([0, null])
    }
    await ask(port)
    isOver = true
    await calls
    lives[3]!.process.kill('SIGTERM')
    await lives[3]!.ended

    expect(new Set(pids).size).toBeGreaterThan(2)
    expect(existsSync(socket()), 'the last one leaves no file').toBe(false)
  }, 20_000)

  test('SIGTERM while it makes room ends it when all is handed over', async () => {
    const first = launch()
    const { port } = await lifeOf(first, 0)
    const second = launch()
    await first.until(() => first.lines.includes('drained'))
    first.process.kill('SIGTERM')

    expect(await lifeOf(second, 0)).toMatchObject({ port, isTaken: true })
    expect(await first.ended).toEqual([0, null])
  })

  test('a first one that is asleep starts its agent again when the next one ends', async () => {
    const first = launch()
    const { port } = await lifeOf(first, 0)
    const second = launch()
    await lifeOf(second, 0)

    second.process.kill('SIGKILL')
    await second.ended
    const answer = ask(port)

    await says(first, 'the next agent is gone; starting this one again')
    await first.until(() => first.lines.length > 2)
    const again = await lifeOf(first, 2)
    expect(again).toMatchObject({ port, isTaken: true })
    expect(await answer, 'nobody was refused').toBe(again.pid)
    const third = launch()
    expect(await lifeOf(third, 0)).toMatchObject({ port, isTaken: true })
  })

  test('a next one that is gone before the first has made room changes nothing', async () => {
    const first = launch('deaf')
    const { port } = await lifeOf(first, 0)
    const second = launch()
    await sleep(200)
    second.process.kill('SIGKILL')

    // It was asked to end, and is ended; its listener is still there.
    expect(await lifeOf(first, 1)).toMatchObject({ port, isTaken: true })
  }, 15_000)

  test('what the first has begun goes on beside the next one, and ends the first container when it is over', async () => {
    const first = launch('leave', '60000')
    const { port, worker } = await lifeOf(first, 0)
    const second = launch()
    const { pid } = await lifeOf(second, 0)
    let hasEnded = false
    void first.ended.then(() => (hasEnded = true))
    first.process.kill('SIGTERM')

    expect(await ask(port)).toBe(pid)
    await says(first, 'handed over to the next agent')
    expect(existsSync(`/proc/${worker}`)).toBe(true)
    expect(hasEnded).toBe(false)
    process.kill(worker, 'SIGKILL')

    expect(await first.ended).toEqual([0, null])
  })

  test('where the next one ends, what the first has begun ends before its agent starts again', async () => {
    const first = launch('leave', '60000')
    const { port, worker } = await lifeOf(first, 0)
    const second = launch()
    await lifeOf(second, 0)

    second.process.kill('SIGKILL')

    await first.until(() => first.lines.length > 2)
    expect(await lifeOf(first, 2)).toMatchObject({ port, isTaken: true })
    expect(existsSync(`/proc/${worker}`)).toBe(false)
  })

  test('a next one that does not get to its beginning disturbs nobody', async () => {
    const first = launch()
    const { port, pid } = await lifeOf(first, 0)
    const next = new Launched(launcher, ['--delay-max-ms', '20', agent, 'fail', '1'], {
      WEFT_LAUNCHER_SOCKET: socket(),
    })
    running.push(next)

    expect(await next.ended).toEqual([1, null])

    expect(await ask(port)).toBe(pid)
    expect(first.lines).toHaveLength(1)
    expect(first.log).toEqual([])
    expect(existsSync(socket())).toBe(true)
  })

  test('where the one before was killed there is nothing to take', async () => {
    const first = launch()
    await lifeOf(first, 0)
    first.process.kill('SIGKILL')
    await first.ended
    expect(existsSync(socket())).toBe(true)

    expect(await lifeOf(launch(), 0)).toMatchObject({ isTaken: false, restarts: 0 })
  })

  test('who connects and says something else is let go', async () => {
    const first = launch()
    const { pid } = await lifeOf(first, 0)
    // A stream where packets are expected.
    await new Promise((resolve) => connect(socket()).on('error', resolve))

    expect(existsSync(`/proc/${pid}`)).toBe(true)
    expect(first.lines).toHaveLength(1)
  })
})
