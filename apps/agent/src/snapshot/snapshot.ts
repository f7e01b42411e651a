import { Authorizer } from '@weft/authz'
import { formatWorkloadIdentity } from '@weft/identity'
import type { CompiledRoute } from '@weft/routing'
import type { Backend, Destination } from '@weft/stack'
import {
  type AppProtocol,
  isExternalServiceKey,
  serviceKey,
  type Service,
  targetPortOf,
  type Workload,
} from '@weft/topology'
import {
  type AuthorizationPolicy,
  type ConnectionRule,
  defaultTrafficPolicy,
  type TrafficPolicy,
  type WeightedBackend,
} from '@weft/traffic'
import { allowsPlaintext, authorizerOf } from './authorizer-of.ts'
import type { BackendTable } from './backend-table.ts'
import { compiled } from './compiled-routes.ts'
import { ExternalBackends } from './external-backends.ts'
import { GatewayTable } from './gateway-table.ts'
import type { ResourceMaps } from './resource-maps.ts'
import { policyOf, serviceEndpoints, workloadEndpoint } from './service-endpoints.ts'
import { TopologyIndex } from './topology-index.ts'

/** One port that can be addressed, with how its octets are to be read. */
export interface Addressed extends Destination {
  readonly backend: Backend
  readonly protocol: AppProtocol
  /** A route or the declaration says that it is HTTP: what is not HTTP is refused. */
  readonly isHttpRequired: boolean
  /** Where a route sends connections, whatever is spoken on them; null: to `backend`. */
  readonly relay: ConnectionRule | null
}

export interface SnapshotOptions {
  /** Name of the node that this is; '' where there are none. */
  readonly node?: string
  /** Of the resources, where it is known already. */
  readonly index?: TopologyIndex
}

/**
 * The configuration at one moment, indexed for what connections and requests ask. Immutable, except that destinations
 * are made when they are first asked for; the backends that they share live in the {@link BackendTable}.
 */
export class Snapshot {
  readonly revision: number
  readonly policyRevision: number
  readonly resources: ResourceMaps
  /** Listening ports of gateways. */
  readonly gateways: GatewayTable
  readonly externals: ExternalBackends
  readonly #trustDomain: string
  readonly #backends: BackendTable
  readonly index: TopologyIndex
  /** Of this agent. */
  readonly node: string
  readonly #policyByService = new Map<string, TrafficPolicy>()
  /** By {@link routeKey}, port 0 for all; compiled at once so that a bad one is refused before anything is in force. */
  readonly #routes = new Map<string, CompiledRoute>()
  /** `namespace/name@namespace`: services for which callers of a namespace have routes of their own. */
  readonly #consumers = new Set<string>()
  readonly #policiesByNamespace = new Map<string, AuthorizationPolicy[]>()
  readonly #authorizers = new Map<string, Authorizer>()
  readonly #destinations = new Map<string, Addressed>()

  /** Faults: Failure `policy` or `pattern` when a route or policy can't be compiled; backends are not touched then. */
  constructor(
    resources: ResourceMaps,
    revision: number,
    policyRevision: number,
    trustDomain: string,
    backends: BackendTable,
    { node = '', index = TopologyIndex.of(resources) }: SnapshotOptions = {},
  ) {
    this.revision = revision
    this.policyRevision = policyRevision
    this.resources = resources
    this.#trustDomain = trustDomain
    this.#backends = backends
    this.node = node
    this.index = index
    for (const policy of resources.TrafficPolicy.values()) this.#policyByService.set(policy.service, policy)
    for (const route of resources.Route.values()) {
      this.#routes.set(routeKey(route.service, route.port, route.clientNamespace), compiled(route))
      if (route.clientNamespace !== '') this.#consumers.add(`${route.service}@${route.clientNamespace}`)
    }
    for (const policy of resources.AuthorizationPolicy.values()) {
      check(policy)
      push(this.#policiesByNamespace, policy.namespace, policy)
    }
    this.externals = new ExternalBackends(resources.ExternalService, this.#policyByService, backends)
    this.gateways = new GatewayTable(resources.GatewayPort.values(), this)
  }

  /**
   * Brings the backends that are in use up to this snapshot, those of `keys` at least. Called once, when it comes into
   * force; backends that nobody used before are made by it from then on, whichever snapshot is asked for them.
   */
  enforce(keys: Iterable<string> = this.#backends.keys()): void {
    this.#backends.makeBy((key) => this.#refresh(key))
    for (const key of keys) {
      if (this.#refresh(key) === null) this.#backends.forget(key)
    }
  }

  get revisionText(): string {
    return String(this.revision)
  }

  workload(uid: string): Workload | null {
    return this.resources.Workload.get(uid) ?? null
  }

  workloadAt(address: string): Workload | null {
    return this.index.workloadAt(address)
  }

  service(namespace: string, name: string): Service | null {
    return this.resources.Service.get(serviceKey(namespace, name)) ?? null
  }

  identityOf(workload: Workload): string {
    const { namespace, serviceAccount } = workload
    return formatWorkloadIdentity({ trustDomain: this.#trustDomain, namespace, serviceAccount })
  }

  /** Whether a service or workload has that address. */
  hasAddress(address: string): boolean {
    return this.index.serviceAt(address) !== null || this.index.workloadAt(address) !== null
  }

  /**
   * What an address and port mean to a caller of a namespace: a service by its own address, else a workload by its own;
   * null for neither.
   */
  addressed(address: string, port: number, clientNamespace = ''): Addressed | null {
    const service = this.index.serviceAt(address, port)
    if (service !== null) return this.servicePort(service, port, clientNamespace)
    const workload = this.index.workloadAt(address)
    return workload === null ? null : this.workloadPort(workload, port)
  }

  /** A port of a service as it is to callers of a namespace, '' for one without routes of its own; null when it has no such port. */
  servicePort(service: Service, port: number, clientNamespace = ''): Addressed | null {
    const name = serviceKey(service.namespace, service.name)
    const client = this.#consumers.has(`${name}@${clientNamespace}`) ? clientNamespace : ''
    const key = routeKey(name, port, client)
    const known = this.#destinations.get(key)
    if (known !== undefined) return known
    const declared = service.ports.find((candidate) => candidate.port === port)
    const backend = this.#backends.of(`${name}:${port}`)
    if (declared === undefined || backend === null) return null
    const route = this.#routeOf(name, port, client) ?? (client === '' ? null : this.#routeOf(name, port, ''))
    const destination = this.#destination(name, port, declared.protocol, route, backend)
    this.#destinations.set(key, destination)
    return destination
  }

  /** What a rule of a route refers to; null when there is no such service or port. */
  backendOf({ service, port }: WeightedBackend): Backend | null {
    if (isExternalServiceKey(service)) return this.externals.port(service, port)
    const found = this.resources.Service.get(service)
    return found === undefined ? null : (this.servicePort(found, port, '')?.backend ?? null)
  }

  /** A workload addressed by its own address: no service, no route. */
  workloadPort(workload: Workload, port: number): Addressed | null {
    const key = `workload ${workload.uid}:${port}`
    const known = this.#destinations.get(key)
    if (known !== undefined) return known
    const backend = this.#backends.of(key)
    if (backend === null) return null
    const destination = this.#destination('', port, this.protocolOf(workload, port), null, backend)
    this.#destinations.set(key, destination)
    return destination
  }

  /** How a workload's own port is to be read, by its declaration or that of a service that leads there. */
  protocolOf(workload: Workload, port: number): AppProtocol {
    const own = workload.ports.find((candidate) => candidate.port === port)
    if (own !== undefined && own.protocol !== 'detect') return own.protocol
    for (const service of this.#servicesOf(workload)) {
      const declared = service.ports.find((candidate) => targetPortOf(candidate, workload) === port)
      if (declared !== undefined && declared.protocol !== 'detect') return declared.protocol
    }
    return 'detect'
  }

  /** `namespace/name` of the first service that leads to that port of the workload, '' for none. */
  serviceOf(workload: Workload, port: number): string {
    for (const service of this.#servicesOf(workload)) {
      if (service.ports.some((candidate) => targetPortOf(candidate, workload) === port))
        return serviceKey(service.namespace, service.name)
    }
    return ''
  }

  /** Whether the API server calls that port of a workload, by TLS of the workload's own. */
  isWebhookPort(workload: Workload, port: number): boolean {
    return this.#servicesOf(workload).some(
      (service) =>
        service.webhookPorts.length > 0 &&
        service.ports.some(
          (candidate) => service.webhookPorts.includes(candidate.port) && targetPortOf(candidate, workload) === port,
        ),
    )
  }

  /** The policies that govern a port of a workload, compiled once per snapshot. */
  authorizer(workload: Workload, port: number): Authorizer {
    const key = allowsPlaintext(workload, port) ? `${workload.uid} plaintext` : workload.uid
    const known = this.#authorizers.get(key)
    if (known !== undefined) return known
    const policies = this.#policiesByNamespace.get(workload.namespace) ?? []
    const authorizer = authorizerOf(policies, workload, port, this.#servicesOf(workload))
    this.#authorizers.set(key, authorizer)
    return authorizer
  }

  #routeOf(service: string, port: number, clientNamespace: string): CompiledRoute | null {
    const ofPort = this.#routes.get(routeKey(service, port, clientNamespace))
    return ofPort ?? this.#routes.get(routeKey(service, 0, clientNamespace)) ?? null
  }

  #destination(
    service: string,
    port: number,
    protocol: AppProtocol,
    route: CompiledRoute | null,
    backend: Backend,
  ): Addressed {
    const relay = route === null ? null : route.route.relay
    const isRouted = route !== null && relay === null
    return {
      service,
      port,
      protocol: relay === null ? protocol : 'tcp',
      relay,
      isHttpRequired:
        relay === null && (isRouted || protocol === 'http' || protocol === 'http2' || protocol === 'grpc'),
      revision: this.revisionText,
      route: isRouted ? route : null,
      backend,
      backendOf: (reference: WeightedBackend) => this.backendOf(reference),
    }
  }

  /** The backend of a key with the endpoints of this snapshot; null when what it names is gone. */
  #refresh(key: string): Backend | null {
    if (ExternalBackends.isKey(key)) return this.externals.refresh(key)
    const colon = key.lastIndexOf(':')
    const port = Number(key.slice(colon + 1))
    if (key.startsWith('workload ')) {
      const workload = this.workload(key.slice('workload '.length, colon))
      // Who is addressed by name gets its calls, draining or not.
      const endpoints = workload === null ? [] : [workloadEndpoint(workload, port, this)]
      return workload === null ? null : this.#backends.backend('', port, key, defaultTrafficPolicy, endpoints)
    }
    const name = key.slice(0, colon)
    const service = this.resources.Service.get(name)
    const declared = service?.ports.find((candidate) => candidate.port === port)
    if (service === undefined || declared === undefined) return null
    const policy = policyOf(service, this.#policyByService.get(name))
    return this.#backends.backend(name, port, key, policy, serviceEndpoints(service, declared, this))
  }

  #servicesOf(workload: Workload): Service[] {
    return this.index.servicesOf(workload)
  }
}

function routeKey(service: string, port: number, clientNamespace: string): string {
  return clientNamespace === '' ? `${service}:${port}` : `${service}:${port}@${clientNamespace}`
}

const checkedPolicies = new WeakSet<AuthorizationPolicy>()

/** Compiles a policy for a workload that it governs, to see that it can be. Faults: Failure `policy` or `pattern`. */
function check(policy: AuthorizationPolicy): void {
  if (checkedPolicies.has(policy)) return
  const { namespace, selector, services } = policy
  void new Authorizer([policy], { namespace, labels: selector, services, allowPlaintext: false })
  checkedPolicies.add(policy)
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
