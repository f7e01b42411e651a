import { join } from 'node:path'
import { cgroup2Mount, type DirectPath, EbpfCapture, loadAddon, type Addon, type WorkloadState } from '@weft/ebpf'
import { Failure } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { Workload } from '@weft/topology'
import type { DescriptorStore } from '../descriptors/descriptor-store.ts'
import type { DnsServer } from '../dns/index.ts'
import type { Capture, Destination, Enrolment } from './capture.ts'
import type { Listeners } from './proxy-capture.ts'
import { WorkloadListeners, type ListenerPorts } from './workload-listeners.ts'

export interface NodeCaptureOptions {
  readonly agentCgroup: string
  /** '' where each workload is hooked by itself and none shares the node's network, as on Kubernetes. */
  readonly workloadsCgroup: string
  readonly pinDir: string
  readonly nodeAddresses: readonly string[]
  readonly ports: ListenerPorts
  /** Namespaces in which a bare name is looked for, asked by whoever shares the node's network. */
  readonly sharedNamespaces: () => readonly string[]
}

export type HeldWorkload = Pick<WorkloadState, 'uid' | 'address' | 'cgroup'>

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
  /** Ids of cgroups that are no workloads yet, by their path. */
  readonly #confined = new Map<string, bigint>()
  /** That the kernel has. */
  #destinations: readonly Destination[] | null = null
  readonly #makeListeners: (netnsPath: string, name: string) => WorkloadListeners
  readonly #log: Logger
  #probers: readonly string[] = []
  #isPrepared = false

  /** Without `dns` workloads ask the name servers that they know. */
  constructor(
    options: NodeCaptureOptions,
    pool: Listeners,
    dns: DnsServer | null,
    store: DescriptorStore,
    log: Logger,
  ) {
    this.#options = options
    this.#addon = loadAddon()
    this.#log = log
    const { pinDir, agentCgroup, workloadsCgroup } = options
    const ports = dns === null ? { ...options.ports, dns: 0 } : options.ports
    this.#kernel = new EbpfCapture(
      {
        pinDir,
        agentCgroup,
        workloadsCgroup,
        nodeNetnsPath: '/proc/self/ns/net',
        ports,
      },
      this.#addon,
    )
    this.#makeListeners = (netnsPath, name) =>
      new WorkloadListeners({ netnsPath, name, ports }, this.#addon, this.#kernel, pool, dns, store)
    this.#shared = this.#makeListeners('', 'node')
  }

  get mapsDir(): string {
    return this.#kernel.mapsDir
  }

  /** The kernel's way without the agent; null before `start`. */
  get direct(): DirectPath | null {
    return this.#isPrepared ? this.#kernel.direct : null
  }

  async start(): Promise<void> {
    const { how, hash } = await this.#kernel.prepare()
    this.#isPrepared = true
    this.#setNode()
    this.#kernel.attachAgent()
    if (this.#options.workloadsCgroup !== '') {
      await this.#shared.openCaller(this.#options.ports.dns, this.#options.sharedNamespaces)
      await this.#shared.openInbound([''])
    }
    this.#kernel.attachWorkloads()
    this.#log.info('capture is in place', { mode: this.mode, programs: how, hash })
    this.#tellHeld()
  }

  /** Addresses from which this node asks its workloads how they are; in force from `start` on. */
  setProbers(probers: readonly string[]): void {
    this.#probers = probers
    if (this.#isPrepared) this.#setNode()
  }

  #setNode(): void {
    this.#kernel.setNode({ addresses: this.#options.nodeAddresses, probers: this.#probers })
  }

  async setDestinations(destinations: readonly Destination[]): Promise<void> {
    if (destinations === this.#destinations) return
    this.#kernel.setDestinations(destinations)
    this.#destinations = destinations
  }

  async enrol(workload: Workload): Promise<Enrolment> {
    const { uid, address, address6, namespace, netnsPath } = workload
    const isOwn = workload.networkMode === 'own'
    if (isOwn && netnsPath === '')
      throw new Failure('capture', `workload ${uid} has a network of its own but names none`)
    const listeners = this.#makeListeners(isOwn ? netnsPath : '', uid)
    this.#own.get(uid)?.close()
    try {
      // Beside each other: a pod waits for this when it starts.
      const [dnsPort] = await allSettled([
        listeners.openCallerOf(isOwn, () => [namespace]),
        isOwn ? listeners.openInbound([address, address6].filter((one) => one !== '')) : null,
        listeners.openHbone(uid, address, workload.hbonePort),
      ])
      if (workload.publishPort > 0) await listeners.openPublish(uid, workload.publishPort)
      const cgroupId = this.#kernel.enrol({
        uid: kernelUid(uid),
        cgroupPath: this.#cgroupPath(workload),
        network: isOwn ? 'own' : 'shared',
        netnsPath,
        address,
        ports: workload.ports.map(({ port }) => port),
        probedPorts: isOwn ? workload.probes.filter(({ type }) => type === 'tcp').map(({ port }) => port) : [],
        dnsPort,
      })
      this.#own.set(uid, listeners)
      this.#confined.delete(workload.cgroupPath)
      return { uid, cgroupId, proxySecret: '', environment: {} }
    } catch (error) {
      listeners.close()
      // What was taken off its cgroup with the rest goes back.
      if (this.#confined.has(workload.cgroupPath)) this.confine(workload.cgroupPath)
      throw error
    }
  }

  /** Programs of the cgroup reach loopback, name servers and their node alone until it is enrolled, or released. */
  confine(cgroupPath: string): void {
    this.#confined.set(cgroupPath, this.#kernel.confine(cgroupPath))
  }

  /** A cgroup that was confined is let go; one that was enrolled meanwhile is not touched. */
  release(cgroupPath: string): void {
    const cgroup = this.#confined.get(cgroupPath)
    this.#confined.delete(cgroupPath)
    if (cgroup !== undefined) this.#kernel.release(cgroup)
  }

  async unenrol(uid: string): Promise<void> {
    this.#kernel.unenrol(kernelUid(uid))
    this.#own.get(uid)?.close()
    this.#own.delete(uid)
  }

  /** What the kernel holds, also from an earlier life of the agent; a uid may be cut at its beginning. */
  held(): readonly HeldWorkload[] {
    return this.#kernel.readBack().workloads
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
        const names = [...hooks, ...workload.missingHooks].join(', ')
        missing.set(uid, `hooks are missing: ${names || 'of its network namespace'}`)
      } else if (!workload.hasHboneListener) missing.set(uid, 'its HBONE listener is gone')
      else missing.set(uid, '')
    }
    return missing
  }

  counters(): Readonly<Record<string, number>> {
    return this.#kernel.counters()
  }

  async stop(keepLinks: boolean): Promise<void> {
    this.#isPrepared = false
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

  #tellHeld(): void {
    for (const { uid, address } of this.held()) this.#log.info('held since before', { uid, address })
  }
}

/** Waits for all, also when one fails, so that nothing is opened behind the back of who cleans up. */
async function allSettled<T>(work: readonly [Promise<T>, ...unknown[]]): Promise<[T, ...unknown[]]> {
  const results = await Promise.allSettled(work)
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as [T, ...unknown[]]
}

/** The kernel keeps 63 octets of a uid; its end, which is the random part, tells workloads apart. */
export function kernelUid(uid: string): string {
  return uid.length <= 63 ? uid : uid.slice(-63)
}
