import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkTogether, parseProxyResources, SecretContents } from '@weft/resources'
import { afterAll, describe, expect, it } from 'vitest'
import type { Entry, Topology } from '../scenarios/scenario.ts'
import { writeTrust } from '../setup/trust.ts'
import { envoy } from './envoy.ts'
import { haproxy } from './haproxy.ts'
import { nginx } from './nginx.ts'
import type { Layout, Peer } from './peer.ts'
import { weft } from './weft.ts'

const scratch = mkdtempSync(join(tmpdir(), 'weft-bench-test-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const trust = writeTrust(join(scratch, 'trust'))
const ours = weft({ name: 'weft', tree: '.', revision: 'abc', flags: ['--x'] })
const peers: readonly Peer[] = [ours, envoy, nginx, haproxy]
const entries: readonly Entry[] = ['http1', 'http2', 'grpc', 'tcp', 'tcp-source']

const layoutOf = (topology: Topology, entry: Entry): Layout => ({
  topology,
  entry,
  entryPort: 22_000,
  innerPort: 22_001,
  adminPort: 22_002,
  innerAdminPort: 22_003,
  originPorts: [21_000, 21_001],
  http1OriginPorts: [21_010, 21_011],
  workers: 1,
  trust,
  directory: scratch,
})

describe.each(peers)('$name', (peer) => {
  it.each(entries)('listens for %s in one hop, and reaches both origins', (entry) => {
    const processes = peer.processes(layoutOf('hop', entry))
    expect(processes.map(({ port }) => port)).toEqual([22_000])
    const text = Object.values(processes[0]!.files).join()
    const origins = peer === nginx && entry === 'http2' ? ['21010', '21011'] : ['21000', '21001']
    for (const port of ['22000', ...origins]) expect(text).toContain(port)
    expect(text).not.toContain(trust.client.key)
  })

  it.each(entries)('is a pair with mutual TLS between for %s', (entry) => {
    const [server, client, ...more] = peer.processes(layoutOf('pair', entry))
    expect(more).toEqual([])
    expect([server!.port, client!.port]).toEqual([22_001, 22_000])
    const [atOrigin, atClient] = [server!, client!].map(({ files }) => Object.values(files).join())
    expect(atOrigin).toContain(peer === nginx && entry === 'http2' ? '21011' : '21001')
    expect(atOrigin).not.toContain('22000')
    expect(atClient).toContain('22001')
  })
})

const parse = (text: string): unknown =>
  parseProxyResources(text, 'edge.yaml', (found) => checkTogether(found, new SecretContents(found, () => '')))

describe('the file of weft proxy', () => {
  it.each(entries)('is valid for %s', (entry) => {
    for (const topology of ['hop', 'pair'] as const) {
      for (const { files } of ours.processes(layoutOf(topology, entry))) {
        for (const text of Object.values(files)) expect(() => parse(text)).not.toThrow()
      }
    }
  })
})

it('gives Envoy a client that may come in, and no other', () => {
  const [server] = envoy.processes(layoutOf('pair', 'http1'))
  expect(Object.values(server!.files)[0]).toContain('spiffe://bench.test/ns/bench/sa/client')
})
