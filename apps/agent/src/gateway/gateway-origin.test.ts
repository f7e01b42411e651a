import { HeaderList, RequestHead } from '@weft/message'
import { seededRandom } from '@weft/time/testing'
import type { GatewayPort } from '@weft/traffic'
import { beforeEach, expect, test } from 'vitest'
import { SnapshotStore } from '../snapshot/snapshot-store.ts'
import type { ResourceUpsert } from '../worker/messages.ts'
import { GatewayOrigin } from './gateway-origin.ts'

const NAME = '127.0.0.1:80'
const caller = { identity: '', workload: '', security: 'plaintext', sourceAddress: '', netnsPath: '' } as const
let store: SnapshotStore
let revision: number

/** Listeners by host name, each with the hosts that have a route. */
function port(listeners: Readonly<Record<string, readonly string[]>>): ResourceUpsert {
  const value: GatewayPort = {
    name: NAME,
    host: '127.0.0.1',
    port: 80,
    kind: 'http',
    listeners: Object.entries(listeners).map(([hostname, hosts]) => ({
      name: `Gateway/default/edge/${hostname}`,
      hostname,
      tls: null,
      isHttp: true,
      hosts: hosts.map((host) => ({
        hostname: host,
        route: { service: `${hostname}|${host}`, port: 80, clientNamespace: '', rules: [], relay: null },
      })),
      relays: [],
    })),
  }
  return { kind: 'GatewayPort', name: NAME, value }
}

function apply(upserts: ResourceUpsert[], removals: string[] = []): void {
  revision++
  store.apply({ type: 'resources', revision, policyRevision: revision, upserts, removals })
}

/** The listener and host whose rules a request for that host is given to. */
function led(origin: GatewayOrigin, authority: string): string {
  const found = origin.destination(new RequestHead('GET', 'http', authority, '/', new HeaderList([]), 11))
  return 'code' in found ? found.code : found.route!.route.service
}

beforeEach(() => {
  store = new SnapshotStore('cluster.local', seededRandom(1))
  revision = 0
})

test('GatewayOrigin leads each request of a connection by its own host, listener first', () => {
  apply([port({ '': ['shop.example.com', ''], '*.example.com': [''] })])
  const origin = new GatewayOrigin(store, caller, { remote: '198.18.0.7:40000' }, NAME, '')

  expect(led(origin, 'web.example.com')).toBe('*.example.com|')
  expect(led(origin, 'web.example.com')).toBe('*.example.com|')
  expect(led(origin, 'other.test:80')).toBe('|')
  expect(led(origin, 'shop.example.com'), 'the host belongs to the more specific listener').toBe('*.example.com|')
})

test('GatewayOrigin keeps to the listener that TLS was made for', () => {
  apply([port({ 'a.test': ['a.test'], 'b.test': ['b.test'] })])
  const origin = new GatewayOrigin(store, caller, { remote: '198.18.0.7:40000' }, NAME, 'a.test')

  expect(led(origin, 'a.test')).toBe('a.test|a.test')
  expect(led(origin, 'b.test')).toBe('no_route')
})

test('GatewayOrigin follows the configuration, and serves on by what a closed port had last', () => {
  apply([port({ '': ['a.test'] })])
  const origin = new GatewayOrigin(store, caller, { remote: '198.18.0.7:40000' }, NAME, '')
  expect([led(origin, 'a.test'), led(origin, 'b.test')]).toEqual(['|a.test', 'no_route'])

  apply([port({ '': ['b.test'] })])
  expect([led(origin, 'a.test'), led(origin, 'b.test')]).toEqual(['no_route', '|b.test'])

  apply([], [`GatewayPort/${NAME}`])
  expect(led(origin, 'b.test')).toBe('|b.test')
})

test.each([
  ['198.18.0.7:40000', '198.18.0.7'],
  ['::1:40000', '::1'],
])('the client at %s has address %s, whatever its port', (remote, address) => {
  expect(new GatewayOrigin(store, caller, { remote }, NAME, '').clientAddress()).toBe(address)
})
