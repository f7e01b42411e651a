import { mkdirSync, readFileSync } from 'node:fs'
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
import { backoffMs } from './backoff.ts'
import { rpcClient, type RpcClient } from './client.ts'
import { readCredentials, writeCredentials } from './credential-file.ts'
import { meshClientCredentials, type ClientTrust } from './credentials.ts'
import { statusOf } from './rpc-failure.ts'
import { certificatesService } from './services.ts'

export interface MeshCredentialsOptions {
  /** Directory of the part; `credentials.json` in it has mode 0600. */
  readonly stateDir: string
  readonly trustDomain: string
  readonly role: MeshRole
  /** DNS names and IP addresses at which the part serves; they go into the certificate. */
  readonly hosts: readonly string[]
  readonly caAddress: string
  /** PEM by which the CA proves itself at the first contact. */
  readonly trustRootsFile: string
  /** Read at the first start only. */
  readonly joinTokenFile: string
  /** How long the first start waits for a CA that cannot be reached. */
  readonly joinTimeoutMs?: number
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
}

const JOIN_TIMEOUT_MS = 60_000
const RETRY_MAX_MS = 300_000
/** The wall clock decides when to renew, and a machine that slept must notice: never wait longer than this in one go. */
const LOOK_MS = 600_000

/**
 * A part's own SVID over its whole life: joins once with its token, keeps key and certificate, renews at half-life.
 *
 * States: new → running → stopped. The key is stored before the first Join: the CA lets a token be used again by the key
 * that used it, so a crash between the two costs nothing. A renewal that fails is tried again with backoff until it works;
 * one that cannot be stored is used all the same, and reported.
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
    const stored = readCredentials(this.#path)
    if (stored?.svid) this.#checkIdentity(stored.svid.identity)
    const isUsable = stored?.svid != null && stored.svid.notAfterMs > this.#options.clock.wallMs()
    if (stored?.svid && !isUsable) this.#options.log.warn('the stored certificate has expired: joining anew')
    this.#use(isUsable ? stored.svid : await this.#join(stored?.key ?? generatePrivateKey()))
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

  async #join(key: PrivateKey): Promise<Svid> {
    const { clock, trustRootsFile, joinTokenFile, joinTimeoutMs = JOIN_TIMEOUT_MS, hosts, random, log } = this.#options
    const token = readRequired(joinTokenFile, 'join_token_missing', 'the join token')
    writeCredentials(this.#path, { key, svid: null })
    const deadlineMs = clock.nowMs() + joinTimeoutMs
    for (let attempt = 1; ; attempt++) {
      const client = this.#dial({ rootsPem: readRequired(trustRootsFile, 'trust_roots_missing', 'the trust roots') })
      try {
        const svid = this.#accept(await client.join({ token, csr: buildCsr(key), hosts: [...hosts] }), key)
        this.#store(svid)
        log.info('joined the mesh', { identity: svid.identity, notAfter: isoTime(svid) })
        return svid
      } catch (error) {
        const retryAtMs = clock.nowMs() + backoffMs(attempt, random)
        const isAbsent = error instanceof Failure && statusOf(error) === 'unavailable'
        if (!isAbsent || retryAtMs > deadlineMs || this.#isStopped) throw error
        if (attempt === 1) log.warn('cannot reach the CA yet; trying again', { error: describeError(error) })
        await clock.sleepUntil(retryAtMs)
      } finally {
        client.close()
      }
    }
  }

  #schedule(delayMs: number): void {
    if (this.#isStopped) return
    this.#timer = this.#options.clock.after(Math.min(delayMs, LOOK_MS), () => void this.#look())
  }

  async #look(): Promise<void> {
    if (this.#untilRenewalMs() === 0) await this.#renew()
    const retryMs = backoffMs(this.#failures, this.#options.random, 1_000, RETRY_MAX_MS)
    this.#schedule(this.#failures > 0 ? retryMs : this.#untilRenewalMs())
  }

  async #renew(): Promise<void> {
    const { log, hosts } = this.#options
    const key = generatePrivateKey()
    // A connection of its own: the CA must see the certificate in force, not that of an old connection.
    const client = this.#dial(this)
    let svid: Svid
    try {
      svid = this.#accept(await client.renew({ csr: buildCsr(key), hosts: [...hosts] }), key)
    } catch (error) {
      this.#failures++
      log.warn('cannot renew the certificate', { error: describeError(error), notAfter: isoTime(this.current()) })
      return
    } finally {
      client.close()
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

  #checkIdentity(identity: string): void {
    const { trustDomain, role } = this.#options
    const expected = formatMeshIdentity(trustDomain, role)
    if (identity === expected) return
    throw new Failure(
      'identity_mismatch',
      `Cannot use the certificate: found identity ${identity}, expected ${expected}`,
    )
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

function readRequired(path: string, code: string, what: string): string {
  let text = ''
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw new Failure(
      code,
      `Cannot read ${what} from ${path}: ${(error as NodeJS.ErrnoException).code}, expected a readable file`,
      error,
    )
  }
  if (text === '') throw new Failure(code, `Cannot read ${what} from ${path}: found nothing in it, expected ${what}`)
  return text
}
