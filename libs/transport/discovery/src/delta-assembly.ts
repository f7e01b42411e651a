import { Failure } from '@weft/faults'
import type { weft } from '@weft/proto'

/** All responses of one change, joined. */
export interface AssembledDelta {
  /** Of the last response: acknowledges all. */
  readonly nonce: number
  readonly revision: number
  readonly upserts: readonly weft.discovery.v1.Resource.$Properties[]
  readonly removals: readonly string[]
}

/** Joins responses until one has `more` unset. Holds at most `bytesMax` octets of resources. */
export class DeltaAssembly {
  readonly #bytesMax: number
  #upserts: weft.discovery.v1.Resource.$Properties[] = []
  #removals: string[] = []
  #sizeBytes = 0
  #lastNonce = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /**
   * The whole change when this response completes it, else null.
   *
   * Faults: Failure `malformed` for a nonce that does not grow or a change that is too large; the stream is then lost.
   */
  add(response: weft.discovery.v1.DeltaResponse.$Properties): AssembledDelta | null {
    const nonce = response.nonce ?? 0
    if (nonce <= this.#lastNonce) {
      throw new Failure('malformed', `DeltaResponse: nonce: found ${nonce}, expected more than ${this.#lastNonce}`)
    }
    this.#lastNonce = nonce
    for (const resource of response.upserts ?? []) {
      this.#sizeBytes += (resource.body?.length ?? 0) + (resource.name?.length ?? 0)
      this.#upserts.push(resource)
    }
    for (const key of response.removals ?? []) {
      this.#sizeBytes += key.length
      this.#removals.push(key)
    }
    if (this.#sizeBytes > this.#bytesMax) {
      throw new Failure(
        'malformed',
        `DeltaResponse: found a change of ${this.#sizeBytes} octets, expected at most ${this.#bytesMax}`,
      )
    }
    if (response.more) return null
    const whole = { nonce, revision: response.revision ?? 0, upserts: this.#upserts, removals: this.#removals }
    this.#upserts = []
    this.#removals = []
    this.#sizeBytes = 0
    return whole
  }
}
