import { type MemoryChannel, memoryPair, Recorder } from '@weft/channel/testing'
import { type Fault, fault } from '@weft/faults'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { Connections } from './connections.ts'
import { Detection, type OpenedChannel } from './detection.ts'

interface Watched {
  readonly client: MemoryChannel
  readonly server: MemoryChannel
  readonly clock: FakeClock
  /** What it ended with, and what the channel that it gave says afterwards. */
  readonly ended: string[]
  readonly given: Recorder
  readonly fromServer: Recorder
  opened: number
}

function watch(openAfterMs: number, failure: Fault | null = null): Watched {
  const clock = new FakeClock(false)
  const [client, near] = memoryPair()
  const [server, far] = memoryPair()
  client.handler = new Recorder()
  server.handler = new Recorder()
  const given = new Recorder()
  const fromServer = new Recorder()
  const watched: Watched = { client, server, clock, ended: [], given, fromServer, opened: 0 }
  const open = async (): Promise<OpenedChannel | Fault> => {
    watched.opened++
    return failure ?? { ok: true, channel: far }
  }
  const handler = {
    http: (channel: { handler: unknown }, version: string) => {
      watched.ended.push(version)
      channel.handler = given
    },
    octets: (channel: { handler: unknown }, _: OpenedChannel, upstream: { handler: unknown }, first: string) => {
      watched.ended.push(`${first} first`)
      channel.handler = given
      upstream.handler = fromServer
    },
    refused: (_: unknown, refusal: Fault) => void watched.ended.push(refusal.code),
    discarded: () => void watched.ended.push('discarded'),
    gone: () => void watched.ended.push('gone'),
  }
  new Detection(near, open, { openAfterMs, patienceMs: 3_000 }, handler, clock, new Connections())
  return watched
}

async function turns(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

test('Detection finds HTTP in the first octets, however they are cut, and loses none', async () => {
  const watched = watch(0)
  for (const letter of 'GET / HTTP/1.1\r\nHost: x\r\n\r\n') {
    watched.client.write(Buffer.from(letter))
    await turns()
  }

  expect(watched.ended).toEqual(['discarded', 'http1'])
  expect(watched.given.text).toBe('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
})

test('Detection hears a server that speaks first', async () => {
  const watched = watch(0)
  watched.server.write(Buffer.from('220 ready'))
  await turns()

  expect(watched.ended).toEqual(['server first'])
  expect(watched.fromServer.text).toBe('220 ready')
})

test('Detection joins a client that speaks no HTTP with the upstream, its end included', async () => {
  const watched = watch(0)
  watched.client.write(Buffer.from('\x00\x01binary'))
  watched.client.end()
  await turns()

  expect(watched.ended).toEqual(['client first'])
  expect(watched.given.text).toBe('\x00\x01binary')
  expect(watched.given.ended).toBe(true)
})

test('Detection does not dial for a client that speaks HTTP soon, where it is told to wait', async () => {
  const watched = watch(200)
  watched.client.write(Buffer.from('GET / HTTP/1.1\r\n'))
  await turns()

  expect(watched.opened).toBe(0)
  expect(watched.ended).toEqual(['http1'])
})

test('Detection dials for a client that stays silent, where it is told to wait', async () => {
  const watched = watch(200)
  watched.clock.advance(250)
  await turns()
  watched.server.write(Buffer.from('hello'))
  await turns()

  expect(watched.ended).toEqual(['server first'])
})

test('Detection gives a client whose upstream failed the time to say that it speaks HTTP', async () => {
  const refusal = fault('connect_failed', 'dial', 'nobody')
  const speaking = watch(0, refusal)
  await turns()
  speaking.client.write(Buffer.from('GET / HTTP/1.1\r\n'))
  await turns()
  const silent = watch(0, refusal)
  await turns()
  expect(silent.ended).toEqual([])
  silent.clock.advance(3_100)

  expect(speaking.ended).toEqual(['http1'])
  expect(silent.ended).toEqual(['connect_failed'])
})

test('Detection lets go of the upstream when the client goes away', async () => {
  const watched = watch(0)
  await turns()
  watched.client.destroy(new Error('gone'))
  await turns()

  expect(watched.ended).toEqual(['discarded', 'gone'])
})

test('Detection takes what began like HTTP and went no further for octets', async () => {
  const watched = watch(0)
  watched.client.write(Buffer.from('GET '))
  await turns()
  watched.clock.advance(3_100)
  await turns()

  expect(watched.ended).toEqual(['client first'])
  expect(watched.given.text).toBe('GET ')
})

const unaskedSettings = Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100])

test('Detection holds the SETTINGS of a server of HTTP/2, however they are cut, until a slow client has spoken', async () => {
  const watched = watch(0)
  await turns()
  watched.server.write(unaskedSettings.subarray(0, 4))
  await turns()
  watched.server.write(unaskedSettings.subarray(4))
  await turns()
  expect(watched.ended).toEqual([])
  watched.client.write(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'))
  await turns()

  expect(watched.ended).toEqual(['discarded', 'http2'])
  expect(watched.given.text).toBe('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
})

test.each([
  ['something else', 'client first', (watched: Watched) => watched.client.write(Buffer.from('\x00binary'))],
  ['nothing in time', 'server first', (watched: Watched) => watched.clock.advance(3_100)],
])('Detection loses nothing of what looked like SETTINGS when the client says %s', async (_, expected, go) => {
  const watched = watch(0)
  await turns()
  watched.server.write(unaskedSettings)
  await turns()
  go(watched)
  await turns()
  watched.server.write(Buffer.from('more'))
  await turns()

  expect(watched.ended).toEqual([expected])
  expect(watched.fromServer.text).toBe(`${unaskedSettings.toString()}more`)
})
