import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '@weft/faults'
import { writeFileAtomic } from '@weft/host'
import { buildAuthority, generatePrivateKey, readCertificate } from '@weft/mtls'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { readAuthority, writeAuthority, type StoredAuthority } from '../keys/authority-file.ts'

const DAY_MS = 24 * 3_600_000
const ROOT_LIFETIME_MS = 3650 * DAY_MS
const ISSUING_LIFETIME_MS = 365 * DAY_MS
/** The issuing authority is replaced this long before its end. */
const ISSUING_OVERLAP_MS = 60 * DAY_MS
/** Clocks of machines differ: what is made now is valid since a little earlier. */
const BACKDATE_MS = 60_000
const WORLD_READABLE = 0o644

export interface HierarchyOptions {
  readonly stateDir: string
  readonly trustDomain: string
  /** The key-encryption key. */
  readonly secret: string
  readonly clock: Clock
  readonly log: Logger
}

/**
 * The root, which signs authorities only, and the issuing authority, which signs SVIDs. Made at the first start, kept
 * encrypted; the issuing one is replaced in time by a new one of the same root, which nobody has to be told.
 */
export class Hierarchy {
  readonly root: StoredAuthority
  #issuing: StoredAuthority
  readonly #options: HierarchyOptions

  private constructor(options: HierarchyOptions, root: StoredAuthority, issuing: StoredAuthority) {
    this.#options = options
    this.root = root
    this.#issuing = issuing
  }

  /**
   * Opens what is stored, or makes it where nothing is. Everything is read and checked before anything is written.
   *
   * Faults: Failure `key_sealed` (another key-encryption key), `state_invalid`, `root_expired`, `write_failed`.
   */
  static open(options: HierarchyOptions): Hierarchy {
    const { stateDir, secret, clock, log } = options
    const storedRoot = readAuthority(rootPath(stateDir), secret)
    const storedIssuing = readAuthority(issuingPath(stateDir), secret)
    check(options, storedRoot, storedIssuing)
    mkdirSync(stateDir, { recursive: true, mode: 0o700 })
    const root = storedRoot ?? makeRoot(options)
    if (storedRoot === null)
      log.info('made a new root', { notAfter: isoTime(root), fingerprint: root.certificate.fingerprint })
    const isDue = storedIssuing === null || isRenewalDue(storedIssuing, clock)
    const issuing = isDue ? makeIssuing(options, root) : storedIssuing
    if (isDue) log.info('made a new issuing authority', { notAfter: isoTime(issuing) })
    publishRoots(stateDir, root.pem)
    return new Hierarchy(options, root, issuing)
  }

  get issuing(): StoredAuthority {
    return this.#issuing
  }

  /** Replaces the issuing authority when its end is near. Faults: Failure `write_failed`, and the old one stays in use. */
  renewIssuingWhenDue(): void {
    if (!isRenewalDue(this.#issuing, this.#options.clock)) return
    this.#issuing = makeIssuing(this.#options, this.root)
    this.#options.log.info('made a new issuing authority', { notAfter: isoTime(this.#issuing) })
  }
}

function check(
  { stateDir, trustDomain, clock }: HierarchyOptions,
  root: StoredAuthority | null,
  issuing: StoredAuthority | null,
): void {
  if (root === null && issuing !== null) {
    throw new Failure(
      'state_invalid',
      `Cannot use ${stateDir}: found ${issuingPath(stateDir)} without root.json, expected both or neither`,
    )
  }
  if (root === null) return
  if (root.trustDomain !== trustDomain) {
    const found = `found trust domain ${root.trustDomain} in ${rootPath(stateDir)}`
    throw new Failure('state_invalid', `Cannot serve trust domain ${trustDomain}: ${found}, expected the same`)
  }
  const { notAfterMs } = root.certificate
  if (notAfterMs <= clock.wallMs()) {
    throw new Failure(
      'root_expired',
      `Cannot issue: the root in ${rootPath(stateDir)} expired at ${isoTime(root)}, expected a valid one`,
    )
  }
  if (issuing !== null && !issuing.certificate.x509.verify(root.certificate.x509.publicKey)) {
    throw new Failure(
      'state_invalid',
      `Cannot use ${issuingPath(stateDir)}: it is not signed by the root beside it, expected it to be`,
    )
  }
}

function makeRoot(options: HierarchyOptions): StoredAuthority {
  const { stateDir, trustDomain, secret, clock } = options
  const key = generatePrivateKey()
  const nowMs = clock.wallMs()
  const validity = { notBeforeMs: nowMs - BACKDATE_MS, notAfterMs: nowMs + ROOT_LIFETIME_MS }
  const pem = buildAuthority({ commonName: `weft root ${trustDomain}`, key, pathLength: 1, ...validity }, null)
  const root = { trustDomain, pem, key, certificate: readCertificate(pem) }
  writeAuthority(rootPath(stateDir), root, secret)
  return root
}

function makeIssuing(options: HierarchyOptions, root: StoredAuthority): StoredAuthority {
  const { stateDir, trustDomain, secret, clock } = options
  const key = generatePrivateKey()
  const nowMs = clock.wallMs()
  const notAfterMs = Math.min(nowMs + ISSUING_LIFETIME_MS, root.certificate.notAfterMs)
  const validity = { notBeforeMs: Math.max(nowMs - BACKDATE_MS, root.certificate.notBeforeMs), notAfterMs }
  const pem = buildAuthority({ commonName: `weft issuing ${trustDomain}`, key, pathLength: 0, ...validity }, root)
  const issuing = { trustDomain, pem, key, certificate: readCertificate(pem) }
  writeAuthority(issuingPath(stateDir), issuing, secret)
  return issuing
}

function isRenewalDue(issuing: StoredAuthority, clock: Clock): boolean {
  return issuing.certificate.notAfterMs - clock.wallMs() < ISSUING_OVERLAP_MS
}

/** Written only when it says something else: parts may be reading it. */
function publishRoots(stateDir: string, pem: string): void {
  const path = join(stateDir, 'roots.pem')
  try {
    if (readFileSync(path, 'utf8') === pem) return
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  writeFileAtomic(path, pem, WORLD_READABLE)
}

function rootPath(stateDir: string): string {
  return join(stateDir, 'root.json')
}

function issuingPath(stateDir: string): string {
  return join(stateDir, 'issuing.json')
}

function isoTime({ certificate }: StoredAuthority): string {
  return new Date(certificate.notAfterMs).toISOString()
}
