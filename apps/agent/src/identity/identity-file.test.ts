import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestAuthority } from '@weft/mtls/testing'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { IdentityFile } from './identity-file.ts'
import type { IssuedIdentity } from './workload-identities.ts'

const WEB = 'spiffe://cluster.local/ns/default/sa/web'
const CART = 'spiffe://cluster.local/ns/default/sa/cart'
const HOUR_MS = 3_600_000
let directory: string
let clock: FakeClock
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'weft-identities-'))
  clock = new FakeClock(false)
})
afterEach(() => rmSync(directory, { recursive: true }))

const path = (): string => join(directory, 'identities.json')
const open = (): IdentityFile => new IdentityFile(path(), clock, silentLogger)

function issue(identity: string): IssuedIdentity {
  const { key, chainPem, rootsPem, notBeforeMs, notAfterMs } = new TestAuthority(clock.wallMs()).issue(identity)
  return { chainPem, keyPem: key.revealPem(), rootsPem, notBeforeMs, notAfterMs }
}

test('what was kept is found by the next life, in a file for its owner alone', () => {
  const web = issue(WEB)
  open().keep(WEB, web)

  expect(open().find(WEB)).toEqual(web)
  expect(open().find(CART)).toBeNull()
  expect(statSync(path()).mode & 0o777).toBe(0o600)
})

test('a certificate past its end is not found, and leaves the file with the next writing', () => {
  const file = open()
  file.keep(WEB, issue(WEB))
  clock.advance(HOUR_MS)
  expect(file.find(WEB)).toBeNull()

  file.keep(CART, issue(CART))
  expect(readFileSync(path(), 'utf8')).not.toContain(WEB)
})

test('forget() takes the key from the disk', () => {
  const file = open()
  file.keep(WEB, issue(WEB))
  file.forget(WEB)

  expect(open().find(WEB)).toBeNull()
  expect(readFileSync(path(), 'utf8')).not.toContain('PRIVATE KEY')
})

test('a damaged file, another identity’s certificate and a full disk cost nothing but the CA’s answer', () => {
  open().keep(WEB, issue(WEB))
  writeFileSync(path(), readFileSync(path(), 'utf8').replace(WEB, CART))
  expect(open().find(CART)).toBeNull()
  writeFileSync(path(), '{')
  expect(open().find(WEB)).toBeNull()

  const nowhere = new IdentityFile(join(directory, 'absent', 'identities.json'), clock, silentLogger)
  nowhere.keep(WEB, issue(WEB))
  expect(nowhere.find(WEB)).not.toBeNull()
})
