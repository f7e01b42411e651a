import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { fuzz, segmentTypes } from '@weft/static/testing'
import { needs } from '@weft/tools/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launcherProgram } from './launcher-program.ts'
import { ask, endAll, Launched, ownCopy, removeCopy, type AgentLine } from './testing/index.ts'

needs('compiler')('the launcher', () => {
  let launcher: string
  let sanitized: string
  let agent: string
  let running: Launched[]

  beforeAll(async () => {
    launcher = await launcherProgram.compile()
    sanitized = await launcherProgram.compileSanitized()
    agent = ownCopy(await launcherProgram.compileTest('agent'))
  }, 60_000)
  beforeEach(() => (running = []))
  afterAll(() => removeCopy(agent))
  afterEach(async () => {
    for (const one of running) {
      one.process.kill('SIGKILL')
      await one.ended
    }
    endAll(agent)
  })

  const launch = (...words: string[]): Launched => {
    const one = new Launched(sanitized, words)
    running.push(one)
    return one
  }
  const lifeOf = async (one: Launched, life: number): Promise<AgentLine> =>
    JSON.parse(await one.line(life)) as AgentLine

  test('it is one small file that needs no library', () => {
    const image = readFileSync(launcher)
    expect(image.length).toBeLessThan(1_000_000)
    expect(segmentTypes(image), 'no PT_INTERP').not.toContain(3)
  })

  test('an agent killed 20 times in a row keeps its listener, and no connection is refused', async () => {
    const one = launch('--delay-max-ms', '20', agent, 'serve')
    const first = await lifeOf(one, 0)
    const calls: Promise<number>[] = [ask(first.port)]

    for (let life = 0; life < 20; life++) {
      const { pid } = await lifeOf(one, life)
      process.kill(pid, 'SIGKILL')
      // One that finds the agent dying, or dead, or another.
      calls.push(ask(first.port))
      const next = await lifeOf(one, life + 1)
      expect(next).toMatchObject({ port: first.port, isTaken: true, restarts: life + 1 })
    }

    const answers = await Promise.all(calls)
    const lives = new Set((await Promise.all(answers.map((_, life) => lifeOf(one, life)))).map(({ pid }) => pid))
    expect(answers.every((pid) => lives.has(pid))).toBe(true)
    expect(one.log.map(({ message }) => message)).toEqual(
      Array.from({ length: 20 }, () => 'the program ended; starting it again'),
    )
    expect(one.log.slice(0, 3).map(({ delayMs }) => delayMs)).toEqual([0, 20, 20])
    expect(one.log[0]).toMatchObject({ level: 'error', component: 'launcher', how: 'signal 9', kept: 1 })
  }, 30_000)

  test('what an agent leaves behind ends with it, whatever it heeds', async () => {
    const one = launch(agent, 'serve')
    const { pid, worker } = await lifeOf(one, 0)

    process.kill(pid, 'SIGKILL')
    await lifeOf(one, 1)

    expect(existsSync(`/proc/${worker}`)).toBe(false)
  })

  test('what an agent has begun goes on after it, until it ends', async () => {
    const one = launch(agent, 'leave', '60000')
    const { worker, port } = await lifeOf(one, 0)

    one.process.kill('SIGTERM')
    await one.until(() => one.lines.includes('drained'))
    process.kill(worker, 0)
    process.kill(worker, 'SIGKILL')

    expect(await one.ended).toEqual([0, null])
    await expect(ask(port)).rejects.toThrow('ECONNREFUSED')
  })

  test.each([
    ['the time that it asked for is over', '50', 1],
    ['the launcher is asked to end a second time', '60000', 2],
  ])('what an agent has begun is ended when %s', async (_, leaveMs, signals) => {
    const one = launch(agent, 'leave', leaveMs)
    const { worker } = await lifeOf(one, 0)

    one.process.kill('SIGTERM')
    await one.until(() => one.lines.includes('drained'))
    if (signals > 1) one.process.kill('SIGTERM')

    expect(await one.ended).toEqual([0, null])
    expect(existsSync(`/proc/${worker}`)).toBe(false)
  })

  test.each(['leave', 'leave 0', 'leave -1', 'leave 3600001', 'leave 99999999999999999999', 'leave 5s', 'leave  5'])(
    'an agent that asks for %j is refused, and nothing of it goes on',
    async (request) => {
      const one = launch(agent, 'leave', request.slice('leave '.length))
      const { worker } = await lifeOf(one, 0)

      one.process.kill('SIGTERM')

      expect(await one.ended).toEqual([0, null])
      expect(existsSync(`/proc/${worker}`)).toBe(false)
    },
  )

  test('orphans are reaped while the agent runs', async () => {
    const one = launch(agent, 'orphan')
    const { orphan } = await lifeOf(one, 0)

    await expect.poll(() => existsSync(`/proc/${orphan}`)).toBe(false)
  })

  test('SIGTERM lets the agent drain; then all ends, as it ended', async () => {
    const one = launch(agent, 'serve')
    const { worker } = await lifeOf(one, 0)

    one.process.kill('SIGTERM')

    expect(await one.ended).toEqual([0, null])
    expect(one.lines.at(-1)).toBe('drained')
    expect(existsSync(`/proc/${worker}`)).toBe(false)
    expect(one.log).toEqual([])
  })

  test('SIGTERM while the next life is waited for ends it at once', async () => {
    const one = launch(agent, 'fail', '1')
    await one.until(() => one.log.length === 4)

    one.process.kill('SIGTERM')

    expect((await one.ended)[0]).toBeOneOf([0, 1])
    expect(one.log).toHaveLength(4)
  })

  test('other signals are passed on', async () => {
    const one = launch(agent, 'signals')
    await lifeOf(one, 0)

    one.process.kill('SIGHUP')
    expect(await one.line(1)).toBe('1')
    one.process.kill('SIGUSR2')
    expect(await one.line(2)).toBe('12')
  })

  test.each([
    ['a configuration that is wrong', 2],
    ['an end of its own accord', 0],
  ])('%s is passed on at once', async (_, code) => {
    const one = launch(agent, 'fail', String(code))

    expect(await one.ended).toEqual([code, null])
    expect(one.log).toEqual([])
  })

  test('an agent that never gets ready is given up, with its exit code', async () => {
    const one = launch('--delay-max-ms', '10', agent, 'fail', '7')

    expect(await one.ended).toEqual([7, null])
    await one.until(() => one.log.length === 5)
    expect(one.log.at(-1)).toMatchObject({
      level: 'error',
      message: 'the program does not get ready, it is given up',
      how: 'exit code 7',
    })
  })

  test('how many lives are too many can be told', async () => {
    const one = launch('--failures-max', '1', agent, 'fail', '7')

    expect(await one.ended).toEqual([7, null])
    await one.until(() => one.log.length === 1)
  })

  test('a listener that the next life does not claim is closed in time', async () => {
    const one = launch('--claim-ms', '300', agent, 'forgetful')
    const { pid, port } = await lifeOf(one, 0)

    process.kill(pid, 'SIGKILL')
    await lifeOf(one, 1)
    expect(await connects(port), 'still open').toBe(true)

    await one.until(() => one.log.some(({ message }) => message === 'closed listeners that nobody claimed'))
    expect(await connects(port)).toBe(false)
  })

  test('an agent does not outlive its launcher', async () => {
    const one = launch(agent, 'serve')
    const { pid } = await lifeOf(one, 0)

    one.process.kill('SIGKILL')
    await one.ended

    await expect.poll(() => existsSync(`/proc/${pid}/exe`)).toBe(false)
  })

  test.each([
    [['--claim', '1', 'x'], 2, 'unknown option, expected --claim-ms, --delay-max-ms or --failures-max'],
    [['--claim-ms', 'soon', 'x'], 2, 'expected a number'],
    [['--claim-ms'], 2, 'expected a number'],
    [['--delay-max-ms', '-1', 'x'], 2, 'expected a number'],
    [[], 2, 'no program is named, expected weft-launcher PROGRAM'],
    [['/does/not/exist'], 127, 'cannot start the program'],
    [[import.meta.filename], 126, 'cannot start the program'],
  ])('%j ends with %i: %s', async (words, code, message) => {
    const one = launch(...words)

    expect(await one.ended).toEqual([code, null])
    await one.until(() => one.log.length > 0)
    expect(one.log[0]).toMatchObject({ level: 'error', message })
  })

  test('requests cut and changed at random never make the store go wrong, and no descriptor is lost', async () => {
    const mutations = { seeds, count: 20_000, changesMax: 2, growthMax: 200 }
    const { code, printed } = await fuzz(await launcherProgram.compileFuzz(), mutations)

    expect(code, 'the sanitizers found nothing').toBe(0)
    expect(Number(printed)).toBeGreaterThan(100)
  }, 60_000)
})

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })
}

const seeds = ['keep a', 'keep inbound/4711/::/15006', 'take a', 'drop inbound/4711/::/15006', 'ready', 'keep b']
