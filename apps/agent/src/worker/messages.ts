import type { HttpLimits } from '@weft/http-limits'
import type { LogLevel } from '@weft/telemetry'
import type { ExternalService, Service, Workload } from '@weft/topology'
import type { AuthorizationPolicy, GatewayPort, Route, TrafficPolicy } from '@weft/traffic'

/**
 * What the supervisor and its data-plane workers say to each other over Node IPC (`serialization: 'advanced'`).
 *
 * Order: `configure` first and once; `resources`, `workloads`, `identity` in any order, each replacing what it names;
 * `listen` may come before the identity that a listener needs (connections are refused until it is there).
 */
export type ToWorker =
  | { readonly type: 'configure'; readonly options: WorkerOptions }
  | ResourcesMessage
  /** The node's hooks are in place; their maps are pinned in `mapsDir`. Never said where nothing is captured. */
  | { readonly type: 'capture'; readonly mapsDir: string }
  /** Addresses of the node, from which it may ask workloads what they declared as probes. */
  | { readonly type: 'probers'; readonly addresses: readonly string[] }
  | { readonly type: 'workloads'; readonly local: readonly LocalWorkload[] }
  | IdentityMessage
  | { readonly type: 'forgetIdentity'; readonly identity: string }
  | ListenMessage
  | { readonly type: 'unlisten'; readonly id: string }
  | LearnedMessage
  /** Refuses new work and answers `draining`; answers `drained` when idle or after `timeoutMs` (monotonic clocks differ between processes). */
  | DrainMessage
  | { readonly type: 'dump' }
  /** Whether it still runs: answered at once by `answer`. */
  | { readonly type: 'ask' }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'listening'; readonly id: string; readonly port: number }
  | { readonly type: 'applied'; readonly revision: number; readonly policyRevision: number }
  /** `what`: `listen <id>`, `identity <SPIFFE ID>`, `resources`. Nothing of it was applied. */
  | { readonly type: 'failed'; readonly what: string; readonly error: string }
  | { readonly type: 'report'; readonly counts: readonly TrafficCountData[] }
  | { readonly type: 'refusals'; readonly counts: readonly RefusalCountData[] }
  | LearnedMessage
  | { readonly type: 'dump'; readonly dump: unknown }
  /** Accepts no more, and has reported what it counted. */
  | { readonly type: 'draining' }
  | { readonly type: 'drained' }
  | { readonly type: 'answer' }

export interface DrainMessage {
  readonly type: 'drain'
  readonly timeoutMs: number
  /** Whether the worker goes on when its supervisor is gone: only where somebody waits for its process. */
  readonly outlives: boolean
}

/** How often peers of HTTP were refused for one reason since the last report: a limit hit, or a message that is none. */
export interface RefusalCountData {
  readonly protocol: 'http1' | 'http2'
  /** Whom we serve, whom we call, or the agent at the other end of a tunnel. */
  readonly side: 'client' | 'upstream' | 'tunnel'
  readonly reason: string
  readonly count: number
}

/** A worker found out what is spoken on a port that declares nothing; its siblings are told. */
export interface LearnedMessage {
  readonly type: 'learned'
  readonly key: string
  readonly isHttp: boolean
}

/** A table of loads: a file that is mapped, and its measures. */
export interface SharedLoadPlace {
  readonly path: string
  readonly slotsMax: number
  readonly columnsMax: number
}

export interface WorkerOptions {
  readonly mesh: string
  readonly node: string
  readonly trustDomain: string
  /** Where this is; '' for not known. Endpoints of the same zone are preferred, then those of the same region. */
  readonly region: string
  readonly zone: string
  /** Number of this worker, from 0. */
  readonly index: number
  readonly logLevel: LogLevel
  /** One line per exchange or connection on stderr. */
  readonly accessLog: boolean
  /** Accepted connections open at once, of all callers and of one: a workload, or an address outside the mesh. */
  readonly connectionsMax: number
  readonly connectionsPerCallerMax: number
  /** What a connection of HTTP may cost. */
  readonly http: HttpLimits
  /** Ports of the agents themselves: never dialled as an application, whatever a tunnel asks for. */
  readonly agentPorts: readonly number[]
  /** Where the workers of this agent tell each other what they have in flight; null for a worker that is alone. */
  readonly sharedLoad: SharedLoadPlace | null
  /** Pid of the supervisor, from which listening sockets are taken. */
  readonly supervisorPid: number
}

/** Changes since the last message; the first one of a worker's life is everything. Applied as a whole or not at all. */
export interface ResourcesMessage {
  readonly type: 'resources'
  readonly revision: number
  readonly policyRevision: number
  readonly upserts: readonly ResourceUpsert[]
  /** `Kind/namespace/name`, `Workload/<uid>`. */
  readonly removals: readonly string[]
}

/** `name` is `namespace/name`, or the uid of a Workload; for a Route and a TrafficPolicy whatever is unique among its kind. */
export type ResourceUpsert =
  | { readonly kind: 'Service'; readonly name: string; readonly value: Service }
  | { readonly kind: 'Workload'; readonly name: string; readonly value: Workload }
  | { readonly kind: 'Route'; readonly name: string; readonly value: Route }
  | { readonly kind: 'TrafficPolicy'; readonly name: string; readonly value: TrafficPolicy }
  | { readonly kind: 'AuthorizationPolicy'; readonly name: string; readonly value: AuthorizationPolicy }
  /** `ExternalService/namespace/name`, as backends refer to it. */
  | { readonly kind: 'ExternalService'; readonly name: string; readonly value: ExternalService }
  /** `address:port`. */
  | { readonly kind: 'GatewayPort'; readonly name: string; readonly value: GatewayPort }

/** A workload of this node, as only the node knows it. The list in a `workloads` message is complete. */
export interface LocalWorkload {
  readonly uid: string
  /** Id of its cgroup as the kernel tells it with the original destination; 0n when not captured. */
  readonly cgroupId: bigint
  /** '' for the node's own network namespace. */
  readonly netnsPath: string
  /** What the explicit proxy asks of it as password, its uid being the user; '' when it may not use the proxy. */
  readonly proxySecret: string
  /** As its node knows it, where it does: holds until the configuration tells of it, so that nobody waits for discovery. */
  readonly workload: Workload | null
}

/** New or renewed: connections opened from now on use it; those of the old certificate are let run out. */
export interface IdentityMessage {
  readonly type: 'identity'
  readonly identity: string
  readonly chainPem: string
  readonly keyPem: string
  readonly rootsPem: string
}

/**
 * `outbound`: captured connections of workloads. `inbound`: plaintext connections to workloads, found by their local
 * address. `hbone`: mTLS tunnels to one workload. `publish`: plain connections on loopback that enter the mesh as
 * `ns/<namespace of the workload>/sa/ingress`. `proxy`: explicit HTTP and SOCKS5 proxy. `gateway`: the GatewayPort of
 * that host and port; its socket comes along with the message.
 */
export type ListenerKind = 'outbound' | 'inbound' | 'hbone' | 'publish' | 'proxy' | 'gateway'

export interface ListenMessage {
  readonly type: 'listen'
  readonly id: string
  readonly kind: ListenerKind
  /** A listening socket in the supervisor's process, or -1: the worker listens itself on host:port. */
  readonly fd: number
  readonly host: string
  readonly port: number
  /** uid of the workload whose listener it is; '' when it serves any (the outbound and proxy listeners of a node). */
  readonly workload: string
  /** Network namespace in which connections from this listener are dialled; '' for the node's own. */
  readonly netnsPath: string
}

/** The fields of weft.discovery.v1.TrafficCount: what happened since the last report, but for `connectionsOpen`. */
export interface TrafficCountData {
  readonly service: string
  readonly addressed: string
  readonly workload: string
  readonly source: string
  readonly destination: string
  readonly protocol: 'http' | 'grpc' | 'tcp'
  readonly direction: 'outbound' | 'inbound'
  /** `direct`: within the node's kernel, where the cgroup proves the caller. */
  readonly security: 'mtls' | 'direct' | 'plaintext' | 'none'
  readonly successes: number
  readonly failures: number
  readonly faults: Readonly<Record<string, number>>
  readonly retries: number
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly connectionsOpened: number
  /** How many are open at this moment. */
  readonly connectionsOpen: number
  readonly latencyBuckets: Readonly<Record<number, number>>
  readonly latencySumMs: number
  readonly addedBuckets: Readonly<Record<number, number>>
  readonly addedSumMs: number
}
