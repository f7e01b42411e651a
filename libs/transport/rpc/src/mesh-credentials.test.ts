import { createPublicKey } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '@weft/faults'
import { systemClock } from '@weft/host'
import { buildSvidLeaf, generatePrivateKey, readCsr, type Svid } from '@weft/mtls'
import { FakeSvidSource, TestAuthority } from '@weft/mtls/testing'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fileAttestation } from './attestation.ts'
import { meshServerCredentials } from './credentials.ts'
import { requirePeerIdentity } from './incoming-call.ts'
import { MeshCredentials } from './mesh-credentials.ts'
import { serve, startRpcServer } from './server.ts'
import { certificatesService } from './services.ts'

const POLICY = 'spiffe://cluster.local/weft/policy'
const HOUR_MS = 3_600_000
const authority = new TestAuthority()

let dir: string
const endings: Array<() => void> = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weft-credentials-'))
})
afterEach(() => {
  for (const end of endings.splice(0).toReversed()) end()
  rmSync(dir, { recursive: true })
})

/** Real time now, moved by hand from there. */
class ShiftedClock extends FakeClock {
  readonly #startMs = systemClock.wallMs()

  override wallMs(): number {
    return this.#startMs + this.nowMs()
  }
}

/** A CA that gives everybody POLICY, and records what it was asked. `refusal` is thrown while it is set. */
class FakeCa {
  readonly joins: Array<{ token: string; hosts: string[]; key: string }> = []
  readonly renewals: string[] = []
  refusal: Failure | null = null
  identity = POLICY
  address = ''

  async start(): Promise<void> {
    const source = new FakeSvidSource(authority.issue('spiffe://cluster.local/weft/ca'))
    const server = await startRpcServer({
      listen: '127.0.0.1:0',
      credentials: meshServerCredentials(source, { clientCertificate: 'optional' }),
      services: [
        serve(certificatesService, {
          join: async ({ token, hosts, csr }) => {
            this.joins.push({
              token,
              hosts,
              key: readCsr(csr).publicKey.export({ type: 'spki', format: 'der' }).toString('hex'),
            })
            return this.#reply(csr)
          },
          renew: async ({ csr }, call) => {
            this.renewals.push(requirePeerIdentity(call))
            return this.#reply(csr)
          },
          issue: async () => ({}),
        }),
      ],
    })
    endings.push(() => server.stop())
    this.address = server.address
  }

  #reply(csr: Uint8Array): { chain: string; roots: string } {
    if (this.refusal !== null) throw this.refusal
    const nowMs = systemClock.wallMs()
    const issuer = authority.issuer
    const spec = {
      identity: this.identity,
      hosts: [],
      publicKey: readCsr(csr).publicKey,
      notBeforeMs: nowMs - 1000,
      notAfterMs: nowMs + 24 * HOUR_MS,
    }
    return { chain: buildSvidLeaf(spec, issuer) + authority.intermediatePem, roots: authority.rootPem }
  }
}

interface Part {
  readonly ca: FakeCa
  readonly clock: ShiftedClock
  readonly credentials: MeshCredentials
}

async function part(ca?: FakeCa, { renewsByToken = false } = {}): Promise<Part> {
  const fake = ca ?? new FakeCa()
  if (ca === undefined) await fake.start()
  const clock = new ShiftedClock()
  writeFileSync(join(dir, 'roots.pem'), authority.rootPem)
  const files = fileAttestation({ trustRootsFile: join(dir, 'roots.pem'), joinTokenFile: join(dir, 'token') })
  const credentials = new MeshCredentials({
    stateDir: join(dir, 'policy'),
    trustDomain: 'cluster.local',
    role: 'policy',
    hosts: ['127.0.0.1'],
    caAddress: fake.address,
    attestation: {
      ...files,
      // As over a network: time passes.
      roots: () => new Promise((resolve) => setImmediate(resolve)).then(() => files.roots()),
      renewsByToken,
    },
    clock,
    random: () => 0.5,
    log: silentLogger,
  })
  endings.push(() => credentials.stop())
  return { ca: fake, clock, credentials }
}

const stored = (): { key: string; chain: string } =>
  JSON.parse(readFileSync(join(dir, 'policy', 'credentials.json'), 'utf8'))
const nextSvid = (credentials: MeshCredentials): Promise<Svid> =>
  new Promise((resolve) => void credentials.onChange(resolve))

test('joins once with the token and keeps the result privately', async () => {
  const { ca, credentials } = await part()
  writeFileSync(join(dir, 'token'), 'secret\n')

  await credentials.start()

  expect(credentials.current().identity).toBe(POLICY)
  expect(ca.joins).toMatchObject([{ token: 'secret', hosts: ['127.0.0.1'] }])
  expect(statSync(join(dir, 'policy', 'credentials.json')).mode & 0o777).toBe(0o600)
  expect(statSync(join(dir, 'policy')).mode & 0o777).toBe(0o700)

  rmSync(join(dir, 'token'))
  const again = await part(ca)
  await again.credentials.start()
  expect(again.credentials.current().chainPem).toBe(credentials.current().chainPem)
  expect(ca.joins, 'a restart does not join again').toHaveLength(1)
})

test('a join that fails is repeated with the same key, so the token still counts', async () => {
  const { ca, credentials } = await part()
  writeFileSync(join(dir, 'token'), 'secret')
  ca.refusal = new Failure('permission_denied', 'Cannot join: not today')
  await expect(credentials.start()).rejects.toThrow('Cannot join: not today')

  ca.refusal = null
  await (await part(ca)).credentials.start()

  expect(ca.joins[1]!.key).toBe(ca.joins[0]!.key)
})

test('renews at half-life with a new key, over its own certificate, and tells', async () => {
  const { ca, clock, credentials } = await part()
  writeFileSync(join(dir, 'token'), 'secret')
  await credentials.start()
  const first = credentials.current()
  const changed = nextSvid(credentials)

  clock.advance(11.9 * HOUR_MS)
  expect(ca.renewals).toEqual([])
  clock.advance(0.2 * HOUR_MS)
  const second = await changed

  expect(ca.renewals).toEqual([POLICY])
  expect(credentials.current()).toBe(second)
  expect(createPublicKey(second.key.keyObject).equals(createPublicKey(first.key.keyObject))).toBe(false)
  expect(stored().chain).toBe(second.chainPem)
})

test('a renewal that fails is tried again and the old certificate stays', async () => {
  const { ca, clock, credentials } = await part()
  writeFileSync(join(dir, 'token'), 'secret')
  await credentials.start()
  const first = credentials.current()
  ca.refusal = new Failure('unavailable', 'not now')
  clock.advance(12.1 * HOUR_MS)
  while (ca.renewals.length === 0) await new Promise((resolve) => setImmediate(resolve))
  expect(credentials.current()).toBe(first)

  ca.refusal = null
  const changed = nextSvid(credentials)
  // The failure becomes known a few turns after the CA has answered; the retry is on the clock from then on.
  const pushing = setInterval(() => clock.advance(1_000), 1)
  const second = await changed
  clearInterval(pushing)

  expect(second.chainPem).not.toBe(first.chainPem)
})

test('a renewed certificate that cannot be stored is used all the same', async () => {
  const { ca, clock, credentials } = await part()
  writeFileSync(join(dir, 'token'), 'secret')
  await credentials.start()
  rmSync(join(dir, 'policy'), { recursive: true })
  const changed = nextSvid(credentials)

  clock.advance(12.1 * HOUR_MS)

  expect(await changed).toBe(credentials.current())
  expect(ca.renewals).toHaveLength(1)
})

test('start() says what is missing or wrong', async () => {
  const { ca, credentials } = await part()

  await expect(credentials.start()).rejects.toThrow(
    /Cannot read the join token from .*token: ENOENT, expected a readable file/,
  )
  writeFileSync(join(dir, 'token'), '\n')
  await expect(credentials.start()).rejects.toThrow('found nothing in it, expected the join token')
  writeFileSync(join(dir, 'token'), 'secret')
  ca.identity = 'spiffe://cluster.local/weft/control-plane'
  await expect(credentials.start()).rejects.toThrow(`found identity ${ca.identity}, expected ${POLICY}`)
  expect(() => credentials.current()).toThrow('the part has not joined yet')
})

test.each([
  ['{', 'it is not JSON'],
  ['{"key":""}', 'it has other fields than chain, key, roots'],
  ['{"key":"k","chain":"","roots":""}', 'its parts do not fit together'],
])('start() refuses a credentials file of %s', async (content, message) => {
  const { ca, credentials } = await part()
  writeFileSync(join(dir, 'token'), 'secret')
  await credentials.start()
  const path = join(dir, 'policy', 'credentials.json')
  writeFileSync(path, content)

  const { credentials: next } = await part(ca)

  await expect(next.start()).rejects.toThrow(`Cannot use the credentials in ${path}: ${message}`)
  expect(readFileSync(path, 'utf8'), 'nothing is touched').toBe(content)
})

test('the CA must prove itself', async () => {
  const { credentials } = await part()
  writeFileSync(join(dir, 'token'), 'secret')
  writeFileSync(join(dir, 'roots.pem'), new TestAuthority().rootPem)

  await expect(credentials.start()).rejects.toThrow(/: unable to get local issuer certificate$/)
})

describe('with a token that is always fresh', () => {
  const fresh = { renewsByToken: true }

  test('renews by joining again, with the token and the roots of that moment', async () => {
    const { ca, clock, credentials } = await part(undefined, fresh)
    writeFileSync(join(dir, 'token'), 'first')
    await credentials.start()
    writeFileSync(join(dir, 'token'), 'second')
    const changed = nextSvid(credentials)

    const pushing = setInterval(() => clock.advance(0.2 * HOUR_MS), 1)
    const second = await changed
    clearInterval(pushing)

    expect(ca.joins.map(({ token }) => token).slice(0, 2)).toEqual(['first', 'second'])
    expect(ca.renewals).toEqual([])
    expect(credentials.current()).toBe(second)
  })

  test.each([
    ['damaged', () => writeFileSync(join(dir, 'policy', 'credentials.json'), '{')],
    ['gone', () => rmSync(join(dir, 'policy'), { recursive: true })],
  ])('joins anew when what is stored is %s', async (_, harm) => {
    const { ca, credentials } = await part(undefined, fresh)
    writeFileSync(join(dir, 'token'), 'token')
    await credentials.start()
    harm()

    await (await part(ca, fresh)).credentials.start()

    expect(ca.joins).toHaveLength(2)
  })

  test('joins anew when what is stored is of another identity or of roots that the mesh no longer has', async () => {
    const { ca, credentials } = await part(undefined, fresh)
    writeFileSync(join(dir, 'token'), 'token')
    await credentials.start()
    const path = join(dir, 'policy', 'credentials.json')
    const key = generatePrivateKey()
    const foreign = (identity: string, from: TestAuthority): void => {
      const nowMs = systemClock.wallMs()
      const validity = { notBeforeMs: nowMs - 1000, notAfterMs: nowMs + 24 * HOUR_MS }
      const spec = { identity, hosts: [], publicKey: createPublicKey(key.keyObject), ...validity }
      const chain = buildSvidLeaf(spec, from.issuer) + from.intermediatePem
      writeFileSync(path, JSON.stringify({ key: key.revealPem(), chain, roots: from.rootPem }))
    }

    foreign('spiffe://cluster.local/weft/node/node2', authority)
    await (await part(ca, fresh)).credentials.start()
    expect(ca.joins, 'the pod came to another node').toHaveLength(2)
    foreign(POLICY, new TestAuthority())
    await (await part(ca, fresh)).credentials.start()
    expect(ca.joins, 'the mesh was installed anew').toHaveLength(3)
    await (await part(ca, fresh)).credentials.start()
    expect(ca.joins, 'and what is good is used').toHaveLength(3)
  })

  test('waits for roots to be published, and bears a refusal', async () => {
    const { ca, credentials } = await part(undefined, fresh)
    writeFileSync(join(dir, 'token'), 'token')
    rmSync(join(dir, 'roots.pem'))
    ca.refusal = new Failure('permission_denied', 'Cannot join: not known yet')
    const started = credentials.start()

    setTimeout(() => writeFileSync(join(dir, 'roots.pem'), authority.rootPem), 5)
    while (ca.joins.length === 0) await new Promise((resolve) => setImmediate(resolve))
    ca.refusal = null
    await started

    expect(credentials.current().identity).toBe(POLICY)
  })

  test('a place that cannot be written to is no obstacle', async () => {
    const { credentials } = await part(undefined, fresh)
    writeFileSync(join(dir, 'token'), 'token')
    mkdirSync(join(dir, 'policy', 'credentials.json', 'x'), { recursive: true })

    await credentials.start()

    expect(credentials.current().identity).toBe(POLICY)
  })
})
