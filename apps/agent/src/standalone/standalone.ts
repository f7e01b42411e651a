import { systemClock } from '@weft/host'
import { httpLimitsOf } from '@weft/http-limits'
import type { Logger } from '@weft/telemetry'
import type { GatewayPort } from '@weft/traffic'
import type { RefusalCountData, ResourcesMessage, ResourceUpsert, TrafficCountData } from '../worker/messages.ts'
import { DataPlaneState } from '../workers/data-plane-state.ts'
import { WorkerPool } from '../workers/worker-pool.ts'
import type { StandaloneConfig } from './config.ts'
import { listenMessage, ListeningPorts } from './listening-ports.ts'
import { describePorts } from './port-names.ts'
import { readProxyFile } from './proxy-file.ts'
import { ProxyResources } from './proxy-resources.ts'

/** Told of what workers counted, and of a worker that is gone. */
export interface TrafficListener {
  add(counts: readonly TrafficCountData[], worker: number): void
  refused(counts: readonly RefusalCountData[]): void
  forget(worker: number): void
}

/**
 * The engine by itself: data-plane workers that are told what a file says, as those of an agent are told what the control
 * plane says. Ports are bound here, so a worker that dies leaves them open.
 *
 * States: new → running → draining → stopped.
 */
export class Standalone {
  readonly pool: WorkerPool
  readonly resources = new ProxyResources()
  /** Every file that was read for the configuration, or would have been. */
  files: readonly string[]
  traffic: TrafficListener | null = null
  readonly #config: StandaloneConfig
  readonly #ports: ListeningPorts
  #isServing = false

  constructor(config: StandaloneConfig, log: Logger) {
    this.#config = config
    this.files = [config.file]
    this.#ports = new ListeningPorts(config.workers)
    const { workers, region, zone, logLevel, accessLog, connectionsMax } = config
    this.pool = new WorkerPool(
      {
        workers,
        options: {
          mesh: 'proxy',
          node: 'proxy',
          trustDomain: 'cluster.local',
          region,
          zone,
          // The access log is of this level.
          logLevel: accessLog && logLevel !== 'debug' ? 'info' : logLevel,
          accessLog,
          agentPorts: [],
          connectionsMax,
          // Whoever is in front of a gateway may be one address for everybody.
          connectionsPerCallerMax: connectionsMax,
          http: httpLimitsOf(config),
          supervisorPid: process.pid,
        },
        onReport: (counts, worker) => this.traffic?.add(counts, worker),
        onRefusals: (counts) => this.traffic?.refused(counts),
        onExit: (worker) => this.traffic?.forget(worker),
        handleOf: (message, worker) => this.#ports.handleOf(message, worker),
      },
      new DataPlaneState(this.resources),
      systemClock,
      log,
    )
  }

  /** Whether every worker takes connections. */
  get isReady(): boolean {
    return this.#isServing && this.pool.readyCount === this.#config.workers
  }

  /** Faults: ResourceProblems, Failure `file`, `listen`, `refused`. Nothing runs then. */
  async start(): Promise<void> {
    const change = this.resources.changeTo(this.#read())!
    const ports = portsOf(change.upserts)
    await this.#ports.bind(ports)
    await this.pool.start()
    await this.#apply(change, ports)
    this.#isServing = true
  }

  /**
   * Reads the file again and takes what it says into use: new ports first, then routes and backends at once, at last those
   * ports are closed that are not there any more; their connections may finish. False when nothing differs.
   *
   * Faults: as those of start; then everything is as it was.
   */
  async reload(): Promise<boolean> {
    const change = this.resources.changeTo(this.#read())
    if (change === null) return false
    const open = new Set(this.#ports.names())
    const added = portsOf(change.upserts).filter(({ name }) => !open.has(name))
    await this.#ports.bind(added)
    await this.#apply(change, added)
    for (const name of namesOf(change.removals)) {
      this.#ports.close(name)
      this.pool.unlisten(name)
    }
    return true
  }

  /** `edge/http on 127.0.0.1:80`, for the line that tells of being ready. */
  describe(): string {
    return describePorts(portsOf(this.resources.all()))
  }

  /** No new connections; resolves when the last has ended or at the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    this.#isServing = false
    this.#ports.closeAll()
    await this.pool.drain(deadlineMs)
  }

  stop(): void {
    this.#isServing = false
    this.pool.stop()
  }

  #read(): readonly ResourceUpsert[] {
    const files = new Set<string>()
    try {
      return readProxyFile(this.#config.file, this.#config.bind, (path) => files.add(path)).resources
    } finally {
      this.files = [...files]
    }
  }

  async #apply(change: ResourcesMessage, added: readonly GatewayPort[]): Promise<void> {
    try {
      await this.pool.applyResources(change)
      this.resources.accept(change)
      await Promise.all(added.map((port) => this.pool.listen(listenMessage(port))))
    } catch (error) {
      for (const { name } of added) {
        this.#ports.close(name)
        this.pool.unlisten(name)
      }
      throw error
    }
  }
}

function portsOf(resources: readonly ResourceUpsert[]): GatewayPort[] {
  return resources.flatMap((resource) => (resource.kind === 'GatewayPort' ? [resource.value] : []))
}

/** Names of the ports among `Kind/name`. */
function namesOf(removals: readonly string[]): string[] {
  const prefix = 'GatewayPort/'
  return removals.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
}
