import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAuthority, generatePrivateKey, readCertificate } from '@weft/mtls'
import { expect, test } from 'vitest'
import { readKeyEncryptionKey } from './key-encryption-key.ts'
import { openAuthority, sealAuthority, type StoredAuthority } from './stored-authority.ts'

const SECRET = 'a secret of more than thirty-two characters'

function authority(): StoredAuthority {
  const key = generatePrivateKey()
  const pem = buildAuthority({ commonName: 'r', key, pathLength: 1, notBeforeMs: 0, notAfterMs: 1e12 }, null)
  return { trustDomain: 'td', pem, key, certificate: readCertificate(pem) }
}

test('an authority opens as it was sealed, and its key is encrypted', () => {
  const sealed = authority()

  const text = sealAuthority(sealed, SECRET)
  const opened = openAuthority('root.json', text, SECRET)

  expect(opened.pem).toBe(sealed.pem)
  expect(opened.trustDomain).toBe('td')
  expect(opened.key.keyObject.equals(sealed.key.keyObject)).toBe(true)
  const der = sealed.key.keyObject.export({ type: 'pkcs8', format: 'der' })
  expect(text).not.toContain(der.toString('base64').slice(60, 100))
})

test('another secret does not open it', () => {
  const text = sealAuthority(authority(), SECRET)

  expect(() => openAuthority('root.json', text, SECRET + '.')).toThrow(
    'Cannot decrypt the key in root.json: found a key-encryption key that does not open it, expected the one that it was encrypted with',
  )
})

test('a key moved beside another certificate does not open', () => {
  const mine = JSON.parse(sealAuthority(authority(), SECRET))
  const mixed = JSON.stringify({ ...mine, certificate: authority().pem })

  expect(() => openAuthority('root.json', mixed, SECRET)).toThrow('Cannot decrypt')
})

test.each([
  ['{', /found something else than JSON/],
  ['null', /found other fields/],
  ['{"trustDomain":"td","certificate":"","key":{}}', /found other fields, expected trustDomain, certificate and key/],
])('%s is refused', (text, message) => {
  expect(() => openAuthority('root.json', text, SECRET)).toThrow(message)
})

test('a cost that would take the memory of the machine is refused', () => {
  const content = JSON.parse(sealAuthority(authority(), SECRET))
  const costly = JSON.stringify({ ...content, key: { ...content.key, cost: 2 ** 40 } })

  expect(() => openAuthority('root.json', costly, SECRET)).toThrow('found other fields')
})

test('readKeyEncryptionKey() refuses short and absent secrets without quoting them', () => {
  const dir = mkdtempSync(join(tmpdir(), 'weft-kek-'))
  const path = join(dir, 'kek')
  writeFileSync(path, 'hunter2\n')

  expect(() => readKeyEncryptionKey(path)).toThrow(`in ${path}: found 7 characters, expected 32 or more`)
  expect(() => readKeyEncryptionKey(join(dir, 'none'))).toThrow('ENOENT')
  writeFileSync(path, `${SECRET}\n`)
  expect(readKeyEncryptionKey(path)).toBe(SECRET)
  rmSync(dir, { recursive: true })
})
