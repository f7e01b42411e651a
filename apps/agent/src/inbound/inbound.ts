import { type Authorizer, Source } from '@weft/authz'
import type { Channel } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'
import type { HttpService } from '@weft/http-proxy'
import type { Caller } from '@weft/stack'
import type { Workload } from '@weft/topology'
import { UnknownCallers } from '../outbound/unknown-callers.ts'
import { CountedRelay } from '../worker/counted-relay.ts'
import type { DataPlane } from '../worker/data-plane.ts'
import { httpServiceOf, serveHttp } from '../worker/http-connections.ts'
import type { Applications } from './application.ts'
import { Exemptions } from './exemptions.ts'
import { InboundOrigin } from './inbound-origin.ts'
import { InboundPorts } from './inbound-port.ts'
import { type Arrived, inboundStack } from './stack.ts'
import { StandingRequests } from './standing-requests.ts'

const TCP_IDLE_MS = 24 * 3_600_000
const CALLERS_MAX = 10_000

/** A raw connection into a workload that policies are asked about again when they change. */
interface Admitted {
  readonly relay: CountedRelay
  readonly origin: InboundOrigin
}

/** The way in: what every connection that arrived at a workload of this node needs, proved or plaintext. */
export class Inbound {
  readonly plane: DataPlane
  readonly applications: Applications
  readonly ports: InboundPorts
  /** Came to a workload that is not ready for them yet. */
  readonly early: UnknownCallers
  readonly exemptions: Exemptions
  readonly #service: HttpService
  readonly #admitted = new Set<Admitted>()
  readonly #standing = new StandingRequests<Arrived>()
  readonly #callers = new Map<string, Caller>()
  readonly #sources = new Map<string, Source>()

  constructor(plane: DataPlane, applications: Applications) {
    this.plane = plane
    this.applications = applications
    this.ports = new InboundPorts(plane)
    this.early = new UnknownCallers(plane.clock)
    this.exemptions = new Exemptions(plane)
    this.#service = httpServiceOf(plane, inboundStack(plane, this.#standing))
    plane.snapshots.onChange(() => this.#reconsider())
  }

  /** `identity` is null for plaintext; `exempting` decides instead of policies. */
  origin(
    workload: Workload,
    port: number,
    identity: string | null,
    remote: string,
    exempting: Authorizer | null = null,
  ): InboundOrigin {
    const arrived = this.ports.of(workload, port)
    return new InboundOrigin(this.plane, this.#caller(identity), this.#source(identity), arrived, remote, exempting)
  }

  /**
   * What policies say of a connection that carries octets, or HTTP when `isHttp`: then only what holds for all requests.
   * What they admit must also be for a port of this workload: its policies say nothing of its neighbours.
   */
  decide(origin: InboundOrigin, isHttp: boolean): Fault | null {
    const authorizer = origin.authorizer()
    if (authorizer === null) return notKnown(origin)
    const { source, port } = origin
    const decision = isHttp ? authorizer.decideConnection(source, port) : authorizer.decideTcp(source, port)
    if (decision.verdict !== 'deny') return this.#foreignPort(origin)
    const who = source.identity ?? 'a caller without identity'
    const message = `A connection from ${who} to port ${port} is refused: ${decision.message}`
    return fault(decision.code ?? 'denied', 'authz', message, decision.rule, origin.revision())
  }

  serveHttp(channel: Channel, version: 'http1' | 'http2', origin: InboundOrigin): void {
    serveHttp(
      this.plane,
      this.plane.inboundTable,
      this.#service,
      channel,
      version,
      origin,
      origin.arrived.backend.service,
    )
  }

  /** Joins a connection that policies admitted with the application. */
  relay(channel: Channel, application: Channel, origin: InboundOrigin): void {
    const { backend, upstream } = origin.arrived
    const counter = this.plane.inboundTable.counter(origin.caller, backend.service, upstream, 'tcp')
    const relay = new CountedRelay(this.plane, 'inbound', channel, application, TCP_IDLE_MS, counter, () => {
      this.#admitted.delete(admitted)
    })
    const admitted: Admitted = { relay, origin }
    this.#admitted.add(admitted)
  }

  /** Counts and logs a refusal; what the caller is told is up to the one who has the connection. */
  refused(origin: InboundOrigin, refusal: Fault): void {
    const { backend, upstream } = origin.arrived
    this.plane.inboundTable.counter(origin.caller, backend.service, upstream, 'tcp').fault(refusal.code)
    const callee = backend.service === '' ? upstream.workload : backend.service
    this.plane.accessLog.refused('inbound', origin.caller.identity, origin.remote, callee, refusal)
  }

  sweep(): void {
    this.ports.sweep()
  }

  /**
   * Where workloads share the network of the node, any other port of an address is dialled at loopback: there listen other
   * workloads, whose policies were not asked, and programs of the machine that trust loopback, our own admin page among them.
   */
  #foreignPort(origin: InboundOrigin): Fault | null {
    const workload = this.plane.snapshots.current.workload(origin.arrived.uid)
    if (workload === null) return notKnown(origin)
    if (workload.networkMode === 'own' || workload.ports.some(({ port }) => port === origin.port)) return null
    const declared = workload.ports.map(({ port }) => port).join(', ') || 'none'
    const message = `Port ${origin.port} is not declared by ${workload.uid}, which shares the network of its node`
    return fault('upstream_refused', 'inbound', `${message}: expected one of its ports (${declared})`)
  }

  /** Ends connections and lasting requests that the policies of now refuse. Others are decided on one by one anyway. */
  #reconsider(): void {
    for (const { relay, origin } of [...this.#admitted]) {
      const refusal = this.decide(origin, false)
      if (refusal === null) continue
      this.refused(origin, refusal)
      relay.destroy(new Error(refusal.reason.message))
    }
    this.#standing.reconsider(({ origin }, refusal) => this.refused(origin, refusal))
  }

  #caller(identity: string | null): Caller {
    const key = identity ?? ''
    const known = this.#callers.get(key)
    if (known !== undefined) return known
    const security = identity === null ? ('plaintext' as const) : ('mtls' as const)
    const caller = Object.freeze({ identity: key, workload: '', security, sourceAddress: '', netnsPath: '' })
    if (this.#callers.size >= CALLERS_MAX) this.#callers.clear()
    this.#callers.set(key, caller)
    return caller
  }

  #source(identity: string | null): Source {
    const key = identity ?? ''
    const known = this.#sources.get(key)
    if (known !== undefined) return known
    const source = new Source(identity)
    if (this.#sources.size >= CALLERS_MAX) this.#sources.clear()
    this.#sources.set(key, source)
    return source
  }
}

function notKnown(origin: InboundOrigin): Fault {
  const message = origin.hasPolicies()
    ? `Workload ${origin.arrived.uid} is not configured any more: expected one of this node`
    : `No policies have arrived on this node yet, so nothing can be let in to ${origin.arrived.uid}: see its agent's readiness`
  return fault('not_ready', 'inbound', message, '', origin.revision())
}
