import type { AuthorizationPolicy } from '@weft/traffic'
import { bench, describe } from 'vitest'
import { Authorizer } from './authorizer.ts'
import { Source } from './source.ts'

/** 20 policies of which the last one admits; no policy at all is the baseline. */
describe('decide one request', () => {
  const workload = { namespace: 'shop', labels: {}, services: ['cart'], allowPlaintext: false }
  const policies = Array.from({ length: 20 }, (_, i): AuthorizationPolicy => ({
    name: `AuthorizationPolicy/shop/p${i}`,
    namespace: 'shop',
    action: i % 2 === 0 ? 'DENY' : 'ALLOW',
    selector: {},
    services: [],
    rules: [
      {
        from: [
          {
            identities: [`spiffe://cluster.local/ns/shop/sa/s${i}`],
            namespaces: [],
            notIdentities: [],
            notNamespaces: [],
            unauthenticated: false,
          },
        ],
        to: [{ ports: [], methods: ['GET'], paths: [{ type: 'prefix', value: '/items' }], headers: [] }],
      },
    ],
  }))
  const caller = new Source('spiffe://cluster.local/ns/shop/sa/s19')
  const request = { method: 'GET', path: '/items/7?x=1', headers: { getAll: () => [] } }
  const none = new Authorizer([], workload)
  const many = new Authorizer(policies, workload)

  bench('baseline: no policies', () => void none.decideRequest(caller, 80, request))
  bench('20 policies', () => void many.decideRequest(caller, 80, request))
})
