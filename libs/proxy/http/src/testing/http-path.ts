import { memoryPair, type MemoryChannel, Recorder } from '@weft/channel/testing'
import type { Exchange, Outcome } from '@weft/stack'
import { fakeOrigin } from '@weft/stack/testing'
import { TimerWheel } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import {
  defaultHttpServerOptions,
  Http1Client,
  Http1Server,
  Http2Client,
  Http2Server,
  type HttpServerOptions,
  type HttpService,
} from '../index.ts'
import { lend } from './http1-chain.ts'
import { RawHttp2 } from './raw-http2.ts'

/** An HTTP/1 peer in text. */
export class RawHttp1 {
  readonly channel: MemoryChannel
  readonly far: MemoryChannel
  readonly seen = new Recorder()

  constructor() {
    const [near, far] = memoryPair()
    this.channel = near
    this.far = far
    near.handler = this.seen
  }

  send(text: string): void {
    this.channel.write(Buffer.from(text, 'latin1'))
  }

  get text(): string {
    return this.seen.text
  }
}

/**
 * The proxy's path in memory: a client of either version, a server connection of ours, a client connection of ours, an
 * upstream of either version. Both peers are written by hand. What our connections are given is lent, as by sockets.
 */
export class HttpPath<Client extends RawHttp1 | RawHttp2, Upstream extends RawHttp1 | RawHttp2> {
  readonly clock = new FakeClock()
  readonly wheel = new TimerWheel(this.clock, 100)
  readonly client: Client
  readonly upstream: Upstream
  readonly exchanges: Exchange[] = []
  readonly outcomes: Outcome[] = []
  readonly server: Http1Server | Http2Server

  constructor(
    client: Client,
    upstream: Upstream,
    options: Partial<HttpServerOptions> = {},
    counters: Pick<HttpService, 'http1Counters' | 'http2Counters'> = {},
  ) {
    this.client = client
    this.upstream = upstream
    lend(client.far)
    lend(upstream.far)
    const sender =
      upstream instanceof RawHttp2
        ? new Http2Client(upstream.far, this.clock, () => {})
        : new Http1Client(upstream.far, () => {})
    const handler = async (exchange: Exchange): Promise<Outcome> => {
      this.exchanges.push(exchange)
      const outcome = await sender.send(exchange)
      this.outcomes.push(outcome)
      return outcome
    }
    const { clock, wheel } = this
    const service = { handler, clock, wheel, options: { ...defaultHttpServerOptions, ...options }, ...counters }
    const Server = client instanceof RawHttp2 ? Http2Server : Http1Server
    this.server = new Server(client.far, fakeOrigin(), service, () => {})
  }
}

/** Everything that can move in memory has moved. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}

export function http1To1(options?: Partial<HttpServerOptions>): HttpPath<RawHttp1, RawHttp1> {
  return new HttpPath(new RawHttp1(), new RawHttp1(), options)
}

export function http1To2(settings: readonly number[] = []): HttpPath<RawHttp1, RawHttp2> {
  return new HttpPath(new RawHttp1(), new RawHttp2('server', settings))
}

export function http2To1(options?: Partial<HttpServerOptions>): HttpPath<RawHttp2, RawHttp1> {
  return new HttpPath(new RawHttp2('client'), new RawHttp1(), options)
}

export function http2To2(settings: readonly number[] = []): HttpPath<RawHttp2, RawHttp2> {
  return new HttpPath(new RawHttp2('client'), new RawHttp2('server', settings))
}
