import type { Channel, ChannelHandler } from '@weft/channel'
import { type MemoryChannel, memoryPair, Recorder } from '@weft/channel/testing'
import { fault } from '@weft/faults'
import { type BodySource, emptyBody, HeaderList, RequestHead } from '@weft/message'
import { Exchange } from '@weft/stack'
import { collectBody, fakeOrigin, ScriptedBody } from '@weft/stack/testing'
import { expect, test } from 'vitest'
import { Http1Client } from './index.ts'

interface Connected {
  readonly client: Http1Client
  readonly server: MemoryChannel
  readonly seen: Recorder
  readonly released: boolean[]
  say(text: string): void
}

function connected(): Connected {
  const [near, server] = memoryPair()
  const seen = new Recorder()
  server.handler = seen
  const released: boolean[] = []
  const client = new Http1Client(near, (it) => released.push(it.isUsable))
  return { client, server, seen, released, say: (text) => void server.write(Buffer.from(text, 'latin1')) }
}

function ask(method = 'GET', body: BodySource = emptyBody, headers: string[] = []): Exchange {
  const head = new RequestHead(method, 'http', 'cart:80', '/items', new HeaderList(headers), 11)
  if (body !== emptyBody) head.bodyKind = 'stream'
  return new Exchange(head, body, fakeOrigin(), 0)
}

test('Http1Client sends a request, gives its reply, and is free again', async () => {
  const { client, seen, released, say } = connected()
  const outcome = client.send(ask())
  await seen.until(() => seen.text.endsWith('\r\n\r\n'))

  say('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello')
  const reply = await outcome
  const body = reply.ok ? await collectBody(reply.body) : null

  expect(seen.text).toBe('GET /items HTTP/1.1\r\nHost: cart:80\r\n\r\n')
  expect(body!.octets.toString()).toBe('hello')
  expect(released).toEqual([true])
})

test('Http1Client sends a body of unknown length in chunks, with trailers', async () => {
  const { client, seen, released, say } = connected()
  const body = new ScriptedBody()
  const outcome = client.send(ask('POST', body))
  body.give('abc')
  body.end(new HeaderList(['x-sum', '3']))
  await seen.until(() => seen.text.includes('x-sum'))

  say('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  await outcome
  for (let i = 0; i < 5; i++) await Promise.resolve()

  expect(seen.text.endsWith('\r\n\r\n3\r\nabc\r\n0\r\nx-sum: 3\r\n\r\n')).toBe(true)
  expect(released).toEqual([true])
})

test('Http1Client lets go of the request, and never uses the connection again, when the reply is whole before it', async () => {
  const { client, released, say } = connected()
  const body = new ScriptedBody()
  const outcome = client.send(ask('POST', body))
  body.give('abc')

  say('HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n')

  expect(await outcome).toMatchObject({ head: { status: 413 } })
  for (let i = 0; i < 5; i++) await Promise.resolve()
  expect(body.isCancelled).toBe(true)
  expect(released).toEqual([false])
})

test('Http1Client faults upstream_reset when the connection ends before a reply', async () => {
  const { client, server, seen, released } = connected()
  const outcome = client.send(ask())
  await seen.until(() => seen.byteCount > 0)

  server.destroy(new Error('boom'))

  expect(await outcome).toMatchObject({ ok: false, code: 'upstream_reset' })
  expect(released).toEqual([false])
})

test('Http1Client breaks the body off when the connection ends within it', async () => {
  const { client, server, say } = connected()
  const outcome = client.send(ask())
  say('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf')
  const reply = await outcome
  const body = reply.ok ? collectBody(reply.body) : null
  await Promise.resolve()

  server.destroy(new Error('boom'))

  await expect(body).rejects.toThrow()
})

test('Http1Client faults upstream_malformed on what is no HTTP', async () => {
  const { client, seen, say } = connected()
  const outcome = client.send(ask())
  await seen.until(() => seen.byteCount > 0)

  say('SSH-2.0-OpenSSH_9.2\r\n\r\n')

  expect(await outcome).toMatchObject({ ok: false, code: 'upstream_malformed' })
  expect(client.isUsable).toBe(false)
})

test('Http1Client is never used again after Connection: close or octets that nobody asked for', async () => {
  const closing = connected()
  const outcome = closing.client.send(ask())
  closing.say('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  await outcome
  for (let i = 0; i < 5; i++) await Promise.resolve()
  const chatty = connected()
  chatty.client.giveBack()
  chatty.say('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  await chatty.seen.until(() => chatty.seen.closedWith !== undefined)

  expect(closing.released).toEqual([false])
  expect(chatty.client.isUsable).toBe(false)
})

test('Http1Client ends with what it was stopped by, and the connection with it', async () => {
  const { client, seen } = connected()
  const exchange = ask()
  const outcome = client.send(exchange)
  const why = fault('downstream_closed', 'http', 'gone')

  exchange.stop(why)

  expect(await outcome).toBe(why)
  await seen.until(() => seen.closedWith !== undefined)
})

test('Http1Client hands on 1xx replies before the reply', async () => {
  const { client, say } = connected()
  const exchange = ask()
  const interim: number[] = []
  exchange.interimSink = { interim: (head) => interim.push(head.status) }
  const outcome = client.send(exchange)

  say('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n')

  expect(await outcome).toMatchObject({ head: { status: 204 } })
  expect(interim).toEqual([103])
})

test('Http1Client reads no further than its taker is willing', async () => {
  const { client, server, say } = connected()
  const outcome = client.send(ask())
  say('HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n')
  const reply = await outcome
  let count = 0
  if (reply.ok) reply.body.start({ bytes: (bytes) => ((count += bytes.length), false), end: () => {}, abort: () => {} })

  let sent = 0
  while (server.write(new Uint8Array(16_384)) && sent < 5_000_000) {
    sent += 16_384
    await Promise.resolve()
    await Promise.resolve()
  }

  expect(sent).toBeLessThan(200_000)
  expect(count).toBeLessThanOrEqual(32_768)
})

/** As a tunnel: what waits is given at once on `resume`, before it returns. */
class EagerChannel implements Channel {
  readonly remote = 'eager'
  readonly bufferedBytes = 0
  handler!: ChannelHandler
  #waiting: Uint8Array[] = []
  #isPaused = false

  arrive(bytes: Uint8Array): void {
    this.#waiting.push(bytes)
    if (!this.#isPaused) this.resume()
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    while (!this.#isPaused && this.#waiting.length > 0) this.handler.bytes(this.#waiting.shift()!)
  }

  write(): boolean {
    return true
  }

  writeBorrowed(): boolean {
    return true
  }

  cork(): void {}
  uncork(): void {}
  end(): void {}
  destroy(): void {}
}

test('Http1Client does not break off a large reply to a slow client when a whole window of it waits', async () => {
  const windowBytes = 4 << 20
  const chunk = Buffer.alloc(64 << 10, 'x')
  const chunks = (2 * windowBytes) / chunk.length
  const channel = new EagerChannel()
  const outcome = new Http1Client(channel, () => {}).send(ask())
  channel.arrive(Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${2 * windowBytes}\r\n\r\n`))
  const reply = await outcome
  let received = 0
  let how = ''
  const body = reply.ok ? reply.body : emptyBody
  body.start({
    bytes(bytes) {
      received += bytes.length
      body.pause()
      return false
    },
    end: () => void (how = 'whole'),
    abort: ({ message }) => void (how = message),
  })

  for (let each = 0; each < chunks; each++) channel.arrive(chunk)
  for (let each = 0; each < chunks; each++) body.resume()

  expect([how, received]).toEqual(['whole', 2 * windowBytes])
})
