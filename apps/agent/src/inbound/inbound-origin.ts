import type { Authorizer, Source } from '@weft/authz'
import { fault, type Fault } from '@weft/faults'
import type { GuardedOrigin } from '@weft/layers'
import type { Caller } from '@weft/stack'
import type { DataPlane } from '../worker/data-plane.ts'
import type { InboundPort } from './inbound-port.ts'

/** A connection that arrived at a port of a workload of this node. */
export class InboundOrigin implements GuardedOrigin {
  readonly caller: Caller
  readonly source: Source
  readonly arrived: InboundPort
  /** Where the connection came from, `address:port`: for logs, never to decide by. */
  readonly remote: string
  readonly #plane: DataPlane
  readonly #exempting: Authorizer | null

  /** `exempting` decides instead of the policies of the workload. */
  constructor(
    plane: DataPlane,
    caller: Caller,
    source: Source,
    arrived: InboundPort,
    remote: string,
    exempting: Authorizer | null = null,
  ) {
    this.caller = caller
    this.source = source
    this.arrived = arrived
    this.remote = remote
    this.#plane = plane
    this.#exempting = exempting
  }

  get port(): number {
    return this.arrived.upstream.port
  }

  /** Null too before the first policies of this node arrive: that none are known does not say that nothing is forbidden. */
  authorizer(): Authorizer | null {
    const snapshot = this.#plane.snapshots.current
    const workload = snapshot.workload(this.arrived.uid)
    if (workload === null) return null
    if (this.#exempting !== null) return this.#exempting
    return this.hasPolicies() ? snapshot.authorizer(workload, this.port) : null
  }

  hasPolicies(): boolean {
    return this.#plane.snapshots.current.policyRevision > 0
  }

  revision(): string {
    return String(this.#plane.snapshots.current.policyRevision)
  }

  /** Nothing is routed on this side. */
  destination(): Fault {
    return fault('no_route', 'inbound', 'Arrived already: expected no routing')
  }
}
