import type { KeyObject } from 'node:crypto'
import { parseMeshIdentity } from '@weft/identity'
import { buildSvidLeaf, readCertificate } from '@weft/mtls'
import type { Clock } from '@weft/time'
import type { Audit, AuditEntry } from './audit-log.ts'
import type { Hierarchy } from './hierarchy.ts'

/** Clocks of machines differ: a certificate is valid since some minutes before it was made. */
const BACKDATE_MS = 300_000
/** A short-lived certificate is back-dated by less, so that half of its life is still to come when it is new. */
const BACKDATE_SHARE = 0.1

export interface IssueOrder {
  readonly method: AuditEntry['method']
  readonly identity: string
  readonly publicKey: KeyObject
  readonly hosts: readonly string[]
  /** The node that asks for a workload; '' otherwise. */
  readonly node: string
}

export interface IssuedSvid {
  readonly identity: string
  readonly chainPem: string
  readonly rootsPem: string
  readonly notAfterMs: number
}

/** Signs SVIDs and records each. Who may have which is decided before. */
export class Issuer {
  readonly #hierarchy: Hierarchy
  readonly #audit: Audit
  readonly #lifetimeMs: number
  readonly #clock: Clock

  constructor(hierarchy: Hierarchy, audit: Audit, lifetimeMs: number, clock: Clock) {
    this.#hierarchy = hierarchy
    this.#audit = audit
    this.#lifetimeMs = lifetimeMs
    this.#clock = clock
  }

  /** Never outlives the issuing authority. */
  issue({ method, identity, publicKey, hosts, node }: IssueOrder): IssuedSvid {
    const { issuing, root } = this.#hierarchy
    const nowMs = this.#clock.wallMs()
    const backdateMs = Math.min(BACKDATE_MS, this.#lifetimeMs * BACKDATE_SHARE)
    const notBeforeMs = Math.max(nowMs - backdateMs, issuing.certificate.notBeforeMs)
    const notAfterMs = Math.min(nowMs + this.#lifetimeMs, issuing.certificate.notAfterMs)
    const leafPem = buildSvidLeaf({ identity, publicKey, hosts, notBeforeMs, notAfterMs }, issuing)
    const leaf = readCertificate(leafPem)
    this.#audit.record({
      time: new Date(nowMs).toISOString(),
      method,
      identity,
      serial: leaf.x509.serialNumber.toLowerCase(),
      node: node || nodeOf(identity),
      notAfter: new Date(leaf.notAfterMs).toISOString(),
    })
    return { identity, chainPem: leafPem + issuing.pem, rootsPem: root.pem, notAfterMs: leaf.notAfterMs }
  }
}

function nodeOf(identity: string): string {
  const role = parseMeshIdentity(identity)?.role ?? ''
  return role.startsWith('node/') ? role.slice('node/'.length) : ''
}
