import { describeError } from '@weft/faults'
import { describe, expect, test } from 'vitest'
import { compileTrafficPolicy } from './compile/traffic-policy.ts'
import { parseResources } from './parse.ts'
import type { TrafficPolicyResource } from './resource.ts'

function parsePolicy(spec: string): TrafficPolicyResource {
  const indented = spec.trim().replaceAll(/^/gm, '  ')
  const text = `apiVersion: weft.dev/v1alpha1
kind: TrafficPolicy
metadata: { name: cart }
spec:
  targetRefs: [{ kind: Service, name: cart }]
${indented}
`
  return parseResources(text, 'f.yaml')[0] as TrafficPolicyResource
}

function refusal(spec: string): string {
  try {
    parsePolicy(spec)
    return 'accepted'
  } catch (error) {
    return describeError(error)
  }
}

test('a traffic policy that sets everything is compiled as written', () => {
  const policy = parsePolicy(`
loadBalancer:
  type: Maglev
  ewmaDefaultRtt: 5ms
  hashKeys:
    - { type: Header, name: X-User }
    - { type: Cookie, name: affinity, path: /cart, ttl: 1h }
    - { type: QueryParameter, name: user }
    - { type: SourceAddress }
  zones: { mode: Off, spillOverPercent: 150 }
  overprovisioningPercent: 200
  subset: { type: Deterministic, size: 12 }
connectionLimits:
  connections: 50
  pending: 7
  requests: 300
  streamsPerConnection: 64
  requestsPerConnection: 1000
  maxAge: 10m
  warm: 3
outlierDetection:
  consecutiveFailures: 9
  consecutiveGatewayFailures: 4
  consecutiveConnectFailures: 2
  interval: 5s
  successRate: { requests: 20, endpoints: 3, standardDeviations: 2.5 }
  latency: { factor: 4.5 }
  ejectBase: 2s
  ejectMax: 5m
  ejectPercentMax: 30
  probes: 2
  retryAfterMax: 10s
  panicPercent: 40
`)

  expect(compileTrafficPolicy({ namespace: 'default', name: 'cart' }, [policy])).toMatchObject({
    balancer: 'Maglev',
    ewmaDefaultRttMs: 5,
    hashKeys: [
      { type: 'header', name: 'x-user' },
      { type: 'cookie', name: 'affinity', path: '/cart', ttlMs: 3_600_000 },
      { type: 'query', name: 'user' },
      { type: 'source' },
    ],
    zone: { mode: 'off', spillOverRatio: 1.5 },
    overprovisioning: 2,
    subset: { type: 'deterministic', size: 12 },
    connectionsMax: 50,
    pendingMax: 7,
    requestsMax: 300,
    streamsMax: 64,
    requestsPerConnectionMax: 1000,
    connectionAgeMaxMs: 600_000,
    warmConnections: 3,
    outlier: {
      consecutiveFailures: 9,
      consecutiveGatewayFailures: 4,
      consecutiveConnectFailures: 2,
      intervalMs: 5_000,
      successRateRequestsMin: 20,
      successRateEndpointsMin: 3,
      successRateStdevs: 2.5,
      latencyFactor: 4.5,
      ejectBaseMs: 2_000,
      ejectMaxMs: 300_000,
      ejectRatioMax: 0.3,
      probes: 2,
      retryAfterMaxMs: 10_000,
      panicRatio: 0.4,
    },
  })
})

test('slow start and choices are compiled with what is absent filled in', () => {
  const policy = parsePolicy('loadBalancer: { type: LeastRequest, choices: 4, slowStart: { window: 30s } }')

  expect(compileTrafficPolicy({ namespace: 'default', name: 'cart' }, [policy])).toMatchObject({
    choices: 4,
    slowStart: { windowMs: 30_000, aggression: 1, minWeight: 0.1 },
  })
})

describe('a traffic policy is refused', () => {
  test.each([
    [
      'loadBalancer: { hashKeys: [{ type: SourceAddress }] }',
      /hashKeys: found beside type PeakEwma, expected .* Maglev/,
    ],
    ['loadBalancer: { type: RoundRobin, choices: 3 }', /choices: found beside type RoundRobin/],
    ['loadBalancer: { type: Maglev, slowStart: { window: 3s } }', /slowStart: found beside type Maglev/],
    [
      'loadBalancer: { type: Random, ewmaDecay: 3s }',
      /ewmaDecay: found beside type Random, expected it only with PeakEwma/,
    ],
    ['loadBalancer: { type: RingHash, hashKeys: [{ type: Header }] }', /hashKeys\[0\]\.name: missing, .* the header/],
    [
      'loadBalancer: { type: RingHash, hashKeys: [{ type: SourceAddress, name: x }] }',
      /name: found "x", expected none/,
    ],
    ['loadBalancer: { type: RingHash, hashKeys: [{ type: Header, name: a, ttl: 1s }] }', /ttl: .* only for a Cookie/],
    [
      'loadBalancer: { type: RingHash, hashKeys: [{ type: Cookie, name: "a b" }] }',
      /name: found "a b", expected letters/,
    ],
    [
      'loadBalancer: { type: RingHash, hashKeys: [{ type: Cookie, name: a, path: b }] }',
      /path: found "b", expected a path/,
    ],
    ['loadBalancer: { type: RingHash, hashKeys: [{ type: cookie, name: a }] }', /did you mean Cookie\?/],
    ['loadBalancer: { type: RingHash, hashKeys: [] }', /hashKeys: found 0 items|hashKeys: .*expected at least 1/],
    ['loadBalancer: { zones: { mode: prefer } }', /mode: found "prefer" \(did you mean Prefer\?\)/],
    [
      'loadBalancer: { zones: { spillOverPercent: 50 } }',
      /spillOverPercent: found 50, expected a whole number from 100/,
    ],
    ['loadBalancer: { choices: 0 }', /choices: found 0/],
    ['loadBalancer: { subset: { size: 3 } }', /subset\.type: missing/],
    ['loadBalancer: { slowStart: { window: 30s, aggression: 0 } }', /aggression: found 0, expected a number from 0\.1/],
    ['loadBalancer: { slowStart: { aggression: 1 } }', /slowStart\.window: missing/],
    ['outlierDetection: { latency: {} }', /latency\.factor: missing/],
    ['outlierDetection: { probes: 0 }', /probes: found 0/],
    ['outlierDetection: { ejectBase: 2m }', /ejectBase: found "2m", expected at most ejectMax/],
    ['connectionLimits: { warm: 30, connections: 20 }', /warm: found 30, expected at most connections, 20/],
    ['connectionLimits: { requests: 0 }', /requests: found 0, expected a whole number from 1/],
    ['connectionLimits: { conections: 3 }', /conections.*did you mean connections\?/],
  ])('%s', (spec, message) => {
    expect(refusal(spec)).toMatch(message)
  })
})
