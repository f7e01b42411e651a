import { join } from 'node:path'
import { cgroup2Mount, EbpfCapture, loadAddon, type Addon } from '@weft/ebpf'
import { Failure } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { Workload } from '@weft/topology'
import type { DnsServer } from '../dns/index.ts'
import type { Capture, Destination, Enrolment } from './capture.ts'
import type { Listeners } from './proxy-capture.ts'
import { WorkloadListeners, type ListenerPorts } from './workload-listeners.ts'

export interface NodeCaptureOptions {
  readonly node: string
  /** Below the cgroup2 mount. */
  readonly cgroupRoot: string
  readonly pinDir: string
  readonly nodeAddresses: readonly string[]
  readonly ports: ListenerPorts
  /** Namespaces in which a bare name is looked for, asked by whoever shares the node's network. */
  readonly sharedNamespaces: () => readonly string[]
}

/**
 * Capture by eBPF: the node's hooks and listeners once, and for each workload its listeners, then its hooks, so that
 * nothing is steered to where nobody listens. What an earlier life of the agent left pinned is taken over.
 */
export class NodeCapture implements Capture {
  readonly mode = 'ebpf'
  readonly #options: NodeCaptureOptions
  readonly #addon: Addon
  readonly #kernel: EbpfCapture
  readonly #shared: WorkloadListeners
  readonly #own = new Map<string, WorkloadListeners>()
  readonly #makeListeners: (netnsPath: string, name: string) => WorkloadListeners
  readonly #log: Logger

  constructor(options: NodeCaptureOptions, pool: Listeners, dns: DnsServer, log: Logger) {
    const mount = cgroup2Mount()
    if (mount === null) throw new Failure('capture', 'cannot capture: no cgroup v2 hierarchy is mounted')
    this.#options = options
    this.#addon = loadAddon()
    this.#log = log
    const { ports, pinDir, cgroupRoot } = options
    this.#kernel = new EbpfCapture(
      {
        pinDir,
        agentCgroup: join(mount, cgroupRoot, 'agent'),
        workloadsCgroup: join(mount, cgroupRoot, 'workloads'),
        nodeNetnsPath: '/proc/self/ns/net',
        ports,
      },
      this.#addon,
    )
    this.#makeListeners = (netnsPath, name) =>
      new WorkloadListeners({ netnsPath, name, ports }, this.#addon, this.#kernel, pool, dns)
    this.#shared = this.#makeListeners('', 'node')
  }

  get mapsDir(): string {
    return this.#kernel.mapsDir
  }

  async start(): Promise<void> {
    const { how, hash } = await this.#kernel.prepare()
    this.#kernel.setNode({ addresses: this.#options.nodeAddresses })
    this.#kernel.attachAgent()
    await this.#shared.openCaller(this.#options.ports.dns, this.#options.sharedNamespaces)
    await this.#shared.openInbound('')
    this.#kernel.attachWorkloads()
    this.#log.info('capture is in place', { mode: this.mode, programs: how, hash })
    this.#dropStale()
  }

  async setDestinations(destinations: readonly Destination[]): Promise<void> {
    this.#kernel.setDestinations(destinations)
  }

  async enrol(workload: Workload): Promise<Enrolment> {
    const { uid, address, namespace, netnsPath } = workload
    const isOwn = workload.networkMode === 'own'
    if (isOwn && netnsPath === '')
      throw new Failure('capture', `workload ${uid} has a network of its own but names none`)
    const listeners = this.#makeListeners(isOwn ? netnsPath : '', uid)
    try {
      const dnsPort = await listeners.openCallerOf(isOwn, () => [namespace])
      if (isOwn) await listeners.openInbound(address)
      await listeners.openHbone(uid, address, workload.hbonePort)
      if (workload.publishPort > 0) await listeners.openPublish(uid, workload.publishPort)
      const cgroupId = this.#kernel.enrol({
        uid: kernelUid(uid),
        cgroupPath: this.#cgroupPath(workload),
        network: isOwn ? 'own' : 'shared',
        netnsPath,
        address,
        ports: workload.ports.map(({ port }) => port),
        dnsPort,
      })
      this.#own.set(uid, listeners)
      return { uid, cgroupId, proxySecret: '', environment: {} }
    } catch (error) {
      listeners.close()
      throw error
    }
  }

  async unenrol(uid: string): Promise<void> {
    this.#kernel.unenrol(kernelUid(uid))
    this.#own.get(uid)?.close()
    this.#own.delete(uid)
  }

  async readBack(): Promise<ReadonlyMap<string, string>> {
    const state = this.#kernel.readBack()
    const seen = new Map(state.workloads.map((workload) => [workload.uid, workload]))
    const missing = new Map<string, string>()
    for (const uid of this.#own.keys()) {
      const workload = seen.get(kernelUid(uid))
      if (workload === undefined) missing.set(uid, 'the kernel does not hold its cgroup')
      else if (!workload.isEnrolled) {
        const hooks = state.hooks.filter((hook) => !hook.isRunning).map((hook) => hook.program)
        missing.set(uid, `hooks are missing: ${hooks.join(', ') || 'of its network namespace'}`)
      } else if (!workload.hasHboneListener) missing.set(uid, 'its HBONE listener is gone')
      else missing.set(uid, '')
    }
    return missing
  }

  counters(): Readonly<Record<string, number>> {
    return this.#kernel.counters()
  }

  async stop(keepLinks: boolean): Promise<void> {
    for (const listeners of this.#own.values()) listeners.close()
    this.#shared.close()
    if (keepLinks) this.#kernel.close()
    else this.#kernel.detachAll()
  }

  #cgroupPath(workload: Workload): string {
    const { cgroupPath } = workload
    if (cgroupPath.startsWith('/sys/')) return cgroupPath
    return join(cgroup2Mount() ?? '', cgroupPath)
  }

  /** Workloads of an earlier life whose cgroup is gone; those that live on are enrolled again, or confined to the node. */
  #dropStale(): void {
    for (const workload of this.#kernel.readBack().workloads) {
      this.#log.info('held since before', { uid: workload.uid, address: workload.address })
    }
  }
}

/** The kernel keeps 63 octets of a uid; its end, which is the random part, tells workloads apart. */
function kernelUid(uid: string): string {
  return uid.length <= 63 ? uid : uid.slice(-63)
}
