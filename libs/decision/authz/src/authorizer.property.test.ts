import type { AuthorizationPolicy, StringMatch } from '@weft/traffic'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Authorizer, type GovernedWorkload } from './authorizer.ts'
import { Source } from './source.ts'
import { isAllowed, spiffeId, type Call } from './testing/index.ts'

const namespace = fc.constantFrom('shop', 'bank', 'ban')
const account = fc.constantFrom('web', 'cart', 'webshop')
const identity = fc.record({ namespace, account })
const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 2 })

const identityPattern = fc.oneof(
  identity.map(spiffeId),
  fc.constantFrom('*', 'spiffe://cluster.local/ns/ban*', 'spiffe://cluster.local/ns/shop/sa/web*', 'spiffe://other/*'),
)
const namespacePattern = fc.oneof(namespace, fc.constantFrom('*', 'ba*', 'x*'))

const source = fc.record({
  identities: few(identityPattern),
  namespaces: few(namespacePattern),
  notIdentities: few(identityPattern),
  notNamespaces: few(namespacePattern),
  unauthenticated: fc.boolean(),
})

const path = fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', '/A', '/a/b/c')
const pathMatch: fc.Arbitrary<StringMatch> = fc.oneof(
  fc.record({ type: fc.constantFrom('exact' as const, 'prefix' as const), value: path }),
  fc.record({ type: fc.constant('regex' as const), value: fc.constantFrom('/a.*', '/[ab]', '.*/b') }),
)
const header = fc.record({
  name: fc.constantFrom('x-a', 'x-b'),
  value: fc.record({ type: fc.constantFrom('exact' as const, 'prefix' as const), value: fc.constantFrom('1', '12') }),
})

const operation = fc.record({
  ports: few(fc.constantFrom(80, 443)),
  methods: few(fc.constantFrom('GET', 'POST')),
  paths: few(pathMatch),
  headers: few(header),
})

const policy: fc.Arbitrary<AuthorizationPolicy> = fc.record({
  name: fc.constantFrom('AuthorizationPolicy/shop/one', 'AuthorizationPolicy/shop/two'),
  namespace: fc.constantFrom('shop', 'shop', 'shop', 'bank'),
  action: fc.constantFrom('ALLOW' as const, 'DENY' as const),
  selector: fc.constantFrom({}, {}, { app: 'cart' }, { app: 'web' }),
  services: fc.constantFrom([], [], ['cart'], ['web', 'cart']),
  rules: fc.array(fc.record({ from: few(source), to: few(operation) }), { maxLength: 2 }),
})

const call: fc.Arbitrary<Call> = fc.record({
  identity: fc.option(identity),
  port: fc.constantFrom(80, 443, 8080),
  request: fc.option(
    fc.record({
      method: fc.constantFrom('GET', 'POST', 'get'),
      path,
      headers: few(fc.tuple(fc.constantFrom('x-a', 'x-b'), fc.constantFrom('1', '12', '2'))),
    }),
  ),
})

const workloads = fc.boolean().map((allowPlaintext): GovernedWorkload => ({
  namespace: 'shop',
  labels: { app: 'cart' },
  services: ['cart'],
  allowPlaintext,
}))

function viewOf(request: NonNullable<Call['request']>) {
  const getAll = (name: string): string[] =>
    request.headers.filter(([field]) => field === name).map(([, value]) => value)
  return { method: request.method, path: request.path, headers: { getAll } }
}

describe('Authorizer', () => {
  test('decides as the plain reading of the policies does, for requests and for connections that are not HTTP', () => {
    fc.assert(
      fc.property(
        fc.array(policy, { maxLength: 4 }),
        workloads,
        fc.array(call, { minLength: 1, maxLength: 10 }),
        (policies, workload, calls) => {
          const authorizer = new Authorizer(policies, workload)
          for (const one of calls) {
            const caller = new Source(one.identity === null ? null : spiffeId(one.identity))
            const decision =
              one.request === null
                ? authorizer.decideTcp(caller, one.port)
                : authorizer.decideRequest(caller, one.port, viewOf(one.request))
            expect([one, decision.verdict]).toEqual([one, isAllowed(policies, workload, one) ? 'allow' : 'deny'])
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('what it says at the connection holds for every request on it', () => {
    fc.assert(
      fc.property(
        fc.array(policy, { maxLength: 4 }),
        workloads,
        fc.array(call, { minLength: 1, maxLength: 10 }),
        (policies, workload, calls) => {
          const authorizer = new Authorizer(policies, workload)
          for (const { identity: caller, port, request } of calls) {
            const from = new Source(caller === null ? null : spiffeId(caller))
            const { verdict } = authorizer.decideConnection(from, port)
            if (verdict === 'needs-request') continue
            if (request !== null) expect(authorizer.decideRequest(from, port, viewOf(request)).verdict).toBe(verdict)
            expect(authorizer.decideTcp(from, port).verdict).toBe(verdict)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('a policy more never turns a refusal by DENY into a pass', () => {
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 3 }), policy, workloads, call, (policies, more, workload, one) => {
        fc.pre(one.request !== null)
        const caller = new Source(one.identity === null ? null : spiffeId(one.identity))
        const before = new Authorizer(policies, workload).decideRequest(caller, one.port, viewOf(one.request!))
        fc.pre(before.rule.includes('#') && before.verdict === 'deny')

        const after = new Authorizer([...policies, more], workload).decideRequest(
          caller,
          one.port,
          viewOf(one.request!),
        )

        expect(after.verdict).toBe('deny')
      }),
    )
  })
})
