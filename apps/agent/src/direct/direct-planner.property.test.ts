import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Source } from '@weft/authz'
import { formatWorkloadIdentity } from '@weft/identity'
import { seededRandom } from '@weft/time/testing'
import type { AppProtocol } from '@weft/topology'
import type { AuthorizationPolicy } from '@weft/traffic'
import { SnapshotStore } from '../snapshot/snapshot-store.ts'
import type { ResourceUpsert } from '../worker/messages.ts'
import { OneNode, TRUST_DOMAIN } from './testing/one-node.ts'

const names = ['a', 'b', 'c'] as const
const identity = fc.constantFrom(
  ...names.map((name) => `spiffe://cluster.local/ns/shop/sa/${name}`),
  'spiffe://cluster.local/ns/shop/*',
  '*',
)
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(value, { maxLength: 2 })
const source = fc.record({
  identities: some(identity),
  namespaces: some(fc.constantFrom('shop', 'bank')),
  notIdentities: some(identity),
  notNamespaces: some(fc.constantFrom('bank', 'shop')),
  unauthenticated: fc.boolean(),
})
const operation = fc.record({
  ports: some(fc.constantFrom(6379, 8080)),
  methods: some(fc.constantFrom('GET', 'POST')),
  paths: some(fc.constant({ type: 'prefix' as const, value: '/x' })),
  headers: fc.constant([]),
})
const policies: fc.Arbitrary<AuthorizationPolicy[]> = fc
  .array(
    fc.record({
      namespace: fc.constantFrom('shop', 'bank'),
      action: fc.constantFrom('ALLOW' as const, 'DENY' as const),
      selector: fc.constantFrom<Record<string, string>[]>({}, { app: 'b' }, { app: 'z' }),
      services: fc.constantFrom<string[][]>([], ['b'], ['z']),
      rules: fc.array(fc.record({ from: some(source), to: some(operation) }), { maxLength: 3 }),
    }),
    { maxLength: 4 },
  )
  .map((list) => list.map((one, i) => ({ ...one, name: `AuthorizationPolicy/${one.namespace}/p${i}` })))
const protocol = fc.constantFrom<AppProtocol[]>('tcp', 'tls', 'detect', 'http')

/** What the inbound side of an agent with the same configuration says. */
function inboundOf(node: OneNode): SnapshotStore {
  const upserts: ResourceUpsert[] = [
    ...[...node.workloads].map(([name, value]) => ({ kind: 'Workload' as const, name, value })),
    ...[...node.services].map(([name, value]) => ({ kind: 'Service' as const, name, value })),
    ...node.policies.map((value) => ({ kind: 'AuthorizationPolicy' as const, name: value.name, value })),
  ]
  const store = new SnapshotStore(TRUST_DOMAIN, seededRandom(1))
  store.apply({ type: 'resources', revision: 1, policyRevision: 1, upserts, removals: [] })
  return store
}

test('what the kernel is told to allow or refuse, the inbound side allows or refuses; and open connections as well', () => {
  fc.assert(
    fc.property(policies, protocol, protocol, fc.boolean(), (list, own, ofService, allowPlaintext) => {
      const node = new OneNode()
      const cgroups = names.map((name) => {
        return node.add(name, [{ port: 6379, protocol: own, name: '' }], { allowPlaintext })
      })
      node.addService('b', { ports: [{ port: 80, targetPort: 6379, name: '', protocol: ofService }] })
      node.policies = list
      const plan = node.planner.plan(node.inputs())
      const snapshot = inboundOf(node).current
      for (const callee of plan.callees) {
        const workload = snapshot.workloadAt(callee.address)!
        const authorizer = snapshot.authorizer(workload, callee.port)
        names.forEach((serviceAccount, i) => {
          const caller = new Source(
            formatWorkloadIdentity({ trustDomain: TRUST_DOMAIN, namespace: 'shop', serviceAccount }),
          )
          const octets = authorizer.decideTcp(caller, callee.port).verdict
          const any = authorizer.decideConnection(caller, callee.port).verdict
          const verdict = callee.verdicts.get(cgroups[i]!)
          if (verdict === 'allow') expect([octets, any]).toEqual(['allow', 'allow'])
          if (verdict === 'refuse') expect([octets, any]).toEqual(['deny', 'deny'])
          if (verdict === undefined) expect(any).toBe('needs-request')
          expect(node.planner.mayContinue(cgroups[i]!, callee)).toBe(octets === 'allow')
        })
        expect(snapshot.protocolOf(workload, callee.port), 'never one that is HTTP').not.toBe('http')
      }
    }),
    { numRuns: 500 },
  )
})
