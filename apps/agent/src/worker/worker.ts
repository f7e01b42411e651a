import type { Addon } from '@weft/ebpf'
import { type BalancerClient, hashText } from '@weft/balancer'
import { socketEngine, type SocketHandle } from '@weft/channel'
import { describeError } from '@weft/faults'
import { type DialTarget, HboneClient, hboneOptionsOf } from '@weft/hbone'
import { Http2Counters } from '@weft/http2'
import { Http1Counters } from '@weft/http-proxy'
import { type Connector, TrafficTable, UpstreamPools } from '@weft/layers'
import { makeSvid, TlsContexts } from '@weft/mtls'
import { defaultPoolOptions } from '@weft/pool'
import type { Logger } from '@weft/telemetry'
import { type Clock, type Random, type Timer, TimerWheel } from '@weft/time'
import { Gateway } from '../gateway/gateway.ts'
import { Applications } from '../inbound/application.ts'
import { Inbound } from '../inbound/inbound.ts'
import type { ListenerOwners } from '../inbound/listener-owner.ts'
import { LocalPorts } from '../inbound/local-ports.ts'
import { eitherConnector, meshConnector } from '../outbound/connector.ts'
import { externalConnector } from '../outbound/external-connector.ts'
import { ExternalTunnels } from '../outbound/external-tunnels.ts'
import { LearnedProtocols } from '../outbound/learned-protocols.ts'
import { Outbound } from '../outbound/outbound.ts'
import { SnapshotStore } from '../snapshot/snapshot-store.ts'
import { AccessLog } from './access-log.ts'
import { Admission } from './admission.ts'
import { Connections } from './connections.ts'
import type { DataPlane } from './data-plane.ts'
import { LimitedLog } from './limited-log.ts'
import { Listeners } from './listeners.ts'
import { LocalWorkloads } from './local-workloads.ts'
import type {
  DrainMessage,
  FromWorker,
  IdentityMessage,
  ListenMessage,
  ResourcesMessage,
  ToWorker,
  WorkerOptions,
} from './messages.ts'
import { NetworkNamespaces } from './network-namespaces.ts'
import { OverloadReplies } from './overload-replies.ts'
import { RefusalReport, type RefusalSource } from './refusal-report.ts'
import { dumpOf } from './dump.ts'
import { GoneUpstreams } from './gone-upstreams.ts'
import { drainTraffic } from './traffic-report.ts'
import { openSharedLoad } from './shared-load.ts'

const REPORT_EVERY_MS = 1_000
const SWEEP_EVERY_REPORTS = 30
/** Shorter than servers keep a connection (Node 5 s), so that we, who know whether it is in use, close it. */
const APPLICATION_IDLE_MS = 4_000

export interface WorkerParts {
  readonly log: Logger
  readonly clock: Clock
  readonly random: Random
  readonly addon: Addon | null
  readonly send: (message: FromWorker) => void
  /** Whose programs listen, where no kernel hook keeps the books; the machine is asked by default. */
  readonly owners?: Pick<ListenerOwners, 'isOf'>
}

/**
 * One data-plane process: what its supervisor tells it becomes snapshots, identities and listeners; what it measures goes
 * back each second. Owns every socket of the data path.
 *
 * States: new → (configure) running → draining → drained → stopped. One that drains outlives its supervisor.
 */
export class Worker {
  readonly plane: DataPlane
  readonly #parts: WorkerParts
  readonly outbound: Outbound
  readonly #inbound: Inbound
  /** To other proxies. */
  readonly #externalHbone: HboneClient
  readonly #listeners: Listeners
  readonly #refusals: RefusalReport
  #phase: 'running' | 'draining' | 'drained' = 'running'
  #outlives = false
  #onDrained: (() => void) | null = null
  #reports = 0
  #reportTimer: Timer | null = null

  constructor(options: WorkerOptions, parts: WorkerParts) {
    const { log, clock, random, addon } = parts
    this.#parts = parts
    const fineWheel = new TimerWheel(clock, 20)
    const coarseWheel = new TimerWheel(clock, 1_000)
    const balancing = { ...clientOf(options), shared: openSharedLoad(options, addon, log) }
    const snapshots = new SnapshotStore(options.trustDomain, random, balancing, options.node)
    const locals = new LocalWorkloads(snapshots, options.trustDomain)
    const sockets = socketEngine(addon)
    const namespaces = new NetworkNamespaces(addon, sockets, clock)
    const tls = new TlsContexts({ addon })
    const dialTarget: DialTarget = (target, timeoutMs) =>
      namespaces.dialAgent(target.netnsPath, target.sourceAddress, target.host, target.port, timeoutMs)
    const hboneOptions = hboneOptionsOf(options.http)
    const connections = new Connections()
    const hbone = new HboneClient(tls, dialTarget, clock, coarseWheel, hboneOptions)
    const refusalLog = new LimitedLog(log)
    const localPorts = new LocalPorts(addon)
    const applications = new Applications({ snapshots, locals, localPorts, namespaces }, parts.owners)
    const tunnels = new ExternalTunnels(addon)
    this.#externalHbone = new HboneClient(tunnels, dialTarget, clock, coarseWheel, hboneOptions)
    const connector = eitherConnector(
      meshConnector(hbone, namespaces, tls),
      externalConnector(namespaces, this.#externalHbone, tunnels, clock),
    )
    const pools = (connect: Connector, idleTimeoutMs: number): UpstreamPools =>
      new UpstreamPools(connect, idleTimeoutMs, clock, coarseWheel, random, options.http)
    this.plane = {
      options,
      log,
      accessLog: new AccessLog(log.child('access'), refusalLog, clock, options.accessLog),
      refusalLog,
      clock,
      random,
      fineWheel,
      coarseWheel,
      addon,
      snapshots,
      locals,
      localPorts,
      sockets,
      namespaces,
      tls,
      hbone,
      hboneOptions,
      connections,
      overloadReplies: new OverloadReplies(connections, coarseWheel, clock),
      probers: new Set(),
      http1Counters: new Http1Counters(),
      http2Counters: new Http2Counters(),
      admission: new Admission(options.connectionsMax, options.connectionsPerCallerMax),
      outboundTable: new TrafficTable('outbound'),
      inboundTable: new TrafficTable('inbound'),
      outboundPools: pools(connector, defaultPoolOptions.idleTimeoutMs),
      applicationPools: pools(applications.connector(), APPLICATION_IDLE_MS),
    }
    const learned = new LearnedProtocols((key, isHttp) => parts.send({ type: 'learned', key, isHttp }))
    const goneUpstreams = new GoneUpstreams(this.plane)
    snapshots.onUpstreamsGone((upstreams) => goneUpstreams.take(upstreams))
    snapshots.onChange((snapshot) => goneUpstreams.look(snapshot))
    this.outbound = new Outbound(this.plane, connector, learned)
    this.#inbound = new Inbound(this.plane, applications)
    this.#listeners = new Listeners(this.plane, this.outbound, this.#inbound, new Gateway(this.plane, connector))
    this.#refusals = new RefusalReport(refusalSources(this.plane))
    this.#scheduleReport()
  }

  /** Everything but `configure`; `handle` is the socket of a `listen` that brings its own. */
  receive(message: Exclude<ToWorker, { type: 'configure' }>, handle: SocketHandle | null = null): void {
    switch (message.type) {
      case 'resources':
        return this.#applyResources(message)
      case 'capture':
        return this.#openPorts(message.mapsDir)
      case 'probers':
        this.plane.probers = new Set(message.addresses)
        return
      case 'workloads':
        this.plane.locals.set(message.local)
        this.plane.snapshots.setLocals(message.local.flatMap(({ workload }) => (workload === null ? [] : [workload])))
        this.outbound.unknownCallers.look()
        this.#inbound.early.look()
        this.#listeners.endReleased()
        return this.plane.namespaces.retain(new Set(message.local.map(({ netnsPath }) => netnsPath)))
      case 'identity':
        return this.#setIdentity(message)
      case 'forgetIdentity':
        this.plane.tls.forget(message.identity)
        this.plane.hbone.retire(message.identity)
        return this.#listeners.identitiesChanged()
      case 'listen':
        return void this.#listen(message, handle)
      case 'learned':
        return void this.outbound.learned.take(message.key, message.isHttp)
      case 'unlisten':
        return this.#listeners.close(message.id)
      case 'drain':
        return this.drain(message)
      case 'ask':
        return this.#parts.send({ type: 'answer' })
      case 'dump':
        return this.#parts.send({
          type: 'dump',
          dump: dumpOf(this.plane, this.#listeners.describe(), this.#externalHbone.connectionCount),
        })
    }
  }

  /** Refuses new work; says `drained` when idle or at the end of the time, whichever is first. */
  drain({ timeoutMs, outlives }: DrainMessage): void {
    const done = (): void => {
      if (this.#phase === 'drained') return
      this.#phase = 'drained'
      this.#report()
      this.#parts.send({ type: 'drained' })
      this.#onDrained?.()
    }
    this.#phase = 'draining'
    this.#outlives = outlives
    this.#listeners.closeAll()
    this.#report()
    this.#parts.send({ type: 'draining' })
    this.plane.connections.drain(done)
    this.#parts.clock.after(timeoutMs, done)
  }

  /** Its supervisor is gone. It ends at once, or when it is drained if it was told so. */
  leave(end: () => void): void {
    if (this.#phase === 'draining' && this.#outlives) this.#onDrained = end
    else end()
  }

  /** Ends everything at once. */
  stop(): void {
    this.#reportTimer?.cancel()
    this.#listeners.closeAll()
    this.outbound.unknownCallers.close()
    this.#inbound.early.close()
    this.plane.connections.destroyAll()
    this.plane.outboundPools.close()
    this.plane.applicationPools.close()
    this.plane.hbone.destroy()
    this.#externalHbone.destroy()
    this.plane.localPorts.close()
  }

  #applyResources(message: ResourcesMessage): void {
    const { revision, policyRevision } = message
    try {
      this.plane.snapshots.apply(message)
    } catch (error) {
      return this.#parts.send({ type: 'failed', what: 'resources', error: describeError(error) })
    }
    this.#parts.send({ type: 'applied', revision, policyRevision })
  }

  #openPorts(mapsDir: string): void {
    try {
      this.plane.localPorts.open(mapsDir)
    } catch (error) {
      this.#parts.send({ type: 'failed', what: 'capture', error: describeError(error) })
    }
  }

  #setIdentity({ identity, chainPem, keyPem, rootsPem }: IdentityMessage): void {
    try {
      const svid = makeSvid({ key: keyPem, chainPem, rootsPem })
      if (svid.identity !== identity)
        throw new Error(`found a certificate of ${svid.identity}, expected one of ${identity}`)
      this.plane.tls.setSvid(svid)
    } catch (error) {
      return this.#parts.send({ type: 'failed', what: `identity ${identity}`, error: describeError(error) })
    }
    this.plane.hbone.retire(identity)
    this.outbound.unknownCallers.look()
    this.#inbound.early.look()
  }

  async #listen(message: ListenMessage, handle: SocketHandle | null): Promise<void> {
    try {
      const port = await this.#listeners.open(message, handle)
      this.#parts.send({ type: 'listening', id: message.id, port })
    } catch (error) {
      this.#parts.send({ type: 'failed', what: `listen ${message.id}`, error: describeError(error) })
    }
  }

  #scheduleReport(): void {
    this.#reportTimer = this.#parts.clock.after(REPORT_EVERY_MS, () => {
      this.#report()
      this.#scheduleReport()
    })
  }

  #report(): void {
    const counts = drainTraffic(this.plane.outboundTable, this.plane.inboundTable)
    if (counts.length > 0) this.#parts.send({ type: 'report', counts })
    const refusals = this.#refusals.drain()
    if (refusals.length > 0) this.#parts.send({ type: 'refusals', counts: refusals })
    this.plane.refusalLog.tick()
    if (++this.#reports % SWEEP_EVERY_REPORTS !== 0) return
    this.plane.outboundPools.sweep()
    this.plane.applicationPools.sweep()
    this.#inbound.sweep()
  }
}

function refusalSources({
  http1Counters,
  http2Counters,
  outboundPools,
  applicationPools,
  hboneOptions,
}: DataPlane): RefusalSource[] {
  const pools = [outboundPools, applicationPools]
  const [http1, http2] = [pools.map((each) => each.http1Counters), pools.map((each) => each.http2Counters)]
  return [
    { side: 'client', http1: [http1Counters], http2: [http2Counters] },
    { side: 'upstream', http1, http2 },
    { side: 'tunnel', http1: [], http2: [hboneOptions.counters] },
  ]
}

function clientOf({ node, index, region, zone }: WorkerOptions): Partial<BalancerClient> {
  // Nodes have no numbers: those of different ones begin at different places.
  const number = (hashText(node) >>> 12) + index
  return { locality: { region, zone }, number, name: `${node}/${index}` }
}
