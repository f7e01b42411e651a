import { setFlagsFromString } from 'node:v8'
import { Balancer, EndpointState } from '@weft/balancer'
import { fault } from '@weft/faults'
import { emptyBody, HeaderList, RequestHead } from '@weft/message'
import { RetryBudget } from '@weft/retry'
import { Exchange, type Upstream } from '@weft/stack'
import { fakeOrigin } from '@weft/stack/testing'
import { WheelTimer } from '@weft/time'
import { defaultTrafficPolicy } from '@weft/traffic'
import { expect, test } from 'vitest'

setFlagsFromString('--allow-natives-syntax')
const haveSameMap = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: object, b: object) => boolean

function exchange(method: string): Exchange {
  return new Exchange(new RequestHead(method, 'http', 'a', '/', new HeaderList(), 11), emptyBody, fakeOrigin(), 0.5)
}

test('Exchanges that took different ways have one hidden shape', () => {
  const upstream: Upstream = { workload: 'w', identity: 'i', address: 'a', port: 1, hbonePort: 2, external: null }
  const balancer = new Balancer<Upstream>(defaultTrafficPolicy, () => 0.5)
  const budget = new RetryBudget(defaultTrafficPolicy)
  const untouched = exchange('GET')
  const refused = exchange('POST')
  refused.stop(fault('denied', 'authz', 'no'))
  refused.end(null, true)
  const served = exchange('GET')
  served.backend = { service: 's', port: 80, policy: defaultTrafficPolicy, balancer, budget }
  served.endpoint = new EndpointState({ key: 'w', weight: 1, target: upstream }, 30)
  served.tried = [served.endpoint]
  served.attempt = 2
  served.deadlineMs = 17.25
  served.deadlineTimer = new WheelTimer(served)
  served.repliedAtMs = 1.5
  served.applicationMs = 0.25
  served.isInFlight = true
  served.end(new HeaderList(['grpc-status', '0']), false)

  expect(haveSameMap(exchange('PUT'), exchange('GET'))).toBe(true)
  expect(haveSameMap(untouched, refused)).toBe(true)
  expect(haveSameMap(untouched, served)).toBe(true)
})
