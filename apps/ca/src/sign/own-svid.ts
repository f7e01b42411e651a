import { createPublicKey } from 'node:crypto'
import { describeError } from '@weft/faults'
import { formatMeshIdentity } from '@weft/identity'
import type { Component } from '@weft/lifecycle'
import { generatePrivateKey, makeSvid, type Svid, type SvidSource } from '@weft/mtls'
import type { Logger } from '@weft/telemetry'
import type { Clock, Timer } from '@weft/time'
import type { Hierarchy } from './hierarchy.ts'
import type { Issuer } from './issuer.ts'

/** How often ends are looked at: often enough for a lifetime of a minute, and the machine may have slept. */
const LOOK_MS = 5_000

/** The CA's own SVID, issued by itself at start and again at half-life; its key is never stored. Renews the issuing authority too. */
export class OwnSvid implements SvidSource, Component {
  readonly #issuer: Issuer
  readonly #hierarchy: Hierarchy
  readonly #clock: Clock
  readonly #log: Logger
  readonly #listeners = new Set<(svid: Svid) => void>()
  #svid: Svid
  #timer: Timer | null = null

  constructor(issuer: Issuer, hierarchy: Hierarchy, clock: Clock, log: Logger) {
    this.#issuer = issuer
    this.#hierarchy = hierarchy
    this.#clock = clock
    this.#log = log
    this.#svid = this.#issue()
  }

  current(): Svid {
    return this.#svid
  }

  onChange(listener: (svid: Svid) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async start(): Promise<void> {
    this.#timer = this.#clock.after(LOOK_MS, this.#look)
  }

  async drain(): Promise<void> {}

  stop(): void {
    this.#timer?.cancel()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  readonly #look = (): void => {
    this.#hierarchy.renewIssuingWhenDue().catch((error: unknown) => {
      this.#log.error('cannot replace the issuing authority; the present one goes on', { error: describeError(error) })
    })
    if (this.#clock.wallMs() >= (this.#svid.notBeforeMs + this.#svid.notAfterMs) / 2) {
      this.#svid = this.#issue()
      for (const listener of this.#listeners) listener(this.#svid)
    }
    this.#timer = this.#clock.after(LOOK_MS, this.#look)
  }

  #issue(): Svid {
    const key = generatePrivateKey()
    const { chainPem, rootsPem } = this.#issuer.issue({
      method: 'self',
      identity: formatMeshIdentity(this.#hierarchy.root.trustDomain, 'ca'),
      publicKey: createPublicKey(key.keyObject),
      hosts: [],
      node: '',
    })
    return makeSvid({ key, chainPem, rootsPem })
  }
}
