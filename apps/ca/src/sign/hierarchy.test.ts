import { createPublicKey } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generatePrivateKey, verifySvid } from '@weft/mtls'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FileAuthorityStore } from '../keys/file-authority-store.ts'
import { AuditLog } from './audit-log.ts'
import { Hierarchy } from './hierarchy.ts'
import { Issuer } from './issuer.ts'
import { OwnSvid } from './own-svid.ts'

const SECRET = 'a secret of more than thirty-two characters'
const DAY_MS = 24 * 3_600_000
const WEB = 'spiffe://td/ns/default/sa/web'

let dir: string
let clock: FakeClock
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'weft-hierarchy-')), 'ca')
  clock = new FakeClock()
})
afterEach(() => rmSync(join(dir, '..'), { recursive: true }))

const open = ({ secret = SECRET, trustDomain = 'td' } = {}): Promise<Hierarchy> =>
  Hierarchy.open({ store: new FileAuthorityStore(dir, secret), trustDomain, clock, log: silentLogger })

const snapshot = (): Record<string, string> =>
  Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]))

function issuerOf(hierarchy: Hierarchy, lifetimeMs = DAY_MS): Issuer {
  return new Issuer(hierarchy, new AuditLog(join(dir, 'issued.jsonl'), silentLogger, () => {}), lifetimeMs, clock)
}

test('the first start makes root, issuing authority and roots.pem; the next finds them', async () => {
  const first = await open()
  const files = snapshot()
  const second = await open()

  expect(Object.keys(files).toSorted()).toEqual(['issuing.json', 'root.json', 'roots.pem'])
  expect(statSync(dir).mode & 0o777).toBe(0o700)
  expect(files['roots.pem']).toBe(first.root.pem)
  expect(second.root.pem).toBe(first.root.pem)
  expect(second.issuing.pem).toBe(first.issuing.pem)
  expect(snapshot(), 'a start that finds everything writes nothing').toEqual(files)
  expect(first.root.certificate).toMatchObject({
    isCa: true,
    pathLength: 1,
    notAfterMs: clock.wallMs() + 3650 * DAY_MS,
  })
  expect(first.issuing.certificate).toMatchObject({
    isCa: true,
    pathLength: 0,
    notAfterMs: clock.wallMs() + 365 * DAY_MS,
  })
})

test('wrong key, wrong trust domain, missing root and an expired root stop the start and touch nothing', async () => {
  await open()
  const files = snapshot()

  await expect(open({ secret: 'x'.repeat(40) })).rejects.toThrow('expected the one that it was encrypted with')
  await expect(open({ trustDomain: 'other' })).rejects.toThrow('Cannot serve trust domain other: found trust domain td')
  clock.advance(3651 * DAY_MS)
  await expect(open()).rejects.toThrow('expected a valid one')
  expect(snapshot()).toEqual(files)
  rmSync(join(dir, 'root.json'))
  await expect(open()).rejects.toThrow('without root.json, expected both or neither')
})

test('the issuing authority is replaced 60 days before its end, under the same root', async () => {
  const hierarchy = await open()
  const before = hierarchy.issuing.pem
  clock.advance(304 * DAY_MS)
  await hierarchy.renewIssuingWhenDue()
  expect(hierarchy.issuing.pem).toBe(before)

  clock.advance(2 * DAY_MS)
  await hierarchy.renewIssuingWhenDue()

  expect(hierarchy.issuing.pem).not.toBe(before)
  expect((await open()).issuing.pem, 'and kept').toBe(hierarchy.issuing.pem)
  const publicKey = createPublicKey(generatePrivateKey().keyObject)
  const { chainPem, rootsPem } = issuerOf(hierarchy).issue({
    method: 'Issue',
    identity: WEB,
    publicKey,
    hosts: [],
    node: 'n',
  })
  expect(verifySvid(chainPem, rootsPem, clock.wallMs())).toBe(WEB)
})

test('a certificate never outlives the issuing authority and is back-dated by at most a minute', async () => {
  const hierarchy = await open()
  const publicKey = createPublicKey(generatePrivateKey().keyObject)
  const order = { method: 'Issue', identity: WEB, publicKey, hosts: [], node: 'node1' } as const

  expect(issuerOf(hierarchy, 400 * DAY_MS).issue(order).notAfterMs).toBe(hierarchy.issuing.certificate.notAfterMs)
  expect(issuerOf(hierarchy).issue(order).notAfterMs).toBe(clock.wallMs() + DAY_MS)
  const lines = readFileSync(join(dir, 'issued.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatchObject({
    method: 'Issue',
    identity: WEB,
    node: 'node1',
    serial: expect.stringMatching(/^[0-9a-f]{32}$/),
    notAfter: new Date(clock.wallMs() + DAY_MS).toISOString(),
  })
})

test('the CA renews its own certificate at half-life', async () => {
  const hierarchy = await open()
  await using own = new OwnSvid(issuerOf(hierarchy, 60_000), hierarchy, clock, silentLogger)
  const first = own.current()
  const seen: string[] = []
  own.onChange((svid) => void seen.push(svid.identity))
  await own.start()

  clock.advance(20_000)
  expect(own.current()).toBe(first)
  clock.advance(15_000)

  expect(own.current()).not.toBe(first)
  expect(seen).toEqual(['spiffe://td/weft/ca'])
})

test('the audit log keeps one former file and survives a place it cannot write to', async () => {
  await open()
  const entry = { time: 't', method: 'Join', identity: WEB, serial: '0', node: '', notAfter: 'n' } as const
  const path = join(dir, 'issued.jsonl')
  const small = new AuditLog(path, silentLogger, () => {}, 200)
  for (let i = 0; i < 5; i++) small.record({ ...entry, serial: String(i) })
  expect(readFileSync(path, 'utf8') + readFileSync(`${path}.1`, 'utf8')).toContain('"serial":"3"')
  expect(statSync(path).size).toBeLessThanOrEqual(200)

  let failures = 0
  new AuditLog(join(dir, 'none', 'x'), silentLogger, () => failures++).record(entry)
  expect(failures).toBe(1)
})
