import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAuthority, generatePrivateKey, readCertificate } from '@weft/mtls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readAuthority, writeAuthority, type StoredAuthority } from './authority-file.ts'
import { readKeyEncryptionKey } from './key-encryption-key.ts'

const SECRET = 'a secret of more than thirty-two characters'
let dir: string
let path: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weft-authority-'))
  path = join(dir, 'root.json')
})
afterEach(() => rmSync(dir, { recursive: true }))

function authority(): StoredAuthority {
  const key = generatePrivateKey()
  const pem = buildAuthority({ commonName: 'r', key, pathLength: 1, notBeforeMs: 0, notAfterMs: 1e12 }, null)
  return { trustDomain: 'td', pem, key, certificate: readCertificate(pem) }
}

test('an authority reads back as written, private and encrypted', () => {
  const written = authority()

  writeAuthority(path, written, SECRET)
  const read = readAuthority(path, SECRET)!

  expect(read.pem).toBe(written.pem)
  expect(read.key.keyObject.equals(written.key.keyObject)).toBe(true)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const der = written.key.keyObject.export({ type: 'pkcs8', format: 'der' })
  expect(readFileSync(path, 'utf8')).not.toContain(der.toString('base64').slice(60, 100))
  expect(readAuthority(join(dir, 'none.json'), SECRET)).toBeNull()
})

test('another secret does not open it, and nothing is touched', () => {
  writeAuthority(path, authority(), SECRET)
  const before = readFileSync(path)

  expect(() => readAuthority(path, SECRET + '.')).toThrow(
    `Cannot decrypt the key in ${path}: found a key-encryption key that does not open it, expected the one that it was encrypted with`,
  )
  expect(readFileSync(path)).toEqual(before)
})

test('a key moved beside another certificate does not open', () => {
  writeAuthority(path, authority(), SECRET)
  const mine = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({ ...mine, certificate: authority().pem }))

  expect(() => readAuthority(path, SECRET)).toThrow('Cannot decrypt')
})

test.each([
  ['{', /found something else than JSON/],
  ['null', /found other fields/],
  ['{"trustDomain":"td","certificate":"","key":{}}', /found other fields, expected trustDomain, certificate and key/],
])('a file of %s is refused', (content, message) => {
  writeFileSync(path, content)

  expect(() => readAuthority(path, SECRET)).toThrow(message)
})

test('a cost that would take the memory of the machine is refused', () => {
  writeAuthority(path, authority(), SECRET)
  const content = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({ ...content, key: { ...content.key, cost: 2 ** 40 } }))

  expect(() => readAuthority(path, SECRET)).toThrow('found other fields')
})

test('readKeyEncryptionKey() refuses short and absent secrets without quoting them', () => {
  writeFileSync(path, 'hunter2\n')

  expect(() => readKeyEncryptionKey(path)).toThrow(`in ${path}: found 7 characters, expected 32 or more`)
  expect(() => readKeyEncryptionKey(join(dir, 'none'))).toThrow('ENOENT')
  writeFileSync(path, `${SECRET}\n`)
  expect(readKeyEncryptionKey(path)).toBe(SECRET)
})
