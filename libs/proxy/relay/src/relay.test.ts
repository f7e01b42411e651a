import { createHash, randomBytes } from 'node:crypto'
import { memoryPair, Recorder } from '@weft/channel/testing'
import { TimerWheel } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { Relay } from './relay.ts'

function joined(idleTimeoutMs = 0): {
  client: ReturnType<typeof memoryPair>[0]
  server: ReturnType<typeof memoryPair>[0]
  atClient: Recorder
  atServer: Recorder
  relay: Relay
  ended: Promise<Error | null>
  clock: FakeClock
} {
  const clock = new FakeClock()
  const [client, a] = memoryPair()
  const [server, b] = memoryPair()
  const ended = Promise.withResolvers<Error | null>()
  const relay = new Relay(a, b, { idleTimeoutMs }, new TimerWheel(clock, 100), () => clock.nowMs(), {
    relayClosed: (_, error) => ended.resolve(error),
  })
  const atClient = new Recorder()
  const atServer = new Recorder()
  client.handler = atClient
  server.handler = atServer
  return { client, server, atClient, atServer, relay, ended: ended.promise, clock }
}

test('Relay carries octets and half-closes both ways and counts them', async () => {
  const { client, server, atClient, atServer, relay, ended } = joined()

  client.write(Buffer.from('question'))
  client.end()
  await atServer.until(() => atServer.ended)
  server.write(Buffer.from('late answer'))
  server.end()

  expect(await ended).toBe(null)
  expect([atServer.text, atClient.text]).toEqual(['question', 'late answer'])
  expect([relay.aToBBytes, relay.bToABytes]).toEqual([8, 11])
})

test('Relay holds no more than the marks while the reader is slow, and loses nothing', async () => {
  const { client, server, atServer, ended } = joined()
  const sent = randomBytes(8 * 1024 * 1024)
  server.pause()
  let offset = 0
  const pump = (): void => {
    while (offset < sent.length) {
      const chunk = sent.subarray(offset, (offset += 32_768))
      if (!client.write(chunk)) return
    }
    client.end()
  }
  const atClient = client.handler as Recorder
  client.handler = {
    bytes: () => {},
    end: () => {},
    drained: pump,
    closed: (error) => atClient.closed(error),
  }

  pump()
  for (let i = 0; i < 1_000; i++) await Promise.resolve()
  const held = offset
  server.resume()
  await atServer.until(() => atServer.ended)
  server.end()
  await ended

  expect(held, 'two marks of 64 KiB and a chunk each').toBeLessThanOrEqual(4 * 64 * 1024)
  expect(createHash('sha256').update(Buffer.concat(atServer.chunks)).digest('hex')).toBe(
    createHash('sha256').update(sent).digest('hex'),
  )
})

test('Relay resets the other side when one breaks, and says why', async () => {
  const { server, atClient, ended } = joined()

  server.destroy(new Error('boom'))

  expect((await ended)?.message).toBe('boom')
  await atClient.until(() => atClient.closedWith !== undefined)
  expect(atClient.closedWith).not.toBe(null)
})

test('Relay ends after the idle timeout, counted from the last octet', async () => {
  const { client, atServer, ended, clock } = joined(1_000)
  clock.advance(900)
  client.write(Buffer.from('x'))
  await atServer.until(() => atServer.byteCount === 1)
  clock.advance(900)
  expect(atServer.closedWith, 'still open').toBe(undefined)

  clock.advance(300)

  expect((await ended)?.message).toContain('1000 ms')
})
