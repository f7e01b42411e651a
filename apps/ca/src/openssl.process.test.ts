import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildCsr, generatePrivateKey, makeSvid, type SvidSource } from '@weft/mtls'
import { FakeSvidSource, openssl } from '@weft/mtls/testing'
import { certificatesService, meshClientCredentials, rpcClient, type ClientTrust, type RpcClient } from '@weft/rpc'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunningCa } from './testing/running-ca.ts'

const dir = mkdtempSync(join(tmpdir(), 'weft-ca-openssl-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function dial(ca: RunningCa, trust: SvidSource | ClientTrust): RpcClient<typeof certificatesService> {
  return rpcClient(certificatesService, ca.address, meshClientCredentials(trust, ['spiffe://cluster.local/weft/ca']))
}

needs('openssl')('openssl as the judge of a running CA', () => {
  let ca: RunningCa
  let client: RpcClient<typeof certificatesService>
  let chain: string

  beforeAll(async () => {
    ca = await RunningCa.prepare(dir)
    ca.writeTokens([
      { token: 'node1', role: 'node/node1' },
      { token: 'fresh', role: 'policy' },
    ])
    expect(await ca.start(), JSON.stringify(ca.log)).toBe('ready')
    const trust = { rootsPem: ca.rootsPem }
    client = dial(ca, trust)
    ;({ chain } = await client.join({ token: 'node1', csr: buildCsr(generatePrivateKey()) }))
  })
  afterAll(async () => {
    client.close()
    await ca.stop('SIGKILL')
  })

  const certificates = (): string[] => chain.split(/(?<=END CERTIFICATE-----\n)/).filter((block) => block.trim() !== '')

  test('verifies the chain from roots.pem alone, for servers and clients', () => {
    const [leaf, issuing, ...more] = certificates()
    writeFileSync(ca.path('leaf.pem'), leaf!)
    writeFileSync(ca.path('issuing.pem'), issuing!)
    const roots = join(ca.stateDir, 'roots.pem')

    expect(more, 'the root is not in the chain').toEqual([])
    for (const purpose of ['sslserver', 'sslclient']) {
      const args = [
        'verify',
        '-x509_strict',
        '-purpose',
        purpose,
        '-CAfile',
        roots,
        '-untrusted',
        ca.path('issuing.pem'),
      ]
      expect(openssl([...args, ca.path('leaf.pem')]).text).toMatch(/leaf.pem: OK/)
    }
    expect(openssl(['verify', '-CAfile', roots, ca.path('leaf.pem')]).ok, 'not without the issuing authority').toBe(
      false,
    )
  })

  test('reads leaf, issuing authority and root as intended', () => {
    const [leaf, issuing] = certificates().map((pem) => openssl(['x509', '-noout', '-text'], pem).text)
    const root = openssl(['x509', '-noout', '-text'], ca.rootsPem).text

    expect(leaf).toMatch(/Subject Alternative Name: critical\s+URI:spiffe:\/\/cluster.local\/weft\/node\/node1\n/)
    expect(leaf).toMatch(/CA:FALSE/)
    expect(leaf).toMatch(/ASN1 OID: prime256v1/)
    expect(issuing).toMatch(/CA:TRUE, pathlen:0/)
    expect(issuing).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign\n/)
    expect(root).toMatch(/CA:TRUE, pathlen:1/)
    const [from, until] = ['startdate', 'enddate'].map((date) => {
      const { text } = openssl(['x509', '-noout', `-${date}`], ca.rootsPem)
      return Date.parse(text.trim().split('=')[1]!)
    })
    expect((until! - from!) / (24 * 3_600_000)).toBeCloseTo(3650, 0)
  })

  test('s_client sees TLS 1.3 and a server that verifies', () => {
    const roots = join(ca.stateDir, 'roots.pem')
    const base = ['s_client', '-connect', ca.address, '-CAfile', roots, '-alpn', 'h2']

    const { text } = openssl([...base, '-verify_return_error'], 'Q\n')

    expect(text).toContain('Verify return code: 0 (ok)')
    expect(text).toContain('TLSv1.3')
    expect(text).toContain('ALPN protocol: h2')
    expect(openssl([...base, '-tls1_2'], 'Q\n').text).toMatch(/protocol version|no protocols available/)
  })

  test.each([
    ['RSA', ['genpkey', '-algorithm', 'RSA'], /found a key of type RSA, expected an EC P-256 key/],
    ['P-384', ['ecparam', '-name', 'secp384r1', '-genkey', '-noout'], /found a key of type EC secp384r1, expected/],
  ])('a request with a key on %s is refused with one clear error', async (name, keyArgs, message) => {
    const [key, csr] = [ca.path(`${name}.key`), ca.path(`${name}.csr`)]
    openssl([...keyArgs, '-out', key])
    openssl(['req', '-new', '-key', key, '-subj', '/CN=x', '-outform', 'DER', '-out', csr])

    await expect(client.join({ token: 'fresh', csr: readFileSync(csr) })).rejects.toMatchObject({
      code: 'csr_invalid',
      message: expect.stringMatching(message),
    })
  })

  test('a request that was changed after signing is refused', async () => {
    const csr = buildCsr(generatePrivateKey())
    const other = buildCsr(generatePrivateKey())
    const pointAt = (der: Buffer): number => der.indexOf(Buffer.from('03420004', 'hex')) + 4
    other.copy(csr, pointAt(csr), pointAt(other), pointAt(other) + 64)

    await expect(client.join({ token: 'fresh', csr })).rejects.toThrow('expected proof of possession of the key')
  })
})

needs('root', 'program:mount')('a CA whose disk is full', () => {
  const room = join(dir, 'small')
  let ca: RunningCa

  beforeAll(async () => {
    ca = await RunningCa.prepare(room)
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', ca.mountPoint()]).status).toBe(0)
    ca.writeTokens([
      { token: 'node1', role: 'node/node1' },
      { token: 'node2', role: 'node/node2' },
    ])
    expect(await ca.start(), JSON.stringify(ca.log)).toBe('ready')
  })
  afterAll(async () => {
    await ca.stop('SIGKILL')
    spawnSync('umount', [ca.mountPoint()])
  })

  test('says so, admits nobody whose token it cannot record, loses nothing, and recovers', async () => {
    const trust = { rootsPem: ca.rootsPem }
    const client = dial(ca, trust)
    const csr2 = buildCsr(generatePrivateKey())
    const key = generatePrivateKey()
    const joined = await client.join({ token: 'node1', csr: buildCsr(key) })
    const node = new FakeSvidSource(makeSvid({ key, chainPem: joined.chain, rootsPem: joined.roots }))
    const root = readFileSync(join(ca.stateDir, 'root.json'), 'utf8')
    expect(() => writeFileSync(join(ca.stateDir, 'filler'), Buffer.alloc(128 * 1024))).toThrow('ENOSPC')

    await expect(client.join({ token: 'node2', csr: csr2 })).rejects.toMatchObject({
      code: 'state_write_failed',
      status: 'unavailable',
      message: expect.stringMatching(/cannot be recorded \(Cannot write .*used-tokens.json: ENOSPC.*\), try again/),
    })
    expect(await ca.metrics()).toMatch(/weft_ca_state_write_failures_total [1-9]/)
    const renewing = dial(ca, node)
    await expect(renewing.renew({ csr: csr2 }), 'renewals go on').resolves.toMatchObject({
      identity: 'spiffe://cluster.local/weft/node/node1',
    })
    renewing.close()
    rmSync(join(ca.stateDir, 'filler'))

    await expect(client.join({ token: 'node2', csr: csr2 }), 'the token is still good').resolves.toMatchObject({
      identity: 'spiffe://cluster.local/weft/node/node2',
    })
    await expect(client.join({ token: 'node1', csr: csr2 })).rejects.toMatchObject({ code: 'token_used' })
    expect(readFileSync(join(ca.stateDir, 'root.json'), 'utf8')).toBe(root)
    client.close()
  })
})
