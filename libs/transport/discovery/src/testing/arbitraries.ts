import fc from 'fast-check'
import type { Service, Workload } from '@weft/topology'
import type {
  AuthorizationPolicy,
  HeaderChange,
  NamedMatch,
  PathChange,
  RetryPolicy,
  Route,
  StringMatch,
  TrafficPolicy,
  WeightedBackend,
} from '@weft/traffic'

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/)
const text = fc.string({ minLength: 1, maxLength: 12 })
const port = fc.integer({ min: 1, max: 65535 })
const periodMs = fc.nat(600_000)
const labels = fc.dictionary(label, label, { maxKeys: 4, noNullPrototype: true })
const protocol = fc.constantFrom('detect', 'http', 'http2', 'grpc', 'tcp', 'tls')
const serviceKey = fc.tuple(label, label).map(([namespace, name]) => `${namespace}/${name}`)
const address4 = fc.ipV4()
const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { maxLength: 3 })

export const services: fc.Arbitrary<Service> = fc.record({
  namespace: label,
  name: label,
  address4: fc.oneof(fc.constant(''), address4),
  address6: fc.oneof(fc.constant(''), fc.ipV6()),
  sharedAddresses: list(fc.oneof(address4, fc.ipV6())),
  ports: list(
    fc.record({ port, targetPort: fc.oneof(port, fc.constant('http')), name: fc.string({ maxLength: 12 }), protocol }),
  ),
  selector: labels,
  isHeadless: fc.boolean(),
  publishNotReady: fc.boolean(),
  distribution: fc.constantFrom('any', 'zone', 'node', 'onlyNode'),
  isSticky: fc.boolean(),
  isMeshed: fc.boolean(),
  webhookPorts: list(port),
  endpoints: list(
    fc.record({
      address: fc.oneof(address4, fc.ipV6()),
      port,
      portName: fc.string({ maxLength: 12 }),
      state: fc.constantFrom('starting', 'ready', 'terminating', 'draining'),
      node: fc.string({ maxLength: 12 }),
      region: fc.string({ maxLength: 12 }),
      zone: fc.string({ maxLength: 12 }),
    }),
  ),
})

export const workloads: fc.Arbitrary<Workload> = fc.record({
  uid: text,
  namespace: label,
  name: label,
  serviceAccount: label,
  labels,
  node: label,
  address: fc.oneof(address4, fc.ipV6()),
  address6: fc.oneof(fc.constant(''), fc.ipV6()),
  hbonePort: fc.nat(65535),
  ports: list(fc.record({ port, protocol, name: fc.constantFrom('', 'http') })),
  networkMode: fc.constantFrom('own', 'shared', 'proxied'),
  cgroupPath: fc.string({ maxLength: 12 }),
  netnsPath: fc.string({ maxLength: 12 }),
  allowPlaintext: fc.boolean(),
  plaintextPorts: list(port),
  probes: list(
    fc.record({ type: fc.constantFrom('http', 'https', 'tcp', 'grpc'), port, path: fc.string({ maxLength: 12 }) }),
  ),
  owner: fc.string({ maxLength: 12 }),
  region: fc.string({ maxLength: 12 }),
  zone: fc.string({ maxLength: 12 }),
  publishPort: fc.nat(65535),
  state: fc.constantFrom('starting', 'ready', 'terminating', 'draining'),
})

const stringMatch: fc.Arbitrary<StringMatch> = fc.oneof(
  fc.record({ type: fc.constantFrom('exact', 'prefix'), value: fc.string({ maxLength: 12 }) }),
  fc.constant({ type: 'regex', value: '^/v[0-9]+' } as const),
)
const namedMatch: fc.Arbitrary<NamedMatch> = fc.record({ name: text, value: stringMatch })
const headers = list(fc.tuple(text, fc.string({ maxLength: 12 })))
const change: fc.Arbitrary<HeaderChange> = fc.record({ set: headers, add: headers, remove: list(text) })
const retry: fc.Arbitrary<RetryPolicy> = fc.record({
  attemptsMax: fc.integer({ min: 1, max: 100 }),
  statusCodes: list(fc.integer({ min: 100, max: 599 })),
  backoffBaseMs: periodMs,
  backoffMaxMs: periodMs,
})

const path: fc.Arbitrary<PathChange> = fc.record({
  type: fc.constantFrom('full', 'prefix'),
  value: fc.string({ maxLength: 12 }),
})
const backend: fc.Arbitrary<WeightedBackend> = fc.record({
  service: fc.oneof(fc.constant(''), serviceKey),
  port,
  weight: fc.nat(1000),
  requestHeaders: fc.option(change),
  replyHeaders: fc.option(change),
})

export const routes: fc.Arbitrary<Route> = fc.record({
  service: serviceKey,
  port: fc.nat(65535),
  clientNamespace: fc.oneof(fc.constant(''), label),
  relay: fc.option(fc.record({ name: text, backends: list(backend) })),
  rules: list(
    fc.record({
      name: text,
      matches: list(
        fc.record({
          path: fc.option(stringMatch),
          method: fc.constantFrom('', 'GET', 'POST'),
          headers: list(namedMatch),
          query: list(namedMatch),
        }),
      ),
      requestHeaders: fc.option(change),
      replyHeaders: fc.option(change),
      redirect: fc.option(
        fc.record({
          scheme: fc.constantFrom('', 'http', 'https'),
          hostname: fc.constantFrom('', 'example.org'),
          port: fc.nat(65535),
          path: fc.option(path),
          status: fc.constantFrom(301, 302, 303, 307, 308),
        }),
      ),
      rewrite: fc.option(fc.record({ hostname: fc.constantFrom('', 'example.org'), path: fc.option(path) })),
      mirrors: list(fc.record({ service: serviceKey, port, ratio: fc.constantFrom(0, 0.5, 1) })),
      backends: list(backend),
      requestTimeoutMs: periodMs,
      attemptTimeoutMs: periodMs,
      retry: fc.option(retry),
    }),
  ),
})

export const trafficPolicies: fc.Arbitrary<TrafficPolicy> = fc.record({
  name: text,
  service: serviceKey,
  balancer: fc.constantFrom('PeakEwma', 'LeastRequest', 'RoundRobin', 'Random', 'RingHash', 'Maglev'),
  ewmaDecayMs: periodMs,
  ewmaDefaultRttMs: periodMs,
  choices: fc.integer({ min: 1, max: 100 }),
  hashKeys: list(
    fc.oneof(
      fc.record({ type: fc.constantFrom('header' as const, 'query' as const), name: text }),
      fc.record({ type: fc.constant('source' as const) }),
      fc.record({
        type: fc.constant('cookie' as const),
        name: text,
        path: fc.constantFrom('', '/', '/cart'),
        ttlMs: periodMs,
      }),
    ),
  ),
  subset: fc.record({
    type: fc.constantFrom('none', 'deterministic', 'random'),
    size: fc.integer({ min: 1, max: 1000 }),
  }),
  zone: fc.record({ mode: fc.constantFrom('off', 'prefer'), spillOverRatio: fc.constantFrom(1, 1.5, 2) }),
  overprovisioning: fc.constantFrom(1, 1.4, 2),
  slowStart: fc.record({
    windowMs: periodMs,
    aggression: fc.constantFrom(0.5, 1, 2),
    minWeight: fc.constantFrom(0, 0.1, 1),
  }),
  connectTimeoutMs: periodMs,
  requestTimeoutMs: periodMs,
  idleTimeoutMs: periodMs,
  retry,
  retryBudgetRatio: fc.double({ min: 0, max: 1, noNaN: true }).map((ratio) => ratio || 0),
  retryBudgetPerSecond: fc.nat(100),
  retryBudgetWindowMs: periodMs,
  connectionsMax: fc.integer({ min: 1, max: 1000 }),
  pendingMax: fc.nat(1000),
  requestsMax: fc.nat(1000),
  streamsMax: fc.integer({ min: 1, max: 1000 }),
  requestsPerConnectionMax: fc.nat(1000),
  warmConnections: fc.nat(100),
  connectionAgeMaxMs: periodMs,
  outlier: fc.record({
    consecutiveFailures: fc.nat(100),
    consecutiveGatewayFailures: fc.nat(100),
    consecutiveConnectFailures: fc.nat(100),
    intervalMs: periodMs,
    successRateRequestsMin: fc.nat(1000),
    successRateEndpointsMin: fc.nat(100),
    successRateStdevs: fc.constantFrom(0, 1.9, 3),
    latencyFactor: fc.constantFrom(0, 2.5, 10),
    ejectBaseMs: periodMs,
    ejectMaxMs: periodMs,
    ejectRatioMax: fc.constantFrom(0, 0.5, 1),
    probes: fc.integer({ min: 1, max: 10 }),
    retryAfterMaxMs: periodMs,
    panicRatio: fc.constantFrom(0, 0.25, 0.5, 1),
  }),
})

export const authorizationPolicies: fc.Arbitrary<AuthorizationPolicy> = fc
  .record({
    namespace: label,
    name: label,
    action: fc.constantFrom('ALLOW', 'DENY'),
    selector: labels,
    services: list(label),
    rules: list(
      fc.record({
        from: list(
          fc.record({
            identities: list(text),
            namespaces: list(text),
            notIdentities: list(text),
            notNamespaces: list(text),
            unauthenticated: fc.boolean(),
          }),
        ),
        to: list(
          fc.record({ ports: list(port), methods: list(text), paths: list(stringMatch), headers: list(namedMatch) }),
        ),
      }),
    ),
  })
  .map(
    (policy) => ({ ...policy, name: `AuthorizationPolicy/${policy.namespace}/${policy.name}` }) as AuthorizationPolicy,
  )
