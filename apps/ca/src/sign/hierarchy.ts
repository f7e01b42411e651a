import { Failure } from '@weft/faults'
import { buildAuthority, generatePrivateKey, readCertificate } from '@weft/mtls'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { Authorities, AuthorityStore } from '../keys/authority-store.ts'
import type { StoredAuthority } from '../keys/stored-authority.ts'

const DAY_MS = 24 * 3_600_000
const ROOT_LIFETIME_MS = 3650 * DAY_MS
const ISSUING_LIFETIME_MS = 365 * DAY_MS
/** The issuing authority is replaced this long before its end. */
const ISSUING_OVERLAP_MS = 60 * DAY_MS
/** Clocks of machines differ: what is made now is valid since some minutes earlier. */
const BACKDATE_MS = 300_000

export interface HierarchyOptions {
  readonly store: AuthorityStore
  readonly trustDomain: string
  readonly clock: Clock
  readonly log: Logger
}

/**
 * The root, which signs authorities only, and the issuing authority, which signs SVIDs. Made at the first start, kept
 * encrypted; the issuing one is replaced in time by a new one of the same root, which nobody has to be told. Replicas agree
 * on both through the store: whoever comes second takes what is there.
 */
export class Hierarchy {
  readonly root: StoredAuthority
  #issuing: StoredAuthority
  #renewing: Promise<void> | null = null
  readonly #options: HierarchyOptions

  private constructor(options: HierarchyOptions, { root, issuing }: Authorities) {
    this.#options = options
    this.root = root
    this.#issuing = issuing
  }

  /**
   * Opens what is stored, or makes it where nothing is. Everything is read and checked before anything is written.
   *
   * Faults: Failure `key_sealed` (another key-encryption key), `state_invalid`, `root_expired`, `write_failed`.
   */
  static async open(options: HierarchyOptions): Promise<Hierarchy> {
    const authorities = await agree(options)
    await options.store.publishRoots(authorities.root.pem)
    return new Hierarchy(options, authorities)
  }

  get issuing(): StoredAuthority {
    return this.#issuing
  }

  /**
   * Takes a new issuing authority when the end of the present one is near: the one that another replica stored, else its own.
   * Faults: as {@link open}; the old one stays in use.
   */
  async renewIssuingWhenDue(): Promise<void> {
    if (!isRenewalDue(this.root, this.#issuing, this.#options.clock)) return
    this.#renewing ??= this.#renewIssuing().finally(() => (this.#renewing = null))
    await this.#renewing
  }

  async #renewIssuing(): Promise<void> {
    const { root, issuing } = await agree(this.#options)
    this.#refuseOther(root)
    this.#issuing = issuing
  }

  /**
   * Puts back what somebody removed from the store: as long as one replica lives, the root does.
   * Faults: Failure `root_replaced` when another root is there by now; whatever the store says.
   */
  async restore(): Promise<void> {
    const { store, log } = this.#options
    const stored = await store.read()
    if (stored.root !== null) this.#refuseOther(stored.root)
    else if (await store.replace({ root: this.root, issuing: this.#issuing }, stored.version)) {
      log.warn('the authorities were gone from the store; put them back', { place: store.place })
    }
    await store.publishRoots(this.root.pem)
  }

  #refuseOther(root: StoredAuthority): void {
    if (root.pem === this.root.pem) return
    const found = `found the root ${root.certificate.fingerprint} in ${this.#options.store.place}`
    throw new Failure(
      'root_replaced',
      `Cannot go on as a CA of this mesh: ${found}, expected ${this.root.certificate.fingerprint}, which this process signs for`,
    )
  }
}

/** How often another may be first before it is no longer a coincidence. */
const ATTEMPTS_MAX = 20

async function agree(options: HierarchyOptions): Promise<Authorities> {
  const { store, clock, log } = options
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const { root: storedRoot, issuing: storedIssuing, version } = await store.read()
    check(options, storedRoot, storedIssuing)
    if (storedRoot !== null && storedIssuing !== null && !isRenewalDue(storedRoot, storedIssuing, clock)) {
      return { root: storedRoot, issuing: storedIssuing }
    }
    if (storedRoot === null && (await isLost(store))) throw lost(store)
    const root = storedRoot ?? makeRoot(options)
    const issuing = makeIssuing(options, root)
    if (!(await store.replace({ root, issuing }, version))) continue
    if (storedRoot === null) {
      log.info('made a new root', { notAfter: isoTime(root), fingerprint: root.certificate.fingerprint })
    }
    log.info('made a new issuing authority', { notAfter: isoTime(issuing) })
    return { root, issuing }
  }
  throw new Failure(
    'write_failed',
    `Cannot store the authorities in ${store.place}: it changed ${ATTEMPTS_MAX} times meanwhile, expected it to settle`,
  )
}

/**
 * An empty place is taken for a first start only while no roots are published: a root that was lost must not quietly become
 * another one, which nobody trusts. Roots are published after they were stored, so a replica that is first shows at the
 * second look.
 */
async function isLost(store: AuthorityStore): Promise<boolean> {
  return (await store.publishedRoots()) !== null && (await store.read()).root === null
}

function lost(store: AuthorityStore): Failure {
  return new Failure(
    'root_lost',
    `Cannot sign for this mesh: found its published roots but no root in ${store.place}, expected it from a backup, or neither`,
  )
}

function check(
  { store, trustDomain, clock }: HierarchyOptions,
  root: StoredAuthority | null,
  issuing: StoredAuthority | null,
): void {
  if (root === null) return
  if (root.trustDomain !== trustDomain) {
    const found = `found trust domain ${root.trustDomain} in ${store.place}`
    throw new Failure('state_invalid', `Cannot serve trust domain ${trustDomain}: ${found}, expected the same`)
  }
  const { notAfterMs } = root.certificate
  if (notAfterMs <= clock.wallMs()) {
    throw new Failure(
      'root_expired',
      `Cannot issue: the root in ${store.place} expired at ${isoTime(root)}, expected a valid one`,
    )
  }
  if (issuing !== null && !issuing.certificate.x509.verify(root.certificate.x509.publicKey)) {
    throw new Failure(
      'state_invalid',
      `Cannot use the issuing authority in ${store.place}: it is not signed by the root beside it, expected it to be`,
    )
  }
}

function makeRoot({ trustDomain, clock }: HierarchyOptions): StoredAuthority {
  const key = generatePrivateKey()
  const nowMs = clock.wallMs()
  const validity = { notBeforeMs: nowMs - BACKDATE_MS, notAfterMs: nowMs + ROOT_LIFETIME_MS }
  const pem = buildAuthority({ commonName: `weft root ${trustDomain}`, key, pathLength: 1, ...validity }, null)
  return { trustDomain, pem, key, certificate: readCertificate(pem) }
}

function makeIssuing({ trustDomain, clock }: HierarchyOptions, root: StoredAuthority): StoredAuthority {
  const key = generatePrivateKey()
  const nowMs = clock.wallMs()
  const notAfterMs = Math.min(nowMs + ISSUING_LIFETIME_MS, root.certificate.notAfterMs)
  const validity = { notBeforeMs: Math.max(nowMs - BACKDATE_MS, root.certificate.notBeforeMs), notAfterMs }
  const pem = buildAuthority({ commonName: `weft issuing ${trustDomain}`, key, pathLength: 0, ...validity }, root)
  return { trustDomain, pem, key, certificate: readCertificate(pem) }
}

/** Near its end, and a new one would last longer: it ends with the root at the latest. */
function isRenewalDue(root: StoredAuthority, { certificate }: StoredAuthority, clock: Clock): boolean {
  const isNearEnd = certificate.notAfterMs - clock.wallMs() < ISSUING_OVERLAP_MS
  return isNearEnd && certificate.notAfterMs < root.certificate.notAfterMs
}

function isoTime({ certificate }: StoredAuthority): string {
  return new Date(certificate.notAfterMs).toISOString()
}
