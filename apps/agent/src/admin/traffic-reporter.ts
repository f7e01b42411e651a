import type { ClientStreamCall } from '@weft/rpc'
import type { weft } from '@weft/proto'
import type { TrafficCountData } from '../worker/messages.ts'

type TrafficReport = weft.discovery.v1.TrafficReport.$Properties
type Call = ClientStreamCall<TrafficReport, unknown>

/** Sends measurements to the control plane as they come. While it is away they are dropped here; metrics keep the totals. */
export class TrafficReporter {
  readonly #node: string
  readonly #open: () => Call
  #call: Call | null = null
  #busy = false
  dropped = 0

  constructor(node: string, open: () => Call) {
    this.#node = node
    this.#open = open
  }

  send(counts: readonly TrafficCountData[]): void {
    if (counts.length === 0) return
    if (this.#busy) {
      this.dropped += counts.length
      return
    }
    this.#call ??= this.#begin()
    this.#busy = true
    this.#call
      .write({ node: this.#node, counts: counts.map((count) => ({ ...count })) })
      .catch(() => {
        this.dropped += counts.length
        this.#call = null
      })
      .finally(() => (this.#busy = false))
  }

  stop(): void {
    this.#call?.cancel()
    this.#call = null
  }

  #begin(): Call {
    const call = this.#open()
    call.reply
      .catch(() => {})
      .finally(() => {
        if (this.#call === call) this.#call = null
      })
    return call
  }
}
