import { createPublicKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { needs } from '@weft/tools/testing'
import { afterAll, expect, test } from 'vitest'
import { buildAuthority, buildSvidLeaf } from './build-certificate.ts'
import { packIpAddress } from './ip-octets.ts'
import { generatePrivateKey } from './private-key.ts'
import { readCertificate, readCertificates } from './read-certificate.ts'
import { makeSvid, spiffeIdOf } from './svid.ts'
import { openssl, TestAuthority } from './testing/index.ts'
import { verifySvid } from './verify-svid.ts'

const NOW_MS = Date.UTC(2026, 10, 22)
const HOUR_MS = 3_600_000
const WEB = 'spiffe://cluster.local/ns/default/sa/web'
const authority = new TestAuthority(NOW_MS)
const dir = mkdtempSync(join(tmpdir(), 'weft-cert-'))
afterAll(() => rmSync(dir, { recursive: true }))

function file(name: string, text: string): string {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}

/** A leaf signed by an authority of its own, with what `change` changes. */
function leafOf(change: { identity?: string; hosts?: string[]; lifetimeMs?: number; issuerPathLength?: number }): {
  chainPem: string
  rootsPem: string
} {
  const validity = { notBeforeMs: NOW_MS - HOUR_MS, notAfterMs: NOW_MS + 10 * HOUR_MS }
  const key = generatePrivateKey()
  const rootsPem = buildAuthority(
    { commonName: 'other', key, pathLength: change.issuerPathLength ?? 0, ...validity },
    null,
  )
  const publicKey = createPublicKey(generatePrivateKey().keyObject)
  const notAfterMs = NOW_MS + (change.lifetimeMs ?? HOUR_MS)
  const issuer = { certificate: readCertificate(rootsPem), key }
  const { identity = WEB, hosts = [] } = change
  return {
    rootsPem,
    chainPem: buildSvidLeaf({ identity, hosts, publicKey, notBeforeMs: validity.notBeforeMs, notAfterMs }, issuer),
  }
}

needs('openssl')('openssl', () => {
  test('verifies the chain and reads every field as intended', () => {
    const svid = authority.issue(WEB)
    const [leaf, intermediate] = svid.chainPem.split(/(?<=END CERTIFICATE-----\n)/)
    const root = file('root.pem', authority.rootPem)
    const args = [
      'verify',
      '-x509_strict',
      '-attime',
      String(NOW_MS / 1000),
      '-CAfile',
      root,
      '-untrusted',
      file('int.pem', intermediate!),
    ]

    const verified = openssl([...args, '-purpose', 'sslserver', file('leaf.pem', leaf!)])
    const { text } = openssl(['x509', '-noout', '-text'], leaf)

    expect(verified.text).toMatch(/leaf.pem: OK/)
    expect(openssl([...args, '-purpose', 'sslclient', join(dir, 'leaf.pem')]).ok).toBe(true)
    expect(text).toMatch(/Version: 3 /)
    expect(text).toMatch(/Subject: *\n/)
    expect(text).toMatch(/Subject Alternative Name: critical\s+URI:spiffe:\/\/cluster.local\/ns\/default\/sa\/web\n/)
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/)
    expect(text).toMatch(/Extended Key Usage: *\s+TLS Web Server Authentication, TLS Web Client Authentication\n/)
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE\n/)
    expect(text).toMatch(/Serial Number:\s+([0-9a-f]{2}:){15}[0-9a-f]{2}\n/)
    expect(text).toMatch(/Signature Algorithm: ecdsa-with-SHA256/)
    const subjectKey = /Subject Key Identifier: *\s+([0-9A-F:]+)/.exec(
      openssl(['x509', '-noout', '-text'], intermediate).text,
    )![1]
    expect(text, 'authority key identifier names the intermediate').toContain(subjectKey)
  })

  test('reads the hosts of a part as DNS and IP names', () => {
    const svid = authority.issue('spiffe://cluster.local/weft/control-plane', {
      hosts: ['cp.example', '198.18.0.1', 'fd77::1'],
    })

    const { text } = openssl(['x509', '-noout', '-ext', 'subjectAltName'], svid.chainPem)

    expect(text).toContain('DNS:cp.example, IP Address:198.18.0.1, IP Address:FD77:0:0:0:0:0:0:1')
    expect(readCertificates(svid.chainPem)[0]).toMatchObject({ dnsNames: ['cp.example'] })
  })

  test('validity is in whole seconds and crosses into GeneralizedTime after 2049', () => {
    const svid = authority.issue(WEB, { lifetimeMs: 30 * 365 * 24 * HOUR_MS + 999 })

    expect(openssl(['x509', '-noout', '-enddate'], svid.chainPem).text).toContain('2056')
    expect(svid.notAfterMs % 1000).toBe(0)
  })
})

test('verifySvid() gives the identity of a good chain', () => {
  const { chainPem, rootsPem } = authority.issue(WEB)

  expect(verifySvid(chainPem, rootsPem, NOW_MS)).toBe(WEB)
  expect(verifySvid(chainPem, leafOf({}).rootsPem + rootsPem, NOW_MS), 'any of several roots').toBe(WEB)
})

test('verifySvid() refuses an unknown root, a missing intermediate and a wrong time', () => {
  const { chainPem, rootsPem } = authority.issue(WEB)
  const [leaf] = chainPem.split(/(?<=END CERTIFICATE-----\n)/)

  expect(() => verifySvid(chainPem, new TestAuthority(NOW_MS).rootPem, NOW_MS)).toThrow(
    'expected one of the trusted roots',
  )
  expect(() => verifySvid(leaf!, rootsPem, NOW_MS)).toThrow(
    'found issuer "CN=test issuing", expected one of the trusted roots',
  )
  expect(() => verifySvid(chainPem, rootsPem, NOW_MS + 2 * HOUR_MS)).toThrow('expired at 2026-11-22T01:00:00.000Z')
  expect(() => verifySvid(chainPem, rootsPem, NOW_MS - 2 * HOUR_MS)).toThrow('valid from')
})

test('verifySvid() refuses a leaf that acts as an authority', () => {
  const svid = authority.issue(WEB)
  const forged = buildSvidLeaf(
    {
      identity: 'spiffe://cluster.local/ns/default/sa/admin',
      hosts: [],
      publicKey: createPublicKey(svid.key.keyObject),
      notBeforeMs: NOW_MS,
      notAfterMs: NOW_MS + HOUR_MS,
    },
    { certificate: readCertificates(svid.chainPem)[0]!, key: svid.key },
  )

  expect(() => verifySvid(forged + svid.chainPem, svid.rootsPem, NOW_MS)).toThrow(
    'expected an authority that may sign certificates',
  )
})

test('verifySvid() holds authorities to their path length', () => {
  const validity = { notBeforeMs: NOW_MS - HOUR_MS, notAfterMs: NOW_MS + 10 * HOUR_MS }
  const rootKey = generatePrivateKey()
  const rootsPem = buildAuthority({ commonName: 'r', key: rootKey, pathLength: 0, ...validity }, null)
  const middle = generatePrivateKey()
  const middlePem = buildAuthority(
    { commonName: 'm', key: middle, pathLength: 0, ...validity },
    { certificate: readCertificate(rootsPem), key: rootKey },
  )
  const publicKey = createPublicKey(generatePrivateKey().keyObject)
  const leaf = buildSvidLeaf(
    { identity: WEB, hosts: [], publicKey, ...validity },
    { certificate: readCertificate(middlePem), key: middle },
  )

  expect(() => verifySvid(leaf + middlePem, rootsPem, NOW_MS)).toThrow(
    'found 1 authorities below "CN=r", expected at most 0',
  )
})

test.each([
  ['https://example.com/', /found URI "https:\/\/example.com\/", expected spiffe/],
  ['spiffe://cluster.local/ns/default/sa/web/extra', /found URI/],
  ['spiffe://cluster.local', /found URI/],
])('spiffeIdOf() refuses %s', (identity, message) => {
  expect(() => spiffeIdOf(readCertificate(leafOf({ identity }).chainPem))).toThrow(message)
})

test('spiffeIdOf() refuses an authority and foreign certificates', () => {
  expect(() => spiffeIdOf(readCertificate(authority.rootPem))).toThrow('found 0 URI names, expected exactly one')
  expect(() => readCertificate('nonsense')).toThrow('Cannot read the certificate: found something else, expected X.509')
  expect(() => readCertificates('nonsense')).toThrow('found no PEM block')
})

test('makeSvid() refuses a key that is not the certificate’s and shows no key', () => {
  const svid = authority.issue(WEB)

  expect(() => makeSvid({ ...svid, key: generatePrivateKey() })).toThrow("the key is not the certificate's")
  expect(() => makeSvid({ ...svid, key: 'nonsense' })).toThrow('found something else, expected PEM of an EC P-256 key')
  expect(inspect(svid) + JSON.stringify(svid)).not.toContain('PRIVATE')
})

test('packIpAddress() gives the octets of every way to write an address', () => {
  expect([...packIpAddress('198.18.0.255')]).toEqual([198, 18, 0, 255])
  expect(packIpAddress('::').toString('hex')).toBe('0'.repeat(32))
  expect(packIpAddress('fd77:6566:7400::1').toString('hex')).toBe('fd776566740000000000000000000001')
  expect(packIpAddress('::ffff:1.2.3.4').toString('hex')).toBe('00000000000000000000ffff01020304')
  expect(packIpAddress('1:2:3:4:5:6:7:8').toString('hex')).toBe('00010002000300040005000600070008')
})
