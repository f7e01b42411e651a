import type { Balancer } from '@weft/balancer'
import type { Fault } from '@weft/faults'
import type { RequestHead } from '@weft/message'
import type { RetryBudget } from '@weft/retry'
import type { CompiledRoute } from '@weft/routing'
import type { ClientTls, ExternalTunnel } from '@weft/topology'
import type { TrafficPolicy, WeightedBackend } from '@weft/traffic'

/** Who calls. One object per workload and way in, so that numbers can be kept by it. */
export interface Caller {
  /** SPIFFE ID; '' when it proved none. */
  readonly identity: string
  /** uid of the workload where it is known: at its own node. */
  readonly workload: string
  readonly security: 'mtls' | 'plaintext' | 'none'
  /** Address and network namespace from which to dial on its behalf; '' for any, and for the node's own. */
  readonly sourceAddress: string
  readonly netnsPath: string
}

/** What to connect to for one endpoint: a workload's port. One object for as long as both stay the same. */
export interface Upstream {
  /** uid of the workload. */
  readonly workload: string
  /** SPIFFE ID of the workload, which its agent's certificate must prove; '' for a place outside the mesh. */
  readonly identity: string
  readonly address: string
  readonly port: number
  /** Where its agent listens; 0 when the port itself is dialled: the application, or a place outside the mesh. */
  readonly hbonePort: number
  /** How an endpoint of an ExternalService is reached; null for everything else. */
  readonly external: ExternalTarget | null
}

/** What is declared of an ExternalService's port. */
export interface ExternalTarget {
  /** The version of HTTP that its endpoints speak, whatever the caller's was; 0 when they are sent octets. */
  readonly httpVersion: 0 | 11 | 20
  /** TLS says which version it is, whenever the endpoint speaks HTTP/2 too. */
  readonly isAgreed: boolean
  readonly tls: ClientTls | null
  readonly tunnel: ExternalTunnel | null
}

/** The endpoints of one service port, and how traffic to them is treated. Kept, with its statistics, while configuration changes. */
export interface Backend {
  /** `namespace/name`, '' for a workload that was addressed itself. */
  readonly service: string
  readonly port: number
  readonly policy: TrafficPolicy
  readonly balancer: Balancer<Upstream>
  readonly budget: RetryBudget
}

/** What was addressed: one port of a service or a workload, as one snapshot has it. Immutable. */
export interface Destination {
  /** `namespace/name`, '' for a workload that was addressed itself. */
  readonly service: string
  readonly port: number
  /** The configuration revision that it comes from, for reasons. */
  readonly revision: string
  /** Null without a route: then everything goes to `backend`. */
  readonly route: CompiledRoute | null
  /** Null where only a route says where requests go. */
  readonly backend: Backend | null
  /** What a rule refers to; null when there is no such service or port. */
  backendOf(reference: WeightedBackend): Backend | null
}

/** The connection that an exchange came on: who called, and what they addressed. */
export interface Origin {
  readonly caller: Caller
  /** Address of the client's machine, without the port; '' when not known. Asked only where a policy wants it. */
  clientAddress?(): string
  /** As the snapshot of this moment has it; asked once per exchange. Only an explicit proxy looks at the request for it. */
  destination(head: RequestHead): Destination | Fault
}
