import { replyCode } from '@weft/dns'
import type { Clock } from '@weft/time'
import { copyWithId, idOf, rawReplyCode } from './raw-message.ts'
import { askTcp, askUdp, type UpstreamAddress, type UpstreamExchange } from './upstream.ts'
import type { UpstreamNetwork } from './upstream-network.ts'

export interface ForwarderOptions {
  /** Asked in this order, from the one that answered last. */
  readonly upstreams: readonly UpstreamAddress[]
  readonly network: UpstreamNetwork
  /** How long one server may take. */
  readonly attemptTimeoutMs: number
  /** How long all of them may take together; below what a stub resolver waits (5 s). */
  readonly queryTimeoutMs: number
  /** Questions on their way at one time, of all listeners. */
  readonly inFlightMax: number
}

/** Each server is asked again once, since UDP loses packets. */
const ROUNDS = 2

/**
 * Hands questions to the resolvers of the machine as they are, under a fresh id, and hands back what they reply.
 *
 * A server that does not answer, or answers that it cannot (SERVFAIL, REFUSED, NOTIMP), makes way for the next; when none
 * does better, its refusal is the reply.
 */
export class Forwarder {
  readonly #options: ForwarderOptions
  readonly #clock: Clock
  readonly #randomId: () => number
  readonly #exchanges: Map<UpstreamExchange, number>
  #preferred: number
  #isStopped: boolean

  constructor(options: ForwarderOptions, clock: Clock, randomId: () => number) {
    this.#options = options
    this.#clock = clock
    this.#randomId = randomId
    this.#exchanges = new Map()
    this.#preferred = 0
    this.#isStopped = false
  }

  get inFlight(): number {
    return this.#exchanges.size
  }

  /** The reply to `query` under the id of the query, or null when no server answered. Never rejects. */
  async ask(query: Uint8Array, overTcp: boolean): Promise<Buffer | null> {
    const { upstreams, attemptTimeoutMs, queryTimeoutMs, inFlightMax } = this.#options
    const deadlineMs = this.#clock.nowMs() + queryTimeoutMs
    const first = this.#preferred
    let refusal: Buffer | null = null
    for (let attempt = 0; attempt < upstreams.length * ROUNDS; attempt++) {
      const leftMs = deadlineMs - this.#clock.nowMs()
      if (leftMs <= 0 || this.#isStopped || this.#exchanges.size >= inFlightMax) break
      const index = (first + attempt) % upstreams.length
      const reply = await this.#attempt(upstreams[index]!, query, overTcp, Math.min(attemptTimeoutMs, leftMs))
      if (reply === null) continue
      if (!isInability(reply)) {
        this.#preferred = index
        return copyWithId(reply, idOf(query))
      }
      refusal = reply
      // A server that says so once will say so again.
      if (attempt >= upstreams.length - 1) break
    }
    return refusal === null ? null : copyWithId(refusal, idOf(query))
  }

  /** Whether a query from that port under that id is one of ours come back: then the resolvers lead to us. */
  isOwnQuery(port: number, id: number): boolean {
    for (const [exchange, ownId] of this.#exchanges) if (ownId === id && exchange.localPort() === port) return true
    return false
  }

  /** Gives up all that is on its way. */
  stop(): void {
    this.#isStopped = true
    for (const exchange of this.#exchanges.keys()) exchange.cancel()
  }

  async #attempt(
    upstream: UpstreamAddress,
    query: Uint8Array,
    overTcp: boolean,
    timeoutMs: number,
  ): Promise<Buffer | null> {
    const id = this.#randomId()
    const ask = overTcp ? askTcp : askUdp
    const exchange = ask(this.#options.network, upstream, copyWithId(query, id), timeoutMs, this.#clock)
    this.#exchanges.set(exchange, id)
    const reply = await exchange.reply
    this.#exchanges.delete(exchange)
    return reply
  }
}

function isInability(reply: Uint8Array): boolean {
  const code = rawReplyCode(reply)
  return code === replyCode.servFail || code === replyCode.refused || code === replyCode.notImp
}
