import { loadAddon, type Addon } from '@weft/addon'
import { compilePrograms, counterNames, maximums, programs, UID_BYTES, type HookTarget } from '@weft/bpf'
import { assert, Failure } from '@weft/faults'
import { closeSync, existsSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type {
  CaptureCounters,
  CaptureListener,
  CaptureOptions,
  Destination,
  DiffCounts,
  KernelState,
  NodeFacts,
  PreparedPrograms,
  WorkloadEnrolment,
} from './capture.ts'
import {
  decodeU64,
  decodeWorkload,
  encodeAddress,
  encodeEndpoint,
  encodeListener,
  encodeSettings,
  encodeU32,
  encodeU64,
  encodeWorkload,
  sumPerCpu,
} from './entries.ts'
import { cgroupsBelow } from './cgroup.ts'
import { detachAt, detachCapture } from './detach.ts'
import { formerAgents, formerAgentsDir, movePin, removeEmptyFormer } from './former-agents.ts'
import { attachHook, detachHook, readHook, updateHook } from './hooks.ts'
import { KeySet } from './key-set.ts'
import {
  ensureBpffs,
  findGenerations,
  loadGeneration,
  mapsDirOf,
  programPin,
  removeGeneration,
  type Generation,
} from './loader.ts'
import { DirectPath } from './direct-path.ts'
import { closeMaps, countFlows, handOver, handOverLate, openMaps, type KernelMaps } from './maps.ts'
import { declarePorts, forgetPorts, setProbedPorts } from './port-table.ts'
import { readKernelState } from './read-back.ts'

const PRESENT = encodeU32(1)

/** What `prepare` opened. */
interface Loaded {
  readonly generation: Generation
  readonly maps: KernelMaps
  /** Of programs that `attachWorkloads` replaces: until then they go on recording who listens. */
  readonly superseded: KernelMaps[]
  readonly destinations: KeySet
  readonly nodeAddresses: KeySet
  readonly probers: KeySet
  readonly direct: DirectPath
}

/**
 * Capture of the workloads of one node by eBPF, as one object over the programs, maps and links in the kernel.
 *
 * Order: `prepare`, `setNode`, `setDestinations`, `setListener` for the node, `attachAgent`, `attachWorkloads`, then for
 * each workload `setListener` and `enrol`. Everything is pinned: it outlives this process, and a workload whose agent is
 * gone reaches loopback, DNS and its node only. All calls are idempotent; a restarted agent makes them again and unenrols
 * what {@link readBack} lists and nobody wants any more. One agent per `pinDir`.
 *
 * States: new → prepared → closed (by `close` or `detachAll`).
 * Faults: throws Failure, or the SystemError of the addon where a system call is refused.
 */
export class EbpfCapture {
  readonly #options: CaptureOptions
  readonly #addon: Addon
  /** By the id of the cgroup, of workloads of own networks that were enrolled in this life. */
  readonly #netnsPaths = new Map<bigint, string>()
  #loaded: Loaded | null = null

  constructor(options: CaptureOptions, addon: Addon = loadAddon()) {
    this.#options = options
    this.#addon = addon
  }

  /**
   * Compiles the programs where this has not been done yet, loads and pins them or finds them pinned, and writes what
   * they need to know of this node. Programs of another build are replaced: their entries are taken over, and hooks get
   * the new programs as they are attached again. Until then the old ones go on, on maps of their own.
   */
  async prepare(): Promise<PreparedPrograms> {
    const { pinDir, cacheDir, workloadsCgroup, nodeNetnsPath, ports } = this.#options
    ensureBpffs(this.#addon, pinDir)
    const compiled = await compilePrograms(cacheDir)
    const pinned = findGenerations(pinDir)
    const same = pinned.find(({ hash }) => hash === compiled.hash)
    const generation = same ?? (await loadGeneration(pinDir, compiled))
    const maps = openMaps(this.#addon, generation)
    const others = pinned.filter((other) => other !== same)
    const superseded = same === undefined ? others.map((other) => openMaps(this.#addon, other)) : []
    for (const old of superseded) handOver(old, maps)
    if (superseded.length > 0) countFlows(maps)
    // Until this life knows what may go without the agent nothing new does.
    for (const key of maps.direct_services.keys()) maps.direct_services.delete(key)
    const parent = workloadsCgroup === '' ? 0n : this.#addon.cgroupId(workloadsCgroup)
    const settings = encodeSettings(parent, this.#netnsCookie(nodeNetnsPath), ports)
    maps.settings.set(encodeU32(0), settings)
    for (const other of others) removeGeneration(other)
    this.#loaded = {
      generation,
      maps,
      superseded,
      destinations: new KeySet(maps.destinations, maximums.destinations),
      nodeAddresses: new KeySet(maps.node_addresses, maximums.nodeAddresses),
      probers: new KeySet(maps.probers, maximums.probers),
      direct: new DirectPath(this.#addon, maps, (cgroup) => this.#netnsPaths.get(cgroup) ?? null),
    }
    const how = same !== undefined ? 'reused' : others.length > 0 ? 'replaced' : 'loaded'
    return { hash: compiled.hash, how, gone: this.#dropGone() }
  }

  /** The node's own addresses, which workloads may always reach, and its probers. Replaces those of an earlier call. */
  setNode(facts: NodeFacts): DiffCounts {
    this.#opened().probers.replace((facts.probers ?? []).map(encodeAddress))
    return this.#opened().nodeAddresses.replace(facts.addresses.map(encodeAddress))
  }

  /** What is of the mesh: service and workload addresses. Replaces those of an earlier call; only changes are written. */
  setDestinations(destinations: readonly Destination[]): DiffCounts {
    return this.#opened().destinations.replace(destinations.map(encodeEndpoint))
  }

  /** Recognises a listening socket as the agent's. The kernel forgets it when its last descriptor closes. */
  setListener({ kind, fd, address }: CaptureListener): void {
    const maps = this.#opened().maps
    if (kind === 'outbound' || kind === 'dns') maps.agent_sockets.set(encodeU32(fd), PRESENT)
    else maps.listeners.set(encodeListener(kind, address), encodeU64(BigInt(fd)))
  }

  /**
   * From now on the agent's processes can read original destinations. Its listeners must be made after they joined; those
   * of an agent that was in another cgroup go on as well.
   */
  attachAgent(): void {
    this.#keepFormerAgents()
    this.#attachTarget('agent', this.#options.agentCgroup, (program) => this.#linkPin(program))
  }

  /**
   * From now on every process below the workloads' cgroup is held: captured when enrolled, else confined to the node.
   * Without such a cgroup there is nothing to hold yet.
   */
  attachWorkloads(): void {
    const { workloadsCgroup, nodeNetnsPath } = this.#options
    if (workloadsCgroup !== '') {
      this.#attachTarget('workloads', workloadsCgroup, (program) => this.#linkPin(program))
      this.#attachTarget('node', nodeNetnsPath, (program) => this.#linkPin(program))
    }
    const { superseded, maps } = this.#opened()
    for (const old of superseded.splice(0)) {
      handOverLate(old, maps)
      closeMaps(old)
    }
  }

  /**
   * Makes a cgroup a workload of the mesh. Inbound comes first: there is no moment at which the workload is reachable
   * around the agent. Returns the id of its cgroup, which `originalDestination` gives as `caller`.
   */
  enrol(workload: WorkloadEnrolment): bigint {
    const maps = this.#opened().maps
    const { uid, cgroupPath, network, netnsPath, address, ports, probedPorts = [], dnsPort = 0 } = workload
    if (uid === '' || Buffer.byteLength(uid) >= UID_BYTES)
      throw new Failure('workload_uid', `Cannot enrol workload "${uid}": expected 1 to ${UID_BYTES - 1} octets`)
    const cgroup = this.#addon.cgroupId(cgroupPath)
    this.unenrol(uid, cgroup) // its cgroup may be another one than last time
    try {
      if (network === 'own') this.#attachTarget('pod', netnsPath, () => this.#podPin(cgroup))
      else declarePorts(maps.ports, cgroup, address, ports)
      setProbedPorts(maps.probed_ports, address, probedPorts)
      maps.workloads.set(encodeU64(cgroup), encodeWorkload({ uid, address, network, dnsPort }))
      if (this.#hasOwnHooks) this.#attachTarget('workloads', cgroupPath, (program) => this.#ownPin(cgroup, program))
      if (network === 'own') this.#noteOwn(cgroup, netnsPath, address)
      return cgroup
    } catch (error) {
      this.#drop(cgroup, false)
      throw error
    }
  }

  /**
   * The workload's processes, if any are left, are confined to the node again, or free where no parent holds them.
   * `exceptCgroup` stays. Absent is fine.
   */
  unenrol(uid: string, exceptCgroup = 0n): void {
    const maps = this.#opened().maps
    for (const key of maps.workloads.keys()) {
      const value = maps.workloads.get(key)
      if (value === null || decodeWorkload(value).uid !== uid) continue
      const cgroup = decodeU64(key)
      if (cgroup === exceptCgroup) continue
      this.#drop(cgroup, false)
    }
  }

  /**
   * Confines the processes of a cgroup to their node before it is a workload; `enrol` takes it over. Only where each cgroup
   * has hooks of its own. Returns the id of the cgroup.
   */
  confine(cgroupPath: string): bigint {
    const cgroup = this.#addon.cgroupId(cgroupPath)
    if (this.#hasOwnHooks) this.#attachTarget('workloads', cgroupPath, (program) => this.#ownPin(cgroup, program))
    return cgroup
  }

  /** Undoes {@link confine} for a cgroup that has become no workload. Absent is fine. */
  release(cgroup: bigint): void {
    if (this.#opened().maps.workloads.get(encodeU64(cgroup)) === null) detachAt(this.#addon, this.#ownDir(cgroup))
  }

  /** What the kernel really has, read anew. */
  readBack(): KernelState {
    const { maps, generation } = this.#opened()
    const pins = {
      link: (program: string) => this.#linkPin(program),
      pod: (cgroup: bigint) => this.#podPin(cgroup),
      cgroup: (cgroup: bigint) => this.#ownDir(cgroup),
    }
    return readKernelState(this.#addon, this.#options, maps, pins, generation.hash)
  }

  /** The way without the agent. */
  get direct(): DirectPath {
    return this.#opened().direct
  }

  /** Where the maps are pinned, for {@link PortOwners} of the agent's other processes. */
  get mapsDir(): string {
    return mapsDirOf(this.#opened().generation)
  }

  /** Sums over all CPUs since the programs were loaded. */
  counters(): CaptureCounters {
    const { counters } = this.#opened().maps
    const values = counterNames.map((name, slot) => [
      name,
      sumPerCpu(counters.get(encodeU32(slot)) ?? new Uint8Array()),
    ])
    return Object.fromEntries(values) as CaptureCounters
  }

  /** Lets go of the kernel's objects; everything goes on without this process. */
  close(): void {
    if (this.#loaded !== null) for (const maps of [this.#loaded.maps, ...this.#loaded.superseded]) closeMaps(maps)
    this.#loaded = null
  }

  /** Ends capture: every hook, map and pin goes. Works without `prepare` too, on what a killed run left. */
  detachAll(): void {
    this.close()
    detachCapture(this.#addon, this.#options.pinDir)
  }

  #opened(): Loaded {
    assert(this.#loaded !== null, 'capture used before prepare or after close')
    return this.#loaded
  }

  /** A cgroup that is gone has no processes and its id is never used again. Who was only confined is judged anew. */
  #dropGone(): string[] {
    const { maps } = this.#opened()
    const alive = this.#aliveCgroups()
    const gone: string[] = []
    for (const key of maps.workloads.keys()) {
      const value = maps.workloads.get(key)
      if (value === null || alive.has(decodeU64(key))) continue
      gone.push(decodeWorkload(value).uid)
      this.#drop(decodeU64(key), true)
    }
    const isKnown = (id: bigint): boolean => maps.workloads.get(encodeU64(id)) !== null
    for (const id of this.#ownHookDirs()) if (!alive.has(id) || !isKnown(id)) detachAt(this.#addon, this.#ownDir(id))
    return gone
  }

  /** The kernel takes a link off its cgroup when that ends, so a link that holds something tells that it lives. */
  #aliveCgroups(): Set<bigint> {
    const { workloadsCgroup } = this.#options
    if (!this.#hasOwnHooks) return new Set(cgroupsBelow(workloadsCgroup).map((path) => this.#addon.cgroupId(path)))
    const isAlive = (id: bigint): boolean =>
      programs.some(({ name }) => readHook(this.#addon, this.#ownPin(id, name))?.cgroup === id)
    return new Set(this.#ownHookDirs().filter(isAlive))
  }

  #ownHookDirs(): bigint[] {
    const dir = join(this.#options.pinDir, 'cgroups')
    return existsSync(dir) ? readdirSync(dir).map(BigInt) : []
  }

  /** What calls out is let go first: at no moment would a living program be refused for not being known. */
  #drop(cgroup: bigint, isGone: boolean): void {
    const { maps, direct } = this.#opened()
    const value = maps.workloads.get(encodeU64(cgroup))
    if (value !== null) direct.forget(cgroup, decodeWorkload(value).address, isGone)
    this.#netnsPaths.delete(cgroup)
    detachAt(this.#addon, this.#ownDir(cgroup))
    if (value !== null) setProbedPorts(maps.probed_ports, decodeWorkload(value).address, [])
    maps.workloads.delete(encodeU64(cgroup))
    forgetPorts(maps.ports, cgroup, isGone)
    detachHook(this.#addon, this.#podPin(cgroup))
  }

  /** Looks at who listens there once the hooks stand, so that nobody is missed who begins meanwhile. */
  #noteOwn(cgroup: bigint, netnsPath: string, address: string): void {
    const { outbound, inbound, hbone, dns } = this.#options.ports
    this.#netnsPaths.set(cgroup, netnsPath)
    const { direct } = this.#opened()
    if (direct.unavailable === '') direct.noteListening(cgroup, address, netnsPath, [outbound, inbound, hbone, dns])
  }

  #attachTarget(target: HookTarget, path: string, pinOf: (program: string) => string): void {
    const { generation } = this.#opened()
    const targetFd = openSync(path, 'r')
    try {
      for (const row of programs.filter((program) => program.target === target)) {
        const program = this.#addon.objectGet(programPin(generation, row.name))
        try {
          attachHook(this.#addon, pinOf(row.name), program, targetFd, row.attachType)
        } finally {
          this.#addon.closeFd(program)
        }
      }
    } finally {
      closeSync(targetFd)
    }
  }

  /**
   * A socket belongs to the cgroup that it was made in, and hooks of that run for it also when the cgroup is gone. So
   * listeners taken over from another cgroup need its links until the last of them closes: then the kernel ends these.
   */
  #keepFormerAgents(): void {
    const { agentCgroup, pinDir } = this.#options
    const { generation } = this.#opened()
    const own = this.#addon.cgroupId(agentCgroup)
    for (const { name } of programs.filter(({ target }) => target === 'agent')) {
      const held = readHook(this.#addon, this.#linkPin(name))?.cgroup ?? 0n
      if (held !== 0n && held !== own) movePin(this.#linkPin(name), this.#formerPin(held, name))
      // An agent that comes back to its own cgroup must not stand there twice.
      if (held !== own && existsSync(this.#formerPin(own, name)))
        movePin(this.#formerPin(own, name), this.#linkPin(name))
      const program = this.#addon.objectGet(programPin(generation, name))
      try {
        for (const id of formerAgents(pinDir)) updateHook(this.#addon, this.#formerPin(id, name), program)
      } finally {
        this.#addon.closeFd(program)
      }
    }
    removeEmptyFormer(pinDir)
  }

  #netnsCookie(path: string): bigint {
    const netns = this.#addon.openNetns(path)
    try {
      return this.#addon.netnsCookie(netns)
    } finally {
      this.#addon.closeFd(netns)
    }
  }

  #linkPin(program: string): string {
    return join(this.#options.pinDir, 'links', program)
  }

  #formerPin(cgroup: bigint, program: string): string {
    return join(formerAgentsDir(this.#options.pinDir), String(cgroup), program)
  }

  get #hasOwnHooks(): boolean {
    return this.#options.workloadsCgroup === ''
  }

  #ownPin(cgroup: bigint, program: string): string {
    return join(this.#ownDir(cgroup), program)
  }

  #ownDir(cgroup: bigint): string {
    return join(this.#options.pinDir, 'cgroups', String(cgroup))
  }

  #podPin(cgroup: bigint): string {
    return join(this.#options.pinDir, 'pods', String(cgroup))
  }
}
