import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { needs } from '@weft/tools/testing'
import { expect, test } from 'vitest'
import { buildCsr, CSR_BYTES_MAX, readCsr } from './csr.ts'
import { generatePrivateKey } from './private-key.ts'
import { openssl } from './testing/openssl.ts'

/** A request made by openssl, for keys and algorithms that ours does not make. */
function opensslCsr(keyArgs: string[], requestArgs: string[] = []): Buffer {
  const dir = mkdtempSync(join(tmpdir(), 'weft-csr-'))
  try {
    expect(openssl([...keyArgs, '-out', join(dir, 'key')]).ok).toBe(true)
    const made = openssl([
      'req',
      '-new',
      '-key',
      join(dir, 'key'),
      '-subj',
      '/CN=x',
      '-outform',
      'DER',
      '-out',
      join(dir, 'csr'),
      ...requestArgs,
    ])
    expect(made.ok, made.text).toBe(true)
    return readFileSync(join(dir, 'csr'))
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const p256 = ['ecparam', '-name', 'prime256v1', '-genkey', '-noout']

test('readCsr() gives the key of a request of buildCsr()', () => {
  const key = generatePrivateKey()

  expect(readCsr(buildCsr(key)).publicKey.equals(createPublicKey(key.keyObject))).toBe(true)
})

needs('openssl')('requests of openssl', () => {
  test('buildCsr() makes a request that it verifies', () => {
    const key = generatePrivateKey()

    const csr = buildCsr(key)

    const judged = openssl(['req', '-inform', 'DER', '-verify', '-noout', '-text'], csr)
    expect(judged.text).toContain('Certificate request self-signature verify OK')
    expect(judged.text).toContain('NIST CURVE: P-256')
    expect(readCsr(csr).publicKey.equals(createPublicKey(key.keyObject))).toBe(true)
  })

  test('readCsr() accepts a request of openssl with subject and extensions', () => {
    expect(() => readCsr(opensslCsr(p256, ['-addext', 'subjectAltName=DNS:evil.example']))).not.toThrow()
  })

  test.each([
    ['RSA', ['genpkey', '-algorithm', 'RSA'], /found a key of type RSA, expected an EC P-256 key/],
    [
      'P-384',
      ['ecparam', '-name', 'secp384r1', '-genkey', '-noout'],
      /found a key of type EC secp384r1, expected an EC P-256 key/,
    ],
    ['Ed25519', ['genpkey', '-algorithm', 'ED25519'], /found a key of type ED25519, expected an EC P-256 key/],
    ['explicit parameters', [...p256, '-param_enc', 'explicit'], /expected an EC P-256 key with an uncompressed point/],
  ])('readCsr() refuses %s', (_name, keyArgs, message) => {
    expect(() => readCsr(opensslCsr(keyArgs))).toThrow(message)
  })

  test('readCsr() refuses another signature algorithm', () => {
    expect(() => readCsr(opensslCsr(p256, ['-sha512']))).toThrow(
      /signature algorithm 1.2.840.10045.4.3.4, expected ecdsa-with-SHA256/,
    )
  })
})

test('readCsr() refuses a key whose holder did not sign', () => {
  const mine = buildCsr(generatePrivateKey())
  const theirs = buildCsr(generatePrivateKey())
  const point = (csr: Buffer): number => csr.indexOf(Buffer.from('03420004', 'hex')) + 4
  theirs.copy(mine, point(mine), point(theirs), point(theirs) + 64)

  expect(() => readCsr(mine)).toThrow('expected proof of possession of the key')
})

test('readCsr() refuses what is too large before reading it', () => {
  expect(() => readCsr(Buffer.alloc(CSR_BYTES_MAX + 1))).toThrow(`found 4097 octets, expected at most ${CSR_BYTES_MAX}`)
})

test('readCsr() answers any damage with one Failure', () => {
  const csr = buildCsr(generatePrivateKey())
  const damage = fc.tuple(fc.nat(csr.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(csr.length))
  fc.assert(
    fc.property(damage, ([at, bits, length]) => {
      const flipped = Buffer.from(csr)
      flipped[at]! ^= bits
      expect(() => readCsr(flipped)).toThrow(expect.objectContaining({ name: 'Failure', code: 'csr_invalid' }))
      if (length < csr.length) {
        expect(() => readCsr(csr.subarray(0, length))).toThrow(expect.objectContaining({ code: 'csr_invalid' }))
      }
    }),
    { numRuns: 300 },
  )
})

test('PrivateKey refuses other keys and never shows itself', () => {
  const key = generatePrivateKey()
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })

  expect(`${key} ${JSON.stringify({ key })}`).toBe('[redacted] {"key":"[redacted]"}')
  expect(createPrivateKey(key.revealPem()).equals(key.keyObject)).toBe(true)
  expect(() => new (key.constructor as new (key: unknown) => unknown)(privateKey)).toThrow(
    'Cannot use a RSA key: expected EC P-256',
  )
})
