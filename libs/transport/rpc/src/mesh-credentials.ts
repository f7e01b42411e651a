import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describeError, Failure } from '@weft/faults'
import { formatMeshIdentity, type MeshRole } from '@weft/identity'
import type { Component } from '@weft/lifecycle'
import {
  buildCsr,
  generatePrivateKey,
  makeSvid,
  verifySvid,
  type PrivateKey,
  type Svid,
  type SvidSource,
} from '@weft/mtls'
import type { weft } from '@weft/proto'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random, Timer } from '@weft/time'
import type { Attestation } from './attestation.ts'
import { backoffMs } from './backoff.ts'
import { rpcClient, type RpcClient } from './client.ts'
import { readCredentials, writeCredentials, type StoredCredentials } from './credential-file.ts'
import { meshClientCredentials, type ClientTrust } from './credentials.ts'
import { RpcFailure, statusOf } from './rpc-failure.ts'
import { certificatesService } from './services.ts'

export interface MeshCredentialsOptions {
  /** Directory of the part; `credentials.json` in it has mode 0600. */
  readonly stateDir: string
  readonly trustDomain: string
  readonly role: MeshRole
  /** DNS names and IP addresses at which the part serves; they go into the certificate. */
  readonly hosts: readonly string[]
  readonly caAddress: string
  readonly attestation: Attestation
  /** How long a start waits for a CA that cannot be reached, where the token is for one join; else it waits for ever. */
  readonly joinTimeoutMs?: number
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
}

const JOIN_TIMEOUT_MS = 60_000
const RETRY_MAX_MS = 300_000
/** The wall clock decides when to renew, and a machine that slept must notice: never wait longer than this in one go. */
const LOOK_MS = 600_000
/** How long a start with a usable certificate waits to hear which roots the mesh has now. */
const ROOTS_WAIT_MS = 3_000

/**
 * A part's own SVID over its whole life: joins with its token, keeps key and certificate, renews at half-life.
 *
 * States: new → running → stopped. The key is stored before the first Join: the CA lets a token be used again by the key
 * that used it, so a crash between the two costs nothing. A renewal that fails is tried again with backoff until it works;
 * one that cannot be stored is used all the same, and reported.
 *
 * Where the token is always fresh ({@link Attestation.renewsByToken}) it joins anew instead of giving up: when what is stored is
 * damaged, expired, another's (its pod came to another node), or of a root that the mesh no longer has.
 */
export class MeshCredentials implements SvidSource, Component {
  readonly #options: MeshCredentialsOptions
  readonly #path: string
  readonly #listeners = new Set<(svid: Svid) => void>()
  #svid: Svid | null = null
  #timer: Timer | null = null
  #failures = 0
  #renewAtMs = 0
  #isStopped = false

  constructor(options: MeshCredentialsOptions) {
    this.#options = options
    this.#path = join(options.stateDir, 'credentials.json')
  }

  /** Faults: Failure `not_started` before {@link start}. */
  current(): Svid {
    if (this.#svid === null) throw new Failure('not_started', 'Cannot give credentials: the part has not joined yet')
    return this.#svid
  }

  onChange(listener: (svid: Svid) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /**
   * Loads the stored SVID or joins. Waits for a CA that is not there yet.
   * Faults: Failure `credentials_invalid`, `join_token_missing`, `trust_roots_missing`, or what the CA refused with.
   */
  async start(): Promise<void> {
    mkdirSync(this.#options.stateDir, { recursive: true, mode: 0o700 })
    const stored = this.#load()
    const isUsable = stored?.svid != null && (await this.#isUsable(stored.svid))
    this.#use(isUsable ? stored.svid! : await this.#join(stored?.key ?? generatePrivateKey()))
    this.#schedule(this.#untilRenewalMs())
  }

  async drain(): Promise<void> {}

  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  #load(): StoredCredentials | null {
    try {
      return readCredentials(this.#path)
    } catch (error) {
      if (!this.#options.attestation.renewsByToken) throw error
      this.#options.log.warn('cannot use what is stored: joining anew', { error: describeError(error) })
      return null
    }
  }

  /** Faults: Failure `identity_mismatch` where the token is for one join. */
  async #isUsable(svid: Svid): Promise<boolean> {
    const { attestation, clock, log } = this.#options
    if (!attestation.renewsByToken) this.#checkIdentity(svid.identity)
    else if (svid.identity !== this.#identity) {
      log.warn('the stored certificate is of another: joining anew', { found: svid.identity, expected: this.#identity })
      return false
    }
    if (svid.notAfterMs <= clock.wallMs()) {
      log.warn('the stored certificate has expired: joining anew')
      return false
    }
    return await this.#isOfThisMesh(svid)
  }

  /** False when the mesh is known to have other roots by now. */
  async #isOfThisMesh(svid: Svid): Promise<boolean> {
    const { attestation, clock, log } = this.#options
    if (!attestation.renewsByToken) return true
    const { promise: late, resolve } = Promise.withResolvers<null>()
    const timer = clock.after(ROOTS_WAIT_MS, () => resolve(null))
    const roots = await Promise.race([attestation.roots().catch(() => null), late])
    timer.cancel()
    if (roots === null) return true
    try {
      verifySvid(svid.chainPem, roots, clock.wallMs())
      return true
    } catch (error) {
      log.warn('the certificate is of no root that the mesh has now: joining anew', { error: describeError(error) })
      return false
    }
  }

  async #join(key: PrivateKey): Promise<Svid> {
    const { attestation, clock, joinTimeoutMs = JOIN_TIMEOUT_MS, random, log } = this.#options
    await attestation.token()
    this.#storeKey(key)
    const deadlineMs = attestation.renewsByToken ? Infinity : clock.nowMs() + joinTimeoutMs
    let told = ''
    for (let attempt = 1; ; attempt++) {
      try {
        const svid = await this.#joinOnce(key)
        this.#store(svid)
        log.info('joined the mesh', { identity: svid.identity, notAfter: isoTime(svid) })
        return svid
      } catch (error) {
        const retryAtMs = clock.nowMs() + backoffMs(attempt, random)
        if (!this.#mayPass(error) || retryAtMs > deadlineMs || this.#isStopped) throw error
        const reason = describeError(error)
        if (reason !== told) log.warn('cannot join yet; trying again', { error: reason })
        told = reason
        await clock.sleepUntil(retryAtMs)
      }
    }
  }

  /** Whether the same attempt may succeed later. A token that is always fresh may be refused now and accepted then. */
  #mayPass(error: unknown): boolean {
    if (!(error instanceof Failure)) return false
    if (statusOf(error) === 'unavailable') return true
    const { renewsByToken } = this.#options.attestation
    return renewsByToken && (error instanceof RpcFailure || error.code === 'trust_roots_missing')
  }

  async #joinOnce(key: PrivateKey): Promise<Svid> {
    const { attestation, hosts } = this.#options
    const client = this.#dial({ rootsPem: await attestation.roots() })
    try {
      const token = await attestation.token()
      return this.#accept(await client.join({ token, csr: buildCsr(key), hosts: [...hosts] }), key)
    } finally {
      client.close()
    }
  }

  async #renewOnce(key: PrivateKey): Promise<Svid> {
    // A connection of its own: the CA must see the certificate in force, not that of an old connection.
    const client = this.#dial(this)
    try {
      return this.#accept(await client.renew({ csr: buildCsr(key), hosts: [...this.#options.hosts] }), key)
    } finally {
      client.close()
    }
  }

  #schedule(delayMs: number): void {
    if (this.#isStopped) return
    this.#timer = this.#options.clock.after(Math.min(delayMs, LOOK_MS), () => void this.#look())
  }

  async #look(): Promise<void> {
    const isDue = this.#untilRenewalMs() === 0
    const { renewsByToken } = this.#options.attestation
    if (isDue || (renewsByToken && !(await this.#isOfThisMesh(this.current())))) await this.#renew()
    const retryMs = backoffMs(this.#failures, this.#options.random, 1_000, RETRY_MAX_MS)
    this.#schedule(this.#failures > 0 ? retryMs : this.#untilRenewalMs())
  }

  async #renew(): Promise<void> {
    const { log, attestation } = this.#options
    const key = generatePrivateKey()
    let svid: Svid
    try {
      svid = await (attestation.renewsByToken ? this.#joinOnce(key) : this.#renewOnce(key))
    } catch (error) {
      this.#failures++
      log.warn('cannot renew the certificate', { error: describeError(error), notAfter: isoTime(this.current()) })
      return
    }
    this.#use(svid)
    this.#store(svid)
    log.info('renewed the certificate', { identity: svid.identity, notAfter: isoTime(svid) })
    for (const listener of this.#listeners) listener(svid)
  }

  /** Takes the SVID into use. Renewal is due at half of its lifetime, give or take a twentieth by chance. */
  #use(svid: Svid): void {
    this.#svid = svid
    this.#failures = 0
    const share = 0.45 + 0.1 * this.#options.random()
    this.#renewAtMs = svid.notBeforeMs + (svid.notAfterMs - svid.notBeforeMs) * share
  }

  #untilRenewalMs(): number {
    return Math.max(0, this.#renewAtMs - this.#options.clock.wallMs())
  }

  #accept(reply: weft.ca.v1.CertificateResponse, key: PrivateKey): Svid {
    const svid = makeSvid({ key, chainPem: reply.chain, rootsPem: reply.roots })
    verifySvid(svid.chainPem, svid.rootsPem, this.#options.clock.wallMs())
    this.#checkIdentity(svid.identity)
    return svid
  }

  get #identity(): string {
    return formatMeshIdentity(this.#options.trustDomain, this.#options.role)
  }

  #checkIdentity(identity: string): void {
    if (identity === this.#identity) return
    throw new Failure(
      'identity_mismatch',
      `Cannot use the certificate: found identity ${identity}, expected ${this.#identity}`,
    )
  }

  /** A token for one join is not sent before the key that it will belong to is safe. */
  #storeKey(key: PrivateKey): void {
    try {
      writeCredentials(this.#path, { key, svid: null })
    } catch (error) {
      if (!this.#options.attestation.renewsByToken) throw error
    }
  }

  #store(svid: Svid): void {
    try {
      writeCredentials(this.#path, { key: svid.key, svid })
    } catch (error) {
      this.#options.log.error('cannot store the certificate; it is in use but a restart will need a new one', {
        error: describeError(error),
      })
    }
  }

  #dial(trust: SvidSource | ClientTrust): RpcClient<typeof certificatesService> {
    const { caAddress, trustDomain, clock } = this.#options
    const credentials = meshClientCredentials(trust, [formatMeshIdentity(trustDomain, 'ca')])
    return rpcClient(certificatesService, caAddress, credentials, { clock })
  }
}

function isoTime(svid: Svid): string {
  return new Date(svid.notAfterMs).toISOString()
}
