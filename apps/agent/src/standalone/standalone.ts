import { formatAddress } from '@weft/channel'
import { describeError } from '@weft/faults'
import { systemClock } from '@weft/host'
import type { Logger } from '@weft/telemetry'
import type { GatewayPort } from '@weft/traffic'
import type { ResourceUpsert } from '../worker/messages.ts'
import { DataPlaneState } from '../workers/data-plane-state.ts'
import { WorkerPool } from '../workers/worker-pool.ts'
import type { StandaloneConfig } from './config.ts'
import { listenMessage, ListeningPorts } from './listening-ports.ts'
import { readProxyFile } from './proxy-file.ts'
import { ProxyResources } from './proxy-resources.ts'
/** Per worker. */
const CONNECTIONS_MAX = 100_000

/** Told of what workers counted, and of a worker that is gone. */
export interface TrafficListener {
  add(counts: readonly TrafficCountData[], worker: number): void
  forget(worker: number): void
}


/**
 * The engine by itself: data-plane workers that are told what a file says, as those of an agent are told what the control
 * plane says. Ports are bound here, so a worker that dies leaves them open.
 *
 * States: new → running → draining → stopped.
 */
export class Standalone {
  readonly #config: StandaloneConfig
  readonly #resources = new ProxyResources()
  readonly #state = new DataPlaneState(this.#resources)
  readonly #ports: ListeningPorts
  readonly #pool: WorkerPool

  constructor(config: StandaloneConfig, log: Logger) {
    this.#config = config
    this.#ports = new ListeningPorts(config.workers)
    this.#pool = new WorkerPool(
      {
        workers: config.workers,
        options: {
          mesh: 'proxy',
          node: 'proxy',
          trustDomain: 'cluster.local',
          logLevel,
          accessLog,
          connectionsMax: CONNECTIONS_MAX,
          // Whoever is in front of a gateway may be one address for everybody.
          connectionsPerCallerMax: CONNECTIONS_MAX,
          agentPorts: [],
          supervisorPid: process.pid,
        },
        onReport: () => {},
        onExit: () => {},
        handleOf: (message, worker) => this.#ports.handleOf(message, worker),
      },
      this.#state,
      systemClock,
      log,
    )
  }

  /** Faults: ResourceProblems, Failure `file`, `listen`. Nothing runs then. */
  async start(): Promise<void> {
    const { resources } = readProxyFile(this.#config.file, this.#config.bind)
    const ports = portsOf(resources)
    await this.#ports.bind(ports)
    this.#resources.accept(this.#resources.changeTo(resources)!)
    await this.#pool.start()
    await Promise.all(ports.map((port) => this.#pool.listen(listenMessage(port))))
  }

  /** `edge/http on 127.0.0.1:80`, for the line that tells of being ready. */
  describe(): string {
    return portsOf(this.#resources.all()).map(describePort).join(', ')
  }

  /** No new connections; resolves when the last has ended or at the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    this.#ports.closeAll()
    await this.#pool.drain(deadlineMs)
  }

  stop(): void {
    this.#pool.stop()
  }
}

function portsOf(resources: readonly ResourceUpsert[]): GatewayPort[] {
  return resources.flatMap((resource) => (resource.kind === 'GatewayPort' ? [resource.value] : []))
}

function describePort({ host, port, listeners }: GatewayPort): string {
  const names = listeners.map(({ name }) => name.split('/').slice(2).join('/'))
  return `${names.join(' and ')} on ${formatAddress(host, port)}`
}

/** What to tell of trouble with the whole. */
export function troubleText(error: unknown): string {
  return describeError(error)
}
