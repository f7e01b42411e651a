import { createServer } from 'node:http'
import { Duplex } from 'node:stream'
import type { ChannelHandler } from '@weft/channel'
import { MemoryChannel, memoryPair, Recorder } from '@weft/channel/testing'
import type { Exchange, Outcome } from '@weft/stack'
import { fakeOrigin } from '@weft/stack/testing'
import { TimerWheel } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import { defaultHttpServerOptions, type HttpServerOptions } from '../http-service.ts'
import { Http1Client } from '../http1-client.ts'
import { Http1Server } from '../http1-server.ts'

/** What stands at the far end of each upstream connection; `wire` is its side of it. */
export type OriginEnd = (wire: MemoryChannel, received: Recorder) => void

/**
 * A client, the HTTP/1 server, the HTTP/1 client with a pool of one, and an origin, on channels of memory: the whole way
 * of a request without the layers between. `origins` holds what reached the origin, one for each connection.
 */
export class Http1Chain {
  readonly clock = new FakeClock()
  readonly seen = new Recorder()
  readonly origins: Recorder[] = []
  readonly client: MemoryChannel
  readonly server: Http1Server
  readonly #originEnd: OriginEnd
  #idle: Http1Client | null = null

  constructor(originEnd: OriginEnd, options: Partial<HttpServerOptions> = {}) {
    this.#originEnd = originEnd
    const [client, near] = memoryPair()
    this.client = client
    client.handler = this.seen
    lend(near)
    const wheel = new TimerWheel(this.clock, 100)
    const handler = (exchange: Exchange): Promise<Outcome> => this.#forward(exchange)
    const service = { handler, clock: this.clock, wheel, options: { ...defaultHttpServerOptions, ...options } }
    this.server = new Http1Server(near, fakeOrigin(), service, () => {})
  }

  send(text: string): void {
    this.client.write(Buffer.from(text, 'latin1'))
  }

  /** All octets that reached the origin, whatever the connection. */
  get atOrigin(): string {
    return this.origins.map((origin) => origin.text).join('')
  }

  /** Until nothing moves any more, as far as turns of the event loop can tell. */
  async settle(): Promise<void> {
    for (let quiet = 0, size = -1; quiet < 4; quiet++) {
      await new Promise((resolve) => setImmediate(resolve))
      const now = this.seen.byteCount + this.origins.reduce((sum, origin) => sum + origin.byteCount, 0)
      if (now !== size) quiet = 0
      size = now
    }
  }

  #forward(exchange: Exchange): Promise<Outcome> {
    let connection = this.#idle
    this.#idle = null
    if (connection === null || !connection.isUsable) connection = this.#connect()
    return connection.send(exchange)
  }

  #connect(): Http1Client {
    const [near, far] = memoryPair()
    Object.assign(near, { remote: 'origin:8080' })
    lend(near)
    const received = new Recorder()
    this.origins.push(received)
    far.handler = received
    this.#originEnd(far, received)
    return new Http1Client(near, (client) => (this.#idle = client.isUsable ? client : null))
  }
}

/** Lends what it delivers, as sockets do: it is something else as soon as the turn is over. */
export function lend(channel: MemoryChannel): void {
  let inner: ChannelHandler
  const lending: ChannelHandler = {
    bytes: (bytes) => {
      const lent = Buffer.from(bytes)
      inner.bytes(lent)
      setImmediate(() => lent.fill('!'))
    },
    end: () => inner.end(),
    drained: () => inner.drained(),
    closed: (error) => inner.closed(error),
  }
  const setHandler = Object.getOwnPropertyDescriptor(MemoryChannel.prototype, 'handler')!.set!
  Object.defineProperty(channel, 'lends', { value: true })
  Object.defineProperty(channel, 'handler', {
    get: () => inner,
    set: (handler: ChannelHandler) => {
      inner = handler
      setHandler.call(channel, lending)
    },
  })
}

/** An origin that answers the n-th head it sees on any connection with the n-th of these octets. */
export function scriptedOrigin(replies: readonly string[]): OriginEnd {
  const left = [...replies]
  return (wire, received) => {
    const record = received.bytes.bind(received)
    received.bytes = (bytes) => {
      record(bytes)
      if (!received.text.endsWith('\r\n\r\n')) return
      const reply = left.shift()
      if (reply !== undefined) wire.write(Buffer.from(reply, 'latin1'))
    }
  }
}

/** What Node's own server made of what reached it. */
export interface ReadByNode {
  readonly requests: string[]
  readonly refusals: string[]
}

/** An origin that is Node's HTTP server: strict, or as lenient as it can be made. It notes `METHOD url body`. */
export function nodeOrigin(read: ReadByNode, insecureHTTPParser: boolean): OriginEnd {
  return (channel, received) => {
    const server = createServer({ requireHostHeader: false, insecureHTTPParser })
    const wire = new Duplex({
      read: () => {},
      write: (bytes: Buffer, _encoding, done) => (channel.write(Buffer.from(bytes)), done()),
      final: (done) => (channel.end(), done()),
    })
    const record = received.bytes.bind(received)
    received.bytes = (bytes) => (record(bytes), void wire.push(bytes))
    received.end = () => void wire.push(null)
    received.closed = () => wire.destroy()
    server.on('clientError', (error: Error & { code?: string }) => read.refusals.push(error.code ?? error.message))
    server.on('request', (request, response) => {
      let body = ''
      request.setEncoding('latin1')
      request.on('data', (text: string) => (body += text))
      request.on('error', () => {})
      request.on('end', () => {
        read.requests.push(`${request.method} ${request.url} ${body}`)
        response.end('ok')
      })
    })
    server.emit('connection', wire)
  }
}
