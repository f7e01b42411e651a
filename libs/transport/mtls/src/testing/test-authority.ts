import { createPublicKey } from 'node:crypto'
import { systemClock } from '@weft/host'
import { buildAuthority, buildSvidLeaf, type Authority } from '../build-certificate.ts'
import { generatePrivateKey } from '../private-key.ts'
import { readCertificate } from '../read-certificate.ts'
import { makeSvid, type Svid, type SvidSource } from '../svid.ts'

const HOUR_MS = 3_600_000

/** A CA in memory, for tests: root and intermediate as the real one has them. Certificates are valid around the real time. */
export class TestAuthority {
  readonly rootPem: string
  readonly intermediatePem: string
  /** Signs leaves, for tests that build their own. */
  readonly issuer: Authority
  readonly #nowMs: number

  constructor(nowMs: number = systemClock.wallMs()) {
    this.#nowMs = nowMs
    const validity = { notBeforeMs: nowMs - HOUR_MS, notAfterMs: nowMs + 1000 * HOUR_MS }
    const root = { commonName: 'test root', key: generatePrivateKey(), pathLength: 1, ...validity }
    this.rootPem = buildAuthority(root, null)
    const issuing = { commonName: 'test issuing', key: generatePrivateKey(), pathLength: 0, ...validity }
    this.intermediatePem = buildAuthority(issuing, { certificate: readCertificate(this.rootPem), key: root.key })
    this.issuer = { certificate: readCertificate(this.intermediatePem), key: issuing.key }
  }

  /** An SVID with a key of its own; with `startsInMs` as a CA issues it whose clock is so far ahead. */
  issue(identity: string, options: { hosts?: string[]; lifetimeMs?: number; startsInMs?: number } = {}): Svid {
    const key = generatePrivateKey()
    const leaf = buildSvidLeaf(
      {
        identity,
        publicKey: createPublicKey(key.keyObject),
        hosts: options.hosts ?? [],
        notBeforeMs: this.#nowMs + (options.startsInMs ?? -1000),
        notAfterMs: this.#nowMs + (options.lifetimeMs ?? HOUR_MS),
      },
      this.issuer,
    )
    return makeSvid({ key, chainPem: leaf + this.intermediatePem, rootsPem: this.rootPem })
  }
}

/** A source whose SVID a test replaces. */
export class FakeSvidSource implements SvidSource {
  #svid: Svid
  readonly #listeners = new Set<(svid: Svid) => void>()

  constructor(svid: Svid) {
    this.#svid = svid
  }

  current(): Svid {
    return this.#svid
  }

  onChange(listener: (svid: Svid) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  replace(svid: Svid): void {
    this.#svid = svid
    for (const listener of this.#listeners) listener(svid)
  }
}
