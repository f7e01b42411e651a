import { Client, connectivityState, type ChannelCredentials, type ClientOptions } from '@grpc/grpc-js'
import type { Clock, Timer } from '@weft/time'

const NEVER = Infinity
const DOUBLINGS_MAX = 3

/**
 * A client of grpc-js that does not hang on a peer that is gone. grpc-js leaves a connection attempt to the kernel, which gives up
 * after two minutes, and behind a Service address every retransmission goes to the same dead replica. Here an attempt that takes
 * longer than `connectMs` is given up with its channel: calls that waited for it fail with `unavailable`, and the next call
 * starts afresh, perhaps at another replica. Each time in a row it may take twice as long, so that slow names and slow peers get
 * their chance.
 */
export class LiveClient {
  readonly #make: () => Client
  readonly #clock: Clock
  readonly #connectMs: number
  #client: Client
  #timer: Timer | null = null
  #givenUp = 0
  #isClosed = false

  constructor(
    target: string,
    credentials: ChannelCredentials,
    options: ClientOptions,
    { clock, connectMs }: { clock: Clock; connectMs: number },
  ) {
    this.#make = () => new Client(target, credentials, options)
    this.#clock = clock
    this.#connectMs = connectMs
    this.#client = this.#fresh()
  }

  /** The one to call now; ask again for each call. */
  get current(): Client {
    return this.#client
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.cancel()
    this.#client.close()
  }

  #fresh(): Client {
    const client = this.#make()
    this.#follow(client)
    return client
  }

  #follow(client: Client): void {
    if (this.#isClosed) return
    const channel = client.getChannel()
    const state = channel.getConnectivityState(false)
    if (state === connectivityState.SHUTDOWN) return
    this.#timer?.cancel()
    if (state === connectivityState.READY) this.#givenUp = 0
    this.#timer = state === connectivityState.CONNECTING ? this.#giveUpLater(client) : null
    channel.watchConnectivityState(state, NEVER, () => {
      if (client === this.#client) this.#follow(client)
    })
  }

  #giveUpLater(client: Client): Timer {
    const waitMs = this.#connectMs * 2 ** Math.min(this.#givenUp, DOUBLINGS_MAX)
    return this.#clock.after(waitMs, () => {
      if (this.#isClosed || client !== this.#client) return
      this.#givenUp++
      this.#client = this.#fresh()
      client.close()
    })
  }
}
