import { Balancer } from '@weft/balancer'
import { type BodySource, emptyBody, HeaderList, RequestHead } from '@weft/message'
import { ReplyHead } from '@weft/message'
import { RetryBudget } from '@weft/retry'
import { CompiledRoute } from '@weft/routing'
import { type Backend, type Destination, Exchange, Reply, type Routed, type Upstream } from '@weft/stack'
import { fakeOrigin } from '@weft/stack/testing'
import { seededRandom } from '@weft/time/testing'
import { backendDefaults, defaultTrafficPolicy, type RouteRule, ruleDefaults, type TrafficPolicy } from '@weft/traffic'

/** A rule as far as a test says it; backends without filters. */
export interface TestRule extends Partial<Omit<RouteRule, 'backends'>> {
  readonly backends?: readonly (Partial<RouteRule['backends'][number]> & {
    readonly service: string
    readonly port: number
  })[]
}

export function upstreamOf(name: string): Upstream {
  const identity = `spiffe://cluster.local/ns/default/sa/${name}`
  return { workload: name, identity, address: '127.0.0.1', port: 8080, hbonePort: 15008, external: null }
}

/** A backend with one endpoint for each name. */
export function backendOf(service: string, endpoints: readonly string[], policy: Partial<TrafficPolicy> = {}): Backend {
  const full = { ...defaultTrafficPolicy, ...policy }
  const balancer = new Balancer<Upstream>(full, seededRandom(7))
  balancer.update(endpoints.map((name) => ({ key: name, weight: 1, target: upstreamOf(name) })))
  return { service, port: 80, policy: full, balancer, budget: new RetryBudget(full) }
}

/** A destination of that backend; with rules, routed by them to the backends given by name. */
export function destinationOf(
  backend: Backend,
  rules: readonly TestRule[] = [],
  others: readonly Backend[] = [],
): Destination {
  const { service, port } = backend
  const route = { service, port, clientNamespace: '', rules: rules.map(ruleOf), relay: null }
  const known = [backend, ...others]
  return {
    service: backend.service,
    port: backend.port,
    revision: '7',
    route: rules.length === 0 ? null : new CompiledRoute(route),
    backend,
    backendOf: ({ service }) => known.find((candidate) => candidate.service === service) ?? null,
  }
}

/** A request as a connection would make it. */
export function exchangeTo(
  destination: Destination,
  method = 'GET',
  path = '/',
  headers: string[] = [],
  body: BodySource = emptyBody,
): Exchange {
  const head = new RequestHead(method, 'http', 'cart', path, new HeaderList(headers), 11)
  if (body !== emptyBody) head.bodyKind = 'stream'
  return new Exchange(head, body, fakeOrigin(destination), 0)
}

/** The same, as the route layer hands it on. */
export function routedTo(backend: Backend, method = 'GET', body: BodySource = emptyBody): Routed {
  const exchange = exchangeTo(destinationOf(backend), method, '/', [], body)
  exchange.destination = destinationOf(backend)
  exchange.backend = backend
  return exchange as Routed
}

export function replyOf(status: number, headers: string[] = [], body: BodySource = emptyBody): Reply {
  const head = new ReplyHead(status, new HeaderList(headers), 11)
  if (body !== emptyBody) head.bodyKind = 'stream'
  return new Reply(head, body)
}

function ruleOf(rule: TestRule, index: number): RouteRule {
  const backends = (rule.backends ?? []).map((backend) => ({ ...backendDefaults, ...backend }))
  return { ...ruleDefaults, name: `HTTPRoute/default/test#${index}`, ...rule, backends }
}
