import type { Addon } from '@weft/ebpf'
import type { SocketEngine } from '@weft/channel'
import type { Http2Counters } from '@weft/http2'
import type { HboneClient, HboneOptions } from '@weft/hbone'
import type { Http1Counters } from '@weft/http-proxy'
import type { TrafficTable, UpstreamPools } from '@weft/layers'
import type { TlsContexts } from '@weft/mtls'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random, TimerWheel } from '@weft/time'
import type { SnapshotStore } from '../snapshot/snapshot-store.ts'
import type { AccessLog } from './access-log.ts'
import type { Admission } from './admission.ts'
import type { Connections } from './connections.ts'
import type { LocalPorts } from '../inbound/local-ports.ts'
import type { LimitedLog } from './limited-log.ts'
import type { LocalWorkloads } from './local-workloads.ts'
import type { WorkerOptions } from './messages.ts'
import type { NetworkNamespaces } from './network-namespaces.ts'
import type { OverloadReplies } from './overload-replies.ts'

/** What every way through a worker is made of. One of each per process, made in worker.ts. */
export interface DataPlane {
  readonly options: WorkerOptions
  readonly log: Logger
  readonly accessLog: AccessLog
  /** For what strangers can cause as often as they like. */
  readonly refusalLog: LimitedLog
  readonly clock: Clock
  readonly random: Random
  /** Ticks of 20 ms, for deadlines. */
  readonly fineWheel: TimerWheel
  /** Ticks of a second, for idle timeouts. */
  readonly coarseWheel: TimerWheel
  /** Null without root, or where it can't be compiled: then nothing is captured and namespaces can't be entered. */
  readonly addon: Addon | null
  readonly snapshots: SnapshotStore
  readonly locals: LocalWorkloads
  readonly localPorts: LocalPorts
  /** Who talks to the kernel about TCP. */
  readonly sockets: SocketEngine
  readonly namespaces: NetworkNamespaces
  readonly tls: TlsContexts
  readonly hbone: HboneClient
  /** Of tunnels both ways. */
  readonly hboneOptions: HboneOptions
  readonly connections: Connections
  /** Addresses from which the node asks its workloads what they declared as probes; replaced as a whole. */
  probers: ReadonlySet<string>
  /** How often clients were refused for what they sent. */
  readonly http1Counters: Http1Counters
  readonly http2Counters: Http2Counters
  readonly admission: Admission
  /** For clients of HTTP that are not admitted. */
  readonly overloadReplies: OverloadReplies
  readonly outboundTable: TrafficTable
  readonly inboundTable: TrafficTable
  /** Connections through tunnels, by caller and upstream. */
  readonly outboundPools: UpstreamPools
  /** Connections to applications of this node. */
  readonly applicationPools: UpstreamPools
}
