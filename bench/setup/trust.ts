import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TestAuthority } from '@weft/mtls/testing'
import type { IdentityFiles, Trust } from '../peers/peer.ts'

const SERVER_NAME = 'server.bench.test'

/** One CA and two identities for all peers alike: ECDSA P-256, an intermediate, SPIFFE IDs. Never outside of scratch space. */
export function writeTrust(directory: string): Trust {
  const authority = new TestAuthority()
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const write = (name: string, text: string): string => {
    const path = join(directory, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const identityFiles = (name: string, hosts: string[]): IdentityFiles => {
    const identity = `spiffe://bench.test/ns/bench/sa/${name}`
    const svid = authority.issue(identity, { hosts, lifetimeMs: 24 * 3_600_000 })
    return {
      identity,
      chain: write(`${name}.pem`, svid.chainPem),
      key: write(`${name}.key`, svid.key.revealPem()),
      bundle: write(`${name}-bundle.pem`, svid.chainPem + svid.key.revealPem()),
    }
  }
  return {
    roots: write('roots.pem', authority.rootPem),
    client: identityFiles('client', []),
    server: identityFiles('server', [SERVER_NAME]),
    serverName: SERVER_NAME,
  }
}
