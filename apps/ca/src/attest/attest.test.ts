import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generatePrivateKey } from '@weft/mtls'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FailureLimit } from './failure-limit.ts'
import { checkHosts } from './hosts.ts'
import { Joining } from './joining.ts'
import { JoinTokens } from './join-tokens.ts'
import { TokenUses } from './token-uses.ts'

let dir: string
let clock: FakeClock
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weft-attest-'))
  clock = new FakeClock()
})
afterEach(() => rmSync(dir, { recursive: true }))

const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex')
const newKey = (): KeyObject => createPublicKey(generatePrivateKey().keyObject)
const entry = (token: string, change: object = {}): object => ({
  sha256: sha256(token),
  role: 'node/node1',
  expiresAtMs: clock.wallMs() + 1000,
  ...change,
})

function writeTokens(content: unknown): string {
  const path = join(dir, 'tokens.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function joining(limit: Partial<{ failuresMax: number }> = {}): Joining {
  const tokens = new JoinTokens(join(dir, 'tokens.json'), silentLogger)
  return new Joining(tokens, new TokenUses(join(dir, 'uses.json')), new FailureLimit(clock, limit), clock)
}

describe('join tokens file', () => {
  test.each([
    ['{', /found .*JSON.*, expected a JSON array/],
    ['{}', /found something else, expected a JSON array/],
    [[1], /entry 0: found something else, expected an object/],
    [
      [{ sha256: sha256('a'), role: 'policy', expiresAtMs: 1, uses: 2 }],
      /entry 0: found field "uses", expected only sha256, role, expiresAtMs/,
    ],
    [
      [{ sha256: 'AB', role: 'policy', expiresAtMs: 1 }],
      /entry 0 sha256: found something else, expected 64 lower-case hex digits/,
    ],
    [
      [{ sha256: sha256('a'), role: 'ca', expiresAtMs: 1 }],
      /entry 0 role: found "ca", expected node\/NAME, control-plane or policy/,
    ],
    [[{ sha256: sha256('a'), role: 'node/../x', expiresAtMs: 1 }], /entry 0 role: found "node\/..\/x"/],
    [[{ sha256: sha256('a'), role: 'policy' }], /entry 0 expiresAtMs: found undefined, expected milliseconds/],
    [
      [
        { sha256: sha256('a'), role: 'policy', expiresAtMs: 1 },
        { sha256: sha256('a'), role: 'policy', expiresAtMs: 1 },
      ],
      /found a token twice/,
    ],
  ])('%j is refused', (content, message) => {
    expect(() => new JoinTokens(writeTokens(content), silentLogger)).toThrow(message)
  })

  test('an absent file is refused by name', () => {
    expect(() => new JoinTokens(join(dir, 'none'), silentLogger)).toThrow(
      /none: found ENOENT, expected a readable file/,
    )
  })

  test('a changed file is read again; a wrong change leaves the former in force', () => {
    const tokens = new JoinTokens(writeTokens([entry('a')]), silentLogger)
    expect(tokens.find('a')?.role).toBe('node/node1')
    expect(tokens.find('b')).toBeNull()

    writeTokens([entry('a'), entry('b', { role: 'policy' })])
    expect(tokens.find('b')?.role).toBe('policy')
    writeTokens('nonsense')
    expect(tokens.find('b')?.role).toBe('policy')
  })
})

describe('joining', () => {
  test('gives the role once, and again only to the same key, over restarts', async () => {
    writeTokens([entry('a')])
    const key = newKey()

    expect((await joining().admit('a', '127.0.0.1:1', () => key)).role).toBe('node/node1')
    expect((await joining().admit('a', '127.0.0.1:1', () => key)).role).toBe('node/node1')
    await expect(joining().admit('a', '127.0.0.1:1', newKey)).rejects.toThrow(/token was used already by another key/)
  })

  test('refuses unknown, endless and expired tokens', async () => {
    writeTokens([entry('a'), entry('old', { expiresAtMs: clock.wallMs() })])

    await expect(joining().admit('b', '127.0.0.1:1', newKey)).rejects.toThrow('found a token that is not known')
    await expect(joining().admit('', '127.0.0.1:1', newKey)).rejects.toThrow('found a token that is not known')
    await expect(joining().admit('a'.repeat(1000), '127.0.0.1:1', newKey)).rejects.toThrow(
      'found a token that is not known',
    )
    await expect(joining().admit('old', '127.0.0.1:1', newKey)).rejects.toThrow(
      /the token expired at 20.*, expected a fresh one/,
    )
  })

  test('a wrong request does not spend the token', async () => {
    writeTokens([entry('a')])
    const wrong = (): never => {
      throw new Error('wrong')
    }

    await expect(joining().admit('a', '127.0.0.1:1', wrong)).rejects.toThrow('wrong')
    expect((await joining().admit('a', '127.0.0.1:1', newKey)).role).toBe('node/node1')
  })

  test('a use that cannot be recorded admits nobody', async () => {
    writeTokens([entry('a')])
    const tokens = new JoinTokens(join(dir, 'tokens.json'), silentLogger)
    const blocked = new Joining(tokens, new TokenUses(join(dir, 'none', 'uses.json')), new FailureLimit(clock), clock)

    await expect(blocked.admit('a', '127.0.0.1:1', newKey)).rejects.toThrow(
      expect.objectContaining({ code: 'state_write_failed', status: 'unavailable' }),
    )
  })

  test('too many failures from one address make it wait, others not', async () => {
    writeTokens([entry('a', { expiresAtMs: clock.wallMs() + 1e6 }), entry('b', { expiresAtMs: clock.wallMs() + 1e6 })])
    const limited = joining({ failuresMax: 2 })
    for (const token of ['x', 'y'])
      await expect(limited.admit(token, '198.18.0.9:1', newKey)).rejects.toThrow('not known')

    await expect(limited.admit('a', '198.18.0.9:2', newKey)).rejects.toThrow(
      'Cannot join from 198.18.0.9: too many failed attempts, wait 60 s',
    )
    expect((await limited.admit('a', '198.18.0.8:1', newKey)).role).toBe('node/node1')
    clock.advance(60_000)
    expect((await limited.admit('b', '198.18.0.9:3', newKey)).role).toBe('node/node1')
  })
})

test('uses are forgotten long after the token’s end, and a damaged file is refused', () => {
  const path = join(dir, 'uses.json')
  const uses = new TokenUses(path)
  const token = { sha256: sha256('a'), role: 'policy', expiresAtMs: clock.wallMs() } as const
  uses.record(token, newKey(), clock.wallMs())
  uses.record({ ...token, sha256: sha256('b') }, newKey(), clock.wallMs() + 91 * 24 * 3_600_000)

  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject([{ token: sha256('b') }])
  writeFileSync(path, '[{}]')
  expect(() => new TokenUses(path)).toThrow(`Cannot use ${path}: found other fields`)
})

test('FailureLimit holds a bounded number of addresses', () => {
  const limit = new FailureLimit(clock, { failuresMax: 1, addressesMax: 2 })
  for (const address of ['a', 'b', 'c']) limit.recordFailure(address)

  expect([limit.waitMs('a'), limit.waitMs('b'), limit.waitMs('c')]).toEqual([0, 60_000, 60_000])
})

test.each(['cp.example', 'localhost', 'a-b.c', 'xn--bcher-kva.example', '198.18.0.1', 'fd77::1', '::1'])(
  'host %s may be certified',
  (host) => {
    expect(() => checkHosts([host])).not.toThrow()
  },
)

test.each([
  '',
  'A.example',
  'a..b',
  '-a',
  'a_b',
  '*.example',
  'a b',
  '1.2.3',
  '256.1.1.1',
  '127.1',
  'fe80::1%eth0',
  '[::1]',
  'a'.repeat(64),
  'x.'.repeat(130) + 'x',
  'a\0b',
])('host %j may not', (host) => {
  expect(() => checkHosts([host])).toThrow(/expected a lower-case DNS name or an IP address/)
})

test('hosts are few and different', () => {
  expect(() => checkHosts(['a', 'a'])).toThrow('found a host twice')
  expect(() => checkHosts(Array.from({ length: 17 }, (_, i) => `h${i}`))).toThrow('found 17 hosts, expected at most 16')
})
