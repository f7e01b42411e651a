import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CniRequest } from './cni-request.ts'
import { type AnswerCni, CniServer } from './cni-server.ts'

const question = JSON.stringify({
  version: 1,
  command: 'ADD',
  container: 'c1',
  netnsFd: 3,
  namespace: 'shop',
  pod: 'cart',
  uid: 'u1',
  result: null,
})
let dir: string
let path: string
let server: CniServer
let clock: FakeClock
let asked: CniRequest[]

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weft-cni-server-'))
  path = join(dir, 'run', 'cni.sock')
  clock = new FakeClock(false)
  asked = []
})
afterEach(() => {
  server.stop()
  rmSync(dir, { recursive: true })
})

const start = async (uid = 0, answer?: AnswerCni): Promise<void> => {
  const usual: AnswerCni = async (request) => {
    asked.push(request)
    return { ok: true, reason: '' }
  }
  server = new CniServer(path, () => [100, uid], answer ?? usual, clock, silentLogger)
  await server.start()
}
/** What is answered until the end; null when the connection was cut. */
const ask = (text: string, isWhole = true): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = connect(path)
    let said = ''
    socket.on('data', (data: Buffer) => (said += data.toString()))
    socket.on('error', () => {})
    socket.on('close', () => resolve(said === '' ? null : said))
    if (isWhole) socket.end(text)
    else socket.write(text)
  })

test('a question is answered with a line; the socket is for root alone, and takes the place of an older one', async () => {
  await start()
  server.stop()
  writeFileSync(path, 'left behind')
  await start()

  expect(await ask(question)).toBe('{"ok":true,"reason":""}\n')

  expect(asked).toMatchObject([{ command: 'ADD', pod: 'cart' }])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('others than root are told so', async () => {
  await start(1000)
  expect(await ask(question)).toContain('found a caller of user 1000 and process 100, expected root')
  expect(asked).toEqual([])
})

test('what is no question is told so', async () => {
  await start()
  expect(await ask('{')).toContain('expected an object of JSON')
})

test('what fails is to be tried again', async () => {
  await start(0, () => Promise.reject(new Error('no such map')))
  expect(JSON.parse((await ask(question))!)).toEqual({ ok: false, again: true, message: 'no such map' })
})

test('a question that takes too long, or is too long, is cut', async () => {
  await start()
  const slow = ask(question.slice(0, 10), false)
  await new Promise((resolve) => setTimeout(resolve, 20))
  clock.advance(3_000)
  expect(await slow).toBeNull()
  expect(await ask('x'.repeat(400_000))).toBeNull()
})

test('an answer that takes too long is told as such', async () => {
  let isAsked = (): void => {}
  const reached = new Promise<void>((resolve) => (isAsked = resolve))
  await start(0, () => (isAsked(), new Promise(() => {})))
  const answer = ask(question)
  await reached
  clock.advance(18_000)
  expect(await answer).toContain('the agent could not finish in 18000 ms')
})

test('a folder that cannot be written is told', async () => {
  writeFileSync(join(dir, 'run'), '')
  await expect(start()).rejects.toThrow(`Cannot listen on ${path}`)
  expect(existsSync(path)).toBe(false)
})
