import { join } from 'node:path'
import { type Namespace, type Pod, trimNamespace, trimPod } from '@weft/cluster'
import { fdOf, loadAddon, pluginProgram, processesIn } from '@weft/ebpf'
import { describeError } from '@weft/faults'
import { Informer, type KubernetesClient, resourcePath } from '@weft/kubernetes'
import type { Component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random, Timer } from '@weft/time'
import type { Workload } from '@weft/topology'
import type { EnrolmentState } from '../capture/capture.ts'
import type { KeptFile, NodeNotice } from '../discovery/node-notices.ts'
import { CniChain } from './cni-chain.ts'
import { FirstLists } from './first-lists.ts'
import { CniServer } from './cni-server.ts'
import { LocalPods } from './local-pods.ts'
import { nodeAddresses, type KubernetesNodeOptions } from './node-facts.ts'
import { NamespacesFile } from './namespaces-file.ts'
import { CONFIG_HASH_ANNOTATION, PodCgroups } from './pod-cgroups.ts'
import { PodNamespaces } from './pod-namespaces.ts'
import { PodStarts } from './pod-starts.ts'
import { RememberedPods } from './remembered-pods.ts'

const PODS_MAX = 10_000

export interface KubernetesNodeOutputs {
  /** Pods came, went or changed. */
  readonly onChange: () => void
  readonly enrol: (workload: Workload) => Promise<string>
  readonly states: () => readonly EnrolmentState[]
  /** Refuses what programs of a cgroup send until it is captured, or let go. */
  readonly confine: (cgroupPath: string) => void
  readonly release: (cgroupPath: string) => void
  readonly onEnrolled: (tookMs: number) => void
  /** Addresses of the node, now and whenever they change. */
  readonly onAddresses: (addresses: readonly string[]) => void
}

const ADDRESSES_EVERY_MS = 10_000
/** How long the API server may take to tell of the pods before those known from before are taken up. */
const LIST_PATIENCE_MS = 3_000

/**
 * The node as Kubernetes runs it: follows the pods of this node and the namespaces, knows which of them are to be in the
 * mesh, and answers the CNI plugin.
 */
export class KubernetesNode implements Component {
  readonly local: LocalPods
  readonly #lists: FirstLists
  readonly #informers: Pick<Informer, 'start' | 'stop'>[]
  readonly #file: NamespacesFile
  readonly #server: CniServer
  readonly #outputs: KubernetesNodeOutputs
  readonly #makeChain: (pluginPath: string) => CniChain
  #chain: CniChain | null = null
  readonly #clock: Clock
  #addresses = ''
  #timer: Timer | null = null
  readonly #remembered: RememberedPods
  readonly #spaces: PodNamespaces
  readonly #log: Logger
  #failure = ''
  #isRestored = false
  #isListed = false
  #isRefreshing = false
  #isUninstalled = false

  constructor(
    options: KubernetesNodeOptions,
    client: KubernetesClient,
    outputs: KubernetesNodeOutputs,
    clock: Clock,
    random: Random,
    log: Logger,
  ) {
    this.#outputs = outputs
    this.#clock = clock
    this.#log = log
    const addon = loadAddon()
    const spaces = new PodNamespaces(addon)
    this.#spaces = spaces
    const cgroups = new PodCgroups(options.cgroupMount)
    const pods = new Informer<Pod>(
      {
        client,
        path: resourcePath('v1', 'pods'),
        fieldSelector: `spec.nodeName=${options.node}`,
        keep: keepPod,
        objectsMax: PODS_MAX,
      },
      clock,
      random,
      log.child('pods'),
    )
    const namespaces = new Informer<Namespace>(
      { client, path: resourcePath('v1', 'namespaces'), keep: trimNamespace },
      clock,
      random,
      log.child('namespaces'),
    )
    this.#informers = [pods, namespaces]
    if (options.daemonSet !== '') {
      const daemonSets = new Informer(
        {
          client,
          path: resourcePath('apps/v1', 'daemonsets', options.meshNamespace),
          fieldSelector: `metadata.name=${options.daemonSet}`,
          keep: trimNamespace,
        },
        clock,
        random,
        log.child('daemonset'),
      )
      daemonSets.onChange((_, object) => {
        this.#isUninstalled = object === null || object.metadata.deletionTimestamp !== undefined
      })
      this.#informers.push(daemonSets)
    }
    const lists = (): Promise<unknown> => Promise.all(this.#informers.map((informer) => informer.start()))
    this.#lists = new FirstLists(lists, LIST_PATIENCE_MS, clock)
    this.#file = new NamespacesFile(options.namespacesFile, log)
    this.#remembered = new RememberedPods(join(options.stateDir, 'pods.json'), { pods, namespaces }, log)
    this.local = new LocalPods(
      options.meshNamespace,
      this.#remembered,
      {
        cgroupOf: (uids) => cgroups.find(uids),
        namespaceOf: (path, address) => spaces.ofCgroup(path, address),
        isAlive: (path) => processesIn(path).length > 0,
        isUnasked: () => this.#chain === null || this.#chain.trouble !== '',
        confine: outputs.confine,
        release: outputs.release,
      },
      () => this.#changed(),
      clock,
      log.child('pods'),
    )
    const starts = new PodStarts(
      {
        local: this.local,
        pods,
        fetchPod: (namespace, name) => client.get<Pod>(resourcePath('v1', 'pods', namespace, name)),
        takeNamespace: (pid, fd) => spaces.ofDescriptor(pid, fd),
        enrol: outputs.enrol,
        lacks: ({ uid }) => this.#lacks(uid),
        onEnrolled: outputs.onEnrolled,
      },
      clock,
      log.child('cni'),
    )
    const peerOf = (socket: Parameters<typeof fdOf>[0]): [number, number] => addon.peerCredentials(fdOf(socket))
    this.#server = new CniServer(
      options.cniSocket,
      peerOf,
      (request, pid) => starts.answer(request, pid),
      clock,
      log.child('cni'),
    )
    const { cniConfigDir: configDir, cniBinaryDir: binaryDir, cniSocket: socket, namespacesFile } = options
    const entry = { socket, namespaces: namespacesFile }
    this.#makeChain = (pluginPath) => new CniChain({ configDir, binaryDir, pluginPath, entry }, clock, log.child('cni'))
    for (const informer of [pods, namespaces]) informer.onChange(() => this.#refreshSoon())
  }

  /**
   * Asks for the pods of the node, also ahead of `start`, while another agent may still serve them, and tells from where the
   * node probes them. Resolves with true when the API server has told of them, with false when it has not for a while.
   */
  async look(): Promise<boolean> {
    this.#lookAtAddresses()
    return this.#lists.look()
  }

  /**
   * Resolves when the pods of the node are known: by the API server, or, where that is away, as they were known before.
   * CNI asks us only once the API server has told of them; until then the plugin finds nobody.
   */
  async start(): Promise<void> {
    const listed = this.#list()
    listed.catch((error: unknown) => (this.#failure = describeError(error)))
    if ((await this.look()) || !this.#remembered.restore()) return listed
    this.#log.warn('the API server does not tell of the pods of this node; those known before are taken up')
    this.#isRestored = true
    this.#begin()
  }

  async #list(): Promise<void> {
    await this.#lists.whole()
    this.#remembered.forget()
    this.#isListed = true
    this.#begin()
    await this.#server.start()
    this.#chain = this.#makeChain(await pluginProgram.compile())
    this.#chain.start()
  }

  #begin(): void {
    this.#lookAtAddresses()
    this.local.refresh()
  }

  /** The CNI plugin stays chained, so that pods of the mesh wait for the next agent; unless there will be none. */
  async drain(): Promise<void> {
    this.#server.stop()
    if (this.#isUninstalled) this.#chain?.remove()
  }

  stop(): void {
    this.#timer?.cancel()
    this.#server.stop()
    this.#chain?.stop()
    for (const informer of this.#informers) informer.stop()
    this.local.stop()
    this.#spaces.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  /** Whether the pods of this node are known. */
  get isKnown(): boolean {
    return this.#isListed || this.#isRestored
  }

  /** Whether the DaemonSet is gone: no agent comes after this one. */
  get isUninstalled(): boolean {
    return this.#isUninstalled
  }

  /** What keeps pods from starting inside the mesh, '' for nothing. */
  get trouble(): string {
    if (this.#failure !== '') return `cannot follow the pods of this node: ${this.#failure}`
    if (!this.#isListed) return 'the API server has not told of the pods of this node yet'
    return this.#chain === null ? 'the CNI plugin is not installed yet' : this.#chain.trouble || this.#file.trouble
  }

  /** Files that are kept for a restart. */
  get files(): readonly KeptFile[] {
    return [this.#file, this.#remembered]
  }

  /** What hinders the CNI plugin, and others beside it. */
  notices(): NodeNotice[] {
    const { trouble = '', others = '' } = this.#chain ?? {}
    return [
      ...(trouble === '' ? [] : [{ id: 'cni' as const, text: trouble }]),
      ...(others === '' ? [] : [{ id: 'cni-plugins' as const, text: others }]),
    ]
  }

  /** Pods that something says are of the mesh and that `states` don't tell of, as states of enrolment. */
  outside(states: readonly EnrolmentState[]): EnrolmentState[] {
    const known = new Set(states.map(({ uid }) => uid))
    const outside = this.local.outside().filter(({ uid }) => !known.has(uid))
    return outside.map(({ uid, reason }) => ({ uid, enrolled: false, reason, environment: {} }))
  }

  /** A network plugin may bring an interface with the first pod. */
  #lookAtAddresses(): void {
    const addresses = nodeAddresses()
    if (addresses.join() !== this.#addresses) this.#outputs.onAddresses(addresses)
    this.#addresses = addresses.join()
    this.#timer?.cancel()
    this.#timer = this.#clock.after(ADDRESSES_EVERY_MS, () => this.#lookAtAddresses())
  }

  #changed(): void {
    if (this.#isListed) {
      this.#file.write(this.local.namespaces())
      this.#remembered.save(this.local.pods())
    }
    this.#outputs.onChange()
  }

  /** A burst of events is one change. */
  #refreshSoon(): void {
    if (this.#isListed && !this.#isRefreshing)
      setImmediate(() => {
        this.#isRefreshing = false
        this.local.refresh()
      })
    this.#isRefreshing = this.#isListed
  }

  #lacks(uid: string): string | null {
    return this.#outputs.states().find((state) => state.uid === uid)?.reason ?? null
  }
}

function keepPod(pod: Pod): Pod {
  const kept = trimPod(pod)
  const hash = pod.metadata.annotations?.[CONFIG_HASH_ANNOTATION]
  if (hash === undefined) return kept
  const annotations = { ...kept.metadata.annotations, [CONFIG_HASH_ANNOTATION]: hash }
  return { ...kept, metadata: { ...kept.metadata, annotations } }
}
