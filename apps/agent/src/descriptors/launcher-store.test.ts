import { silentLogger } from '@weft/telemetry'
import { expect, test } from 'vitest'
import { noStore } from './descriptor-store.ts'
import { LauncherStore, storeOf } from './launcher-store.ts'

const SOCKET = 7

/** A launcher that answers as told, one request after the other. */
function launcherOf(...answers: (readonly [word: string, fd: number] | Error)[]) {
  const asked: string[] = []
  const closed: number[] = []
  const kept: number[] = []
  return {
    asked,
    closed,
    kept,
    closeOnExec: (fd: number) => void kept.push(fd),
    closeFd: (fd: number) => void closed.push(fd),
    sendRights: (_: number, text: string, fd: number) => void asked.push(fd < 0 ? text : `${text} (${fd})`),
    receiveRights: (): [string, number] => {
      const answer = answers.shift() ?? ['refused', -1]
      if (answer instanceof Error) throw answer
      return [...answer]
    },
  }
}

test('requests are asked in words, each with its answer', () => {
  const launcher = launcherOf(
    ['seen', -1],
    ['none', -1],
    ['kept', -1],
    ['taken', 42],
    ['dropped', -1],
    ['seen', -1],
    ['seen', -1],
  )
  const store = new LauncherStore(SOCKET, 3, launcher, silentLogger)

  store.begin()
  expect(store.take('inbound/1/::/15006')).toBe(-1)
  store.keep('inbound/1/::/15006', 9)
  expect(store.take('hbone/1/10.0.0.1/15008')).toBe(42)
  store.drop('inbound/1/::/15006')
  store.ready()
  expect(store.leave(20_000.4)).toBe(true)

  expect(launcher.asked).toEqual([
    'hello',
    'take inbound/1/::/15006',
    'keep inbound/1/::/15006 (9)',
    'take hbone/1/10.0.0.1/15008',
    'drop inbound/1/::/15006',
    'ready',
    'leave 20001',
  ])
  expect(store.restarts).toBe(3)
  expect(launcher.kept, 'no program of ours gets the socket').toEqual([SOCKET])
})

test('a store that is full is told of, and asked again', () => {
  const warned: unknown[] = []
  const log = { ...silentLogger, warn: (_: string, fields?: unknown) => void warned.push(fields) }
  const store = new LauncherStore(SOCKET, 0, launcherOf(['full', -1], ['kept', -1]), log)

  store.keep('a', 1)
  store.keep('b', 2)

  expect(warned).toEqual([{ name: 'a', answer: 'full' }])
})

test.each([
  ['does not answer in time', new Error('poll: ETIMEDOUT')],
  ['is gone', ['', -1] as const],
])('a launcher that %s is asked no more: its late answer would be one to something else', (_, answer) => {
  const launcher = launcherOf(answer, ['taken', 42], ['seen', -1])
  const store = new LauncherStore(SOCKET, 0, launcher, silentLogger)

  expect(store.take('a')).toBe(-1)
  expect(store.take('b')).toBe(-1)
  store.keep('b', 4)

  expect(store.leave(1_000), 'nobody would wait').toBe(false)
  expect(launcher.asked).toEqual(['take a'])
  expect(launcher.closed).toEqual([SOCKET])
})

test.each([{}, { WEFT_LAUNCHER_STORE: '' }, { WEFT_LAUNCHER_STORE: '-1' }, { WEFT_LAUNCHER_STORE: 'x' }])(
  'without a launcher there is no store: %j',
  (env) => {
    const load = (): never => {
      throw new Error('nobody needs the addon')
    }
    expect(storeOf(env, load, silentLogger)).toBe(noStore)
  },
)

test('without an addon there is no store', () => {
  expect(storeOf({ WEFT_LAUNCHER_STORE: '7' }, () => null, silentLogger)).toBe(noStore)
})
