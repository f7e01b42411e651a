import { type Authorizer, Source } from '@weft/authz'
import type { DirectCallee, DirectEndpoint, DirectPlan, DirectService, DirectVerdict } from '@weft/ebpf'
import { formatWorkloadIdentity } from '@weft/identity'
import { serviceKey, type Service, type ServicePort, type Workload } from '@weft/topology'
import type { AuthorizationPolicy } from '@weft/traffic'
import { authorizerOf } from '../snapshot/authorizer-of.ts'
import { serviceEndpoints } from '../snapshot/service-endpoints.ts'
import type { DirectInputs } from './direct-inputs.ts'
import { portsOf, whyRead } from './direct-port.ts'

/** As many as the kernel's entry has room for. */
const ENDPOINTS_MAX = 8

export interface DirectPlannerOptions {
  readonly node: string
  readonly trustDomain: string
  /** Never dialled as an application. */
  readonly agentPorts: readonly number[]
}

interface Caller {
  readonly cgroup: bigint
  readonly identity: string
  readonly source: Source
}

/** A port of a workload of this node with all that its verdicts were made from. */
interface Planned {
  readonly callee: DirectCallee
  readonly workload: Workload
  readonly services: string
  readonly policies: readonly AuthorizationPolicy[]
  readonly callers: readonly Caller[]
}

/**
 * What may go without the agent between workloads of this node, as the policies are now.
 *
 * Only what the agent would do nothing else to than decide on the connection and pass its octets on: both ends captured
 * here in networks of their own and known to the authority, the port declared TCP or TLS and nowhere HTTP, no rule of a
 * request in a policy, no route, no traffic policy, no session affinity, and everybody who is given work for the service
 * on this node. Asks policies as the inbound side does. Costs what changed since the call before, and a look at the rest.
 */
export class DirectPlanner {
  readonly #options: DirectPlannerOptions
  /** By uid and port. */
  #planned = new Map<string, Planned>()
  #services = new Map<string, DirectService>()
  #callers: readonly Caller[] = []
  #policies = new Map<string, readonly AuthorizationPolicy[]>()
  #inputs: DirectInputs | null = null
  /** `Service/namespace/name:port` or `Workload/uid:port` to why it goes by the agent. */
  readonly why = new Map<string, string>()

  constructor(options: DirectPlannerOptions) {
    this.#options = options
  }

  plan(inputs: DirectInputs): DirectPlan {
    this.#inputs = inputs
    this.why.clear()
    this.#callers = this.#sameCallers(this.#callersIn(inputs))
    this.#policies = samePolicies(this.#policies, inputs.policies)
    const planned = new Map<string, Planned>()
    const concerned = new Set<Service>()
    for (const { uid, isEnrolled } of inputs.local) {
      const workload = isEnrolled ? this.#eligible(inputs, uid) : null
      if (workload === null) continue
      const services = inputs.index.servicesOf(workload)
      for (const service of services) concerned.add(service)
      for (const port of portsOf(workload, services)) this.#planPort(planned, workload, port, services)
    }
    for (const name of inputs.index.withEndpoints) {
      const service = inputs.services.get(name)
      if (service?.endpoints.some(({ address, port }) => this.#at(planned, address, port) !== null))
        concerned.add(service)
    }
    this.#planned = planned
    this.#services = this.#planServices(inputs, planned, concerned)
    return { services: [...this.#services.values()], callees: [...planned.values()].map(({ callee }) => callee) }
  }

  /** Everything that {@link mayContinue} depends on: the same objects, the same answers. */
  reviewed(): readonly unknown[] {
    const inputs = this.#inputs
    if (inputs === null) return []
    const reviewed: unknown[] = [...this.#policies.values()]
    for (const { uid, cgroupId } of inputs.local) reviewed.push(uid, cgroupId)
    for (const workload of inputs.workloads.values()) {
      if (workload.node !== this.#options.node || workload.networkMode !== 'own') continue
      reviewed.push(workload, ...inputs.index.servicesOf(workload))
    }
    return reviewed
  }

  /**
   * Whether the policies of now let an open connection go on, as they do one that goes by the agent. A caller that is just
   * being taken over from an earlier life of the agent is asked about again when it is here; one that leaves takes its
   * connections along.
   */
  mayContinue(caller: bigint, callee: DirectEndpoint): boolean {
    const inputs = this.#inputs
    const uid = inputs?.local.find(({ cgroupId }) => cgroupId === caller)?.uid
    if (inputs === null || uid === undefined) return true
    const from = inputs.workloads.get(uid)
    const to = inputs.index.workloadAt(callee.address)
    if (from === undefined || from.hbonePort === 0 || to === null) return false
    if (to.node !== this.#options.node || to.networkMode !== 'own' || to.hbonePort === 0) return false
    const authorizer = this.#authorizer(to, callee.port, inputs.index.servicesOf(to))
    return authorizer.decideTcp(new Source(this.#identityOf(from)), callee.port).verdict === 'allow'
  }

  #callersIn(inputs: DirectInputs): Caller[] {
    const callers: Caller[] = []
    for (const { uid, cgroupId, isEnrolled } of inputs.local) {
      const workload = isEnrolled && cgroupId !== 0n ? this.#eligible(inputs, uid) : null
      if (workload === null) continue
      const identity = this.#identityOf(workload)
      callers.push({ cgroup: cgroupId, identity, source: new Source(identity) })
    }
    return callers
  }

  #sameCallers(callers: readonly Caller[]): readonly Caller[] {
    const before = this.#callers
    const isSame = callers.every(({ cgroup, identity }, i) => {
      return before[i]?.cgroup === cgroup && before[i].identity === identity
    })
    return isSame && callers.length === before.length ? before : callers
  }

  /** As the configuration has it: what only its node knows of a workload goes by the agent. */
  #eligible({ workloads }: DirectInputs, uid: string): Workload | null {
    const workload = workloads.get(uid)
    if (workload === undefined || workload.node !== this.#options.node) return null
    return workload.networkMode === 'own' && workload.hbonePort > 0 && workload.address !== '' ? workload : null
  }

  #planPort(planned: Map<string, Planned>, workload: Workload, port: number, services: readonly Service[]): void {
    const reason = this.#options.agentPorts.includes(port)
      ? 'it is a port of the agent'
      : whyRead(workload, port, services)
    const key = keyOf(workload.uid, port)
    if (reason !== '') return void this.why.set(`Workload/${workload.uid}:${port}`, reason)
    const policies = this.#policies.get(workload.namespace) ?? none
    const names = services.map(({ name }) => name).join(' ')
    const known = this.#planned.get(key)
    const isSame =
      known?.workload === workload &&
      known.services === names &&
      known.policies === policies &&
      known.callers === this.#callers
    if (isSame) return void planned.set(key, known)
    const verdicts = this.#verdicts(this.#authorizer(workload, port, services), port)
    const callee = { address: workload.address, port, verdicts }
    planned.set(key, { callee, workload, services: names, policies, callers: this.#callers })
  }

  #verdicts(authorizer: Authorizer, port: number): Map<bigint, DirectVerdict> {
    const verdicts = new Map<bigint, DirectVerdict>()
    const byIdentity = new Map<string, DirectVerdict | null>()
    for (const { cgroup, identity, source } of this.#callers) {
      let verdict = byIdentity.get(identity)
      if (verdict === undefined) byIdentity.set(identity, (verdict = verdictOf(authorizer, source, port)))
      if (verdict !== null) verdicts.set(cgroup, verdict)
    }
    return verdicts
  }

  #planServices(
    inputs: DirectInputs,
    planned: ReadonlyMap<string, Planned>,
    concerned: ReadonlySet<Service>,
  ): Map<string, DirectService> {
    const services = new Map<string, DirectService>()
    const add = (address: string, port: number, endpoints: readonly DirectEndpoint[]): void => {
      // An IPv6 socket can reach IPv4, not the other way round.
      const isReached = address.includes(':') || endpoints.every((endpoint) => !endpoint.address.includes(':'))
      if (address === '' || !isReached) return
      const key = `${address} ${port}`
      const known = this.#services.get(key)
      const isSame = known !== undefined && isSameList(known.endpoints, endpoints)
      services.set(key, isSame ? known : { at: { address, port }, endpoints })
    }
    for (const { callee } of planned.values()) add(callee.address, callee.port, [callee])
    for (const service of concerned) {
      for (const port of service.ports) {
        const endpoints = this.#endpointsOf(inputs, planned, service, port)
        const name = `Service/${serviceKey(service.namespace, service.name)}:${port.port}`
        if (typeof endpoints === 'string') this.why.set(name, endpoints)
        else for (const address of [service.address4, service.address6]) add(address, port.port, endpoints)
      }
    }
    return services
  }

  /** Those that a connection may be given to, or why it goes by the agent. */
  #endpointsOf(
    inputs: DirectInputs,
    planned: ReadonlyMap<string, Planned>,
    service: Service,
    port: ServicePort,
  ): DirectEndpoint[] | string {
    const key = serviceKey(service.namespace, service.name)
    if (inputs.routes.some((route) => route.service === key && (route.port === 0 || route.port === port.port)))
      return 'a route is for it'
    if (inputs.trafficPolicies.some((policy) => policy.service === key)) return 'a TrafficPolicy is for it'
    if (service.isSticky) return 'it has session affinity'
    const client = { index: inputs.index, node: this.#options.node, identityOf: (w: Workload) => this.#identityOf(w) }
    const given = serviceEndpoints(service, port, client).filter(({ weight }) => weight > 0)
    const priority = Math.min(...given.map((endpoint) => endpoint.priority))
    const first = given.filter((endpoint) => endpoint.priority === priority)
    if (first.length === 0) return 'nobody is given work'
    if (first.length > ENDPOINTS_MAX) return `it has more than ${ENDPOINTS_MAX} endpoints`
    const found: DirectEndpoint[] = []
    for (const { workload, port: target } of first) {
      const callee = planned.get(keyOf(workload, target))?.callee
      if (callee === undefined) return this.#whyNot(inputs, workload, target)
      found.push(callee)
    }
    return found
  }

  #whyNot({ workloads }: DirectInputs, uid: string, port: number): string {
    const workload = workloads.get(uid)
    if (workload === undefined) return 'an endpoint is no workload of the mesh'
    if (workload.node !== this.#options.node) return `${uid} is on another node`
    return `${uid}: ${this.why.get(`Workload/${uid}:${port}`) ?? 'it is not enrolled in a network of its own'}`
  }

  #at(planned: ReadonlyMap<string, Planned>, address: string, port: number): Planned | null {
    const workload = this.#inputs?.index.workloadAt(address) ?? null
    return workload === null ? null : (planned.get(keyOf(workload.uid, port)) ?? null)
  }

  #authorizer(workload: Workload, port: number, services: readonly Service[]): Authorizer {
    return authorizerOf(this.#policies.get(workload.namespace) ?? none, workload, port, services)
  }

  #identityOf({ namespace, serviceAccount }: Workload): string {
    return formatWorkloadIdentity({ trustDomain: this.#options.trustDomain, namespace, serviceAccount })
  }
}

const none: readonly AuthorizationPolicy[] = Object.freeze([])

/** Null where it depends on the request, or on whether it is HTTP: the agent finds out. */
export function verdictOf(authorizer: Authorizer, source: Source, port: number): DirectVerdict | null {
  const ofAll = authorizer.decideConnection(source, port).verdict
  const ofOctets = authorizer.decideTcp(source, port).verdict
  if (ofAll !== ofOctets) return null
  return ofAll === 'allow' ? 'allow' : 'refuse'
}

/** By namespace; a list that stays the same stays the same object. */
function samePolicies(
  before: ReadonlyMap<string, readonly AuthorizationPolicy[]>,
  policies: readonly AuthorizationPolicy[],
): Map<string, readonly AuthorizationPolicy[]> {
  const byNamespace = Map.groupBy(policies, ({ namespace }) => namespace) as Map<string, readonly AuthorizationPolicy[]>
  for (const [namespace, list] of byNamespace) {
    const known = before.get(namespace)
    if (known?.length === list.length && known.every((policy, i) => policy === list[i]))
      byNamespace.set(namespace, known)
  }
  return byNamespace
}

function isSameList(a: readonly DirectEndpoint[], b: readonly DirectEndpoint[]): boolean {
  return a.length === b.length && a.every(({ address, port }, i) => address === b[i]!.address && port === b[i]!.port)
}

function keyOf(uid: string, port: number): string {
  return `${uid} ${port}`
}
