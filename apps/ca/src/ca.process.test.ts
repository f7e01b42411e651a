import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, systemRandom } from '@weft/host'
import type { MeshRole } from '@weft/identity'
import {
  buildCsr,
  generatePrivateKey,
  makeSvid,
  readCertificates,
  verifySvid,
  type Svid,
  type SvidSource,
} from '@weft/mtls'
import { FakeSvidSource, TestAuthority } from '@weft/mtls/testing'
import {
  certificatesService,
  fileAttestation,
  meshClientCredentials,
  MeshCredentials,
  rpcClient,
  type ClientTrust,
  type RpcClient,
} from '@weft/rpc'
import { silentLogger } from '@weft/telemetry'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FakeControlPlane } from './testing/fake-control-plane.ts'
import { RunningCa } from './testing/running-ca.ts'

const CA = 'spiffe://cluster.local/weft/ca'
const NODE1 = 'spiffe://cluster.local/weft/node/node1'
const WEB = 'spiffe://cluster.local/ns/default/sa/web'
const DAY_MS = 24 * 3_600_000

const base = mkdtempSync(join(tmpdir(), 'weft-ca-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

const clients: Array<{ close(): void }> = []
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

function dial(
  ca: RunningCa,
  trust: SvidSource | ClientTrust = { rootsPem: ca.rootsPem },
): RpcClient<typeof certificatesService> {
  const client = rpcClient(certificatesService, ca.address, meshClientCredentials(trust, [CA]))
  clients.push(client)
  return client
}

async function join1(ca: RunningCa, token: string): Promise<Svid> {
  const key = generatePrivateKey()
  const reply = await dial(ca).join({ token, csr: buildCsr(key) })
  return makeSvid({ key, chainPem: reply.chain, rootsPem: reply.roots })
}

const snapshotOf = (dir: string): Record<string, string> =>
  Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]))

describe('a running CA', () => {
  let ca: RunningCa
  const controlPlane = new FakeControlPlane()
  let node: FakeSvidSource
  let policy: FakeSvidSource

  beforeAll(async () => {
    ca = await RunningCa.prepare(join(base, 'running'))
    ca.writeTokens([
      { token: 'node1', role: 'node/node1' },
      { token: 'policy', role: 'policy' },
      { token: 'control-plane', role: 'control-plane' },
      { token: 'fresh', role: 'node/node2' },
      { token: 'old', role: 'node/node3', expiresAtMs: 1_000_000 },
    ])
    expect(await ca.start(), JSON.stringify(ca.log)).toBe('ready')
    node = new FakeSvidSource(await join1(ca, 'node1'))
    policy = new FakeSvidSource(await join1(ca, 'policy'))
    await controlPlane.start(ca.controlPlaneAddress, new FakeSvidSource(await join1(ca, 'control-plane')))
    controlPlane.registered.add(`node1 ${WEB}`)
  })
  afterAll(async () => {
    controlPlane.stop()
    await ca.stop('SIGKILL')
  })

  test('a token becomes a certificate of its role', () => {
    expect(node.current().identity).toBe(NODE1)
    expect(policy.current().identity).toBe('spiffe://cluster.local/weft/policy')
    expect(verifySvid(node.current().chainPem, ca.rootsPem, systemClock.wallMs())).toBe(NODE1)
    const lifetimeMs = node.current().notAfterMs - systemClock.wallMs()
    expect(lifetimeMs).toBeGreaterThan(DAY_MS - 60_000)
    expect(lifetimeMs).toBeLessThanOrEqual(DAY_MS)
  })

  test.each([
    ['unknown', 'wrong', /found a token that is not known, expected one made for this mesh/],
    ['used', 'node1', /the token was used already by another key, expected a fresh one/],
    ['expired', 'old', /the token expired at 1970-01-01T00:16:40.000Z, expected a fresh one/],
  ])('a token that is %s is refused', async (code, token, message) => {
    await expect(join1(ca, token)).rejects.toMatchObject({
      code: `token_${code}`,
      status: 'permission_denied',
      message: expect.stringMatching(message),
    })
  })

  test.each([
    ['garbage', Buffer.from('garbage'), /found 7 octets that are something else, expected PKCS #10/],
    ['nothing', Buffer.alloc(0), /found 0 octets/],
    ['too much', Buffer.alloc(5000), /found 5000 octets, expected at most 4096/],
  ])('a request of %s is refused and the token stays good', async (_name, csr, message) => {
    await expect(dial(ca).join({ token: 'fresh', csr })).rejects.toMatchObject({
      code: 'csr_invalid',
      status: 'invalid_argument',
      message: expect.stringMatching(message),
    })
  })

  test('hosts of a part are certified, wrong ones refused', async () => {
    const csr = buildCsr(generatePrivateKey())

    await expect(dial(ca).join({ token: 'fresh', csr, hosts: ['*.example'] })).rejects.toMatchObject({
      code: 'hosts_invalid',
    })
    const { chain } = await dial(ca).join({ token: 'fresh', csr, hosts: ['198.18.0.2', 'node2.example'] })

    expect(readCertificates(chain)[0]).toMatchObject({
      dnsNames: ['node2.example'],
      uris: ['spiffe://cluster.local/weft/node/node2'],
    })
  })

  test('a certificate is renewed for the same identity and another key', async () => {
    const key = generatePrivateKey()

    const reply = await dial(ca, node).renew({ csr: buildCsr(key) })

    expect(makeSvid({ key, chainPem: reply.chain, rootsPem: reply.roots }).identity).toBe(NODE1)
    expect(reply).toMatchObject({ identity: NODE1, roots: ca.rootsPem })
  })

  test('renewing and issuing need a certificate of this CA', async () => {
    const csr = buildCsr(generatePrivateKey())
    const stranger = new FakeSvidSource({ ...new TestAuthority().issue(NODE1), rootsPem: ca.rootsPem })

    for (const trust of [{ rootsPem: ca.rootsPem }, stranger]) {
      await expect(dial(ca, trust).renew({ csr })).rejects.toMatchObject({
        status: 'unauthenticated',
        message: expect.stringMatching(/found no valid client certificate, expected an SVID/),
      })
      await expect(dial(ca, trust).issue({ csr, identity: WEB })).rejects.toMatchObject({ status: 'unauthenticated' })
    }
  })

  test('a node gets certificates of workloads registered on it, and of no others', async () => {
    const key = generatePrivateKey()
    const csr = buildCsr(key)

    const reply = await dial(ca, node).issue({ csr, identity: WEB })

    expect(makeSvid({ key, chainPem: reply.chain, rootsPem: reply.roots }).identity).toBe(WEB)
    expect([...controlPlane.askedBy], 'the CA asks as itself').toEqual([CA])
    await expect(dial(ca, node).issue({ csr, identity: WEB + '2' })).rejects.toMatchObject({
      code: 'not_registered',
      status: 'permission_denied',
      message: `Cannot issue ${WEB}2 to node node1: found no workload with that identity registered there, expected one`,
    })
  })

  test('a workload cannot renew or issue with its certificate, nor can another part issue', async () => {
    const key = generatePrivateKey()
    const csr = buildCsr(key)
    const reply = await dial(ca, node).issue({ csr, identity: WEB })
    const workload = new FakeSvidSource(makeSvid({ key, chainPem: reply.chain, rootsPem: reply.roots }))

    await expect(dial(ca, workload).renew({ csr })).rejects.toMatchObject({ code: 'identity_foreign' })
    await expect(dial(ca, workload).issue({ csr, identity: WEB })).rejects.toMatchObject({ code: 'identity_foreign' })
    await expect(dial(ca, policy).issue({ csr, identity: WEB })).rejects.toMatchObject({
      code: 'not_a_node',
      status: 'permission_denied',
    })
  })

  test.each([
    'spiffe://other.domain/ns/default/sa/web',
    'spiffe://cluster.local/weft/control-plane',
    'spiffe://cluster.local/ns/default/sa/web/more',
    '',
  ])('identity %j is issued to nobody', async (identity) => {
    const csr = buildCsr(generatePrivateKey())

    await expect(dial(ca, node).issue({ csr, identity })).rejects.toMatchObject({
      code: 'identity_invalid',
      message: `Cannot issue to node node1: found identity ${JSON.stringify(identity)}, expected spiffe://cluster.local/ns/NAMESPACE/sa/ACCOUNT`,
    })
  })

  test('without the control plane nothing is issued, and it says so', async () => {
    controlPlane.stop()
    const csr = buildCsr(generatePrivateKey())

    await expect(dial(ca, node).issue({ csr, identity: WEB })).rejects.toMatchObject({
      code: 'control_plane_unavailable',
      status: 'unavailable',
      message: expect.stringMatching(/the control plane at .* does not say whether it is registered/),
    })
    await expect(dial(ca, node).renew({ csr }), 'parts still renew').resolves.toMatchObject({ identity: NODE1 })
  })

  test('every certificate is in the audit log, every refusal in the metrics, no secret in either', async () => {
    const audit = readFileSync(join(ca.stateDir, 'issued.jsonl'), 'utf8')
    const lines = audit
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>)
    const metrics = await ca.metrics()

    expect(lines.map(({ method }) => method)).toEqual(expect.arrayContaining(['self', 'Join', 'Renew', 'Issue']))
    expect(lines.find(({ method }) => method === 'Issue')).toMatchObject({
      identity: WEB,
      node: 'node1',
      serial: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(metrics).toMatch(/weft_ca_certificates_issued_total\{method="Issue"\} 2/)
    expect(metrics).toMatch(/weft_ca_requests_refused_total\{method="Join",reason="token_used"\} 1/)
    expect(metrics).toMatch(/weft_ca_requests_refused_total\{method="Issue",reason="control_plane_unavailable"\} 1/)
    const expiry = Number(/weft_ca_authority_expiry_seconds\{authority="issuing"\} (\d+)/.exec(metrics)![1])
    expect(expiry).toBeGreaterThan(364 * 86_400)
    expect(JSON.stringify(ca.log)).not.toMatch(/PRIVATE|"fresh"|0123456789abcdef0123/)
  })

  test('after too many wrong tokens an address has to wait', async () => {
    const client = dial(ca)
    const csr = buildCsr(generatePrivateKey())
    let code = ''
    for (let i = 0; i < 30 && code !== 'rate_limited'; i++) {
      await client.join({ token: `guess ${i}`, csr }).catch((error: { code: string }) => (code = error.code))
    }

    expect(code).toBe('rate_limited')
    await expect(dial(ca, node).renew({ csr }), 'those who have certificates go on').resolves.toMatchObject({
      identity: NODE1,
    })
  })
})

describe('starting and ending', () => {
  let ca: RunningCa
  let round = 0
  beforeEach(async () => {
    ca = await RunningCa.prepare(join(base, `start-${round++}`))
  })
  afterEach(async () => {
    await ca.stop('SIGKILL')
  })

  test('roots, certificates and used tokens persist over a kill', async () => {
    ca.writeTokens([{ token: 'node1', role: 'node/node1' }])
    expect(await ca.start(), JSON.stringify(ca.log)).toBe('ready')
    const node = new FakeSvidSource(await join1(ca, 'node1'))
    const roots = ca.rootsPem
    await ca.stop('SIGKILL')

    expect(await ca.start()).toBe('ready')

    expect(ca.rootsPem).toBe(roots)
    await expect(dial(ca, node).renew({ csr: buildCsr(generatePrivateKey()) })).resolves.toMatchObject({
      identity: NODE1,
    })
    await expect(join1(ca, 'node1')).rejects.toMatchObject({ code: 'token_used' })
    for (const name of readdirSync(ca.stateDir)) {
      expect(statSync(join(ca.stateDir, name)).mode & 0o777, name).toBe(name === 'roots.pem' ? 0o644 : 0o600)
    }
    expect(await ca.stop(), 'SIGTERM').toBe(0)
  })

  test('MeshCredentials join and renew with it', async () => {
    ca.writeTokens([{ token: 'policy', role: 'policy' }])
    expect(await ca.start({ 'svid-lifetime': '10s' })).toBe('ready')
    writeFileSync(ca.path('token'), 'policy')
    const part = {
      role: 'policy' as MeshRole,
      hosts: ['127.0.0.1'],
      trustDomain: 'cluster.local',
      stateDir: ca.path('policy'),
    }
    await using credentials = new MeshCredentials({
      ...part,
      caAddress: ca.address,
      attestation: fileAttestation({
        trustRootsFile: join(ca.stateDir, 'roots.pem'),
        joinTokenFile: ca.path('token'),
      }),
      clock: systemClock,
      random: systemRandom,
      log: silentLogger,
    })

    await credentials.start()
    const first = credentials.current()
    const second = await new Promise<Svid>((resolve) => void credentials.onChange(resolve))

    expect(second.identity).toBe('spiffe://cluster.local/weft/policy')
    expect(second.notAfterMs).toBeGreaterThan(first.notAfterMs)
  })

  test('another key-encryption key ends the start with one error and touches nothing', async () => {
    expect(await ca.start()).toBe('ready')
    await ca.stop()
    const before = snapshotOf(ca.stateDir)
    writeFileSync(ca.path('kek'), 'x'.repeat(64))

    expect(await ca.start()).toBe(1)

    const errors = ca.log.filter(({ level }) => level === 'error')
    expect(errors).toMatchObject([{ message: 'cannot start', code: 'key_sealed' }])
    expect(errors[0]!.error).toMatch(
      /Cannot decrypt the key in .*root.json: found a key-encryption key that does not open it, expected the one/,
    )
    expect(snapshotOf(ca.stateDir)).toEqual(before)
  })

  test.each([
    // 2: starting again would not help, which the launcher of agents and kubelet's messages go by.
    [{ listen: 'nowhere' }, 2, /--listen: found "nowhere", expected an address host:port/],
    [{ 'trust-domain': 'Not A Domain' }, 2, /--trust-domain: found "Not A Domain", expected lower-case/],
    [{ 'svid-lifetime': '1s' }, 2, /--svid-lifetime: found 1000 ms, expected 10s to 720h/],
    [{ 'join-tokens-file': '/nowhere' }, 1, /Cannot use the join tokens in \/nowhere: found ENOENT/],
    [{ 'key-encryption-key-file': '/dev/null' }, 1, /found 0 characters, expected 32 or more/],
    [{ 'state-dri': 'x' }, 2, /"--state-dri=x": not a flag of this program \(did you mean --state-dir\?\)/],
  ])('flags %j end the start with %d and one error', async (flags, code, message) => {
    expect(await ca.start(flags)).toBe(code)

    const errors = ca.log.filter(({ level }) => level === 'error')
    expect(errors).toHaveLength(1)
    expect(errors[0]!.error).toMatch(message)
  })

  test('a taken port is named', async () => {
    expect(await ca.start()).toBe('ready')
    const second = await RunningCa.prepare(ca.path('second'))

    expect(await second.start({ listen: ca.address })).toBe(1)
    expect(second.log.find(({ level }) => level === 'error')?.error).toContain(
      `Cannot listen on ${ca.address}: EADDRINUSE`,
    )
    expect(await second.start({ 'metrics-listen': ca.metricsAddress })).toBe(1)
    expect(second.log.find(({ level }) => level === 'error')?.error).toContain(
      `Cannot listen on ${ca.metricsAddress} for metrics`,
    )
  })

  test('tokens added while it runs count', async () => {
    expect(await ca.start()).toBe('ready')
    ca.writeTokens([{ token: 'late', role: 'node/node9' }])

    expect((await join1(ca, 'late')).identity).toBe('spiffe://cluster.local/weft/node/node9')
  })
})
