import { readFileSync } from 'node:fs'
import { describeError } from '@weft/faults'
import { writeFileAtomic } from '@weft/host'
import { makeSvid } from '@weft/mtls'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { IssuedIdentity } from './workload-identities.ts'

const FORMAT = 1

/** Where certificates and keys of workloads outlive the agent's process. */
export interface KeptIdentities {
  /** One that is still valid, null when there is none. */
  find(identity: string): IssuedIdentity | null
  keep(identity: string, issued: IssuedIdentity): void
  forget(identity: string): void
}

/**
 * The identities of this node's workloads in one file of mode 0600, so that an agent that starts again serves them though
 * neither CA nor control plane answers. As secret as the agent's own credentials beside it, which obtain the same ones.
 *
 * A write that fails is logged once per cause: only a restart at such a time would miss it.
 */
export class IdentityFile implements KeptIdentities {
  readonly #path: string
  readonly #clock: Clock
  readonly #log: Logger
  readonly #identities: Map<string, IssuedIdentity>
  #lastError = ''

  constructor(path: string, clock: Clock, log: Logger) {
    this.#path = path
    this.#clock = clock
    this.#log = log
    this.#identities = this.#load()
  }

  /** Why the file is not as it should be, '' when it is. */
  get trouble(): string {
    return this.#lastError
  }

  /** Writes what could not be written. */
  retry(): void {
    if (this.#lastError !== '') this.#save()
  }

  find(identity: string): IssuedIdentity | null {
    const kept = this.#identities.get(identity)
    return kept !== undefined && kept.notAfterMs > this.#clock.wallMs() ? kept : null
  }

  keep(identity: string, issued: IssuedIdentity): void {
    this.#identities.set(identity, issued)
    this.#save()
  }

  forget(identity: string): void {
    if (this.#identities.delete(identity)) this.#save()
  }

  /** Every key checked against its certificate; one that does not fit is left out, and asked of the CA again. */
  #load(): Map<string, IssuedIdentity> {
    const identities = new Map<string, IssuedIdentity>()
    try {
      const file = JSON.parse(readFileSync(this.#path, 'utf8')) as {
        format: number
        identities: Record<string, Pick<IssuedIdentity, 'chainPem' | 'keyPem' | 'rootsPem'>>
      }
      if (file.format !== FORMAT) throw new Error(`found format ${file.format}, expected ${FORMAT}`)
      for (const [identity, { chainPem, keyPem, rootsPem }] of Object.entries(file.identities)) {
        const svid = makeSvid({ key: keyPem, chainPem, rootsPem })
        if (svid.identity !== identity) throw new Error(`found a certificate of ${svid.identity}, expected ${identity}`)
        const { notBeforeMs, notAfterMs } = svid
        identities.set(identity, { chainPem, keyPem, rootsPem, notBeforeMs, notAfterMs })
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.#log.warn('cannot read kept identities, asking the CA', { error: describeError(error) })
    }
    return identities
  }

  #save(): void {
    const nowMs = this.#clock.wallMs()
    for (const [identity, { notAfterMs }] of this.#identities)
      if (notAfterMs <= nowMs) this.#identities.delete(identity)
    const entries = [...this.#identities].map(([identity, { chainPem, keyPem, rootsPem }]) => [
      identity,
      { chainPem, keyPem, rootsPem },
    ])
    try {
      writeFileAtomic(this.#path, JSON.stringify({ format: FORMAT, identities: Object.fromEntries(entries) }))
      this.#lastError = ''
    } catch (error) {
      const message = describeError(error)
      if (message !== this.#lastError) this.#log.error('cannot keep identities for a restart', { error: message })
      this.#lastError = message
    }
  }
}
