import { Failure } from '@weft/faults'
import { nearest } from '@weft/config'
import { type AppProtocol, type NetworkMode, type Workload, workloadDefaults } from '@weft/topology'
import type { Random } from '@weft/time'
import type { AddressRange } from './address-range.ts'
import type { Enrolment, EnrolmentReport, Inventory } from './inventory.ts'
import type { NodeSpec } from './node-spec.ts'

/** What a program says that it wants to be. Checked before: see register-request.ts. */
export interface Registration {
  /** That it was given before, to be the same again after its stream was lost; '' for a new one. */
  readonly uid: string
  readonly namespace: string
  readonly service: string
  readonly serviceAccount: string
  readonly node: string
  readonly ports: readonly number[]
  readonly protocol: AppProtocol
  readonly labels: Readonly<Record<string, string>>
  readonly networkMode: NetworkMode
  readonly allowPlaintext: boolean
  readonly publishPort: number
}

interface Entry {
  workload: Workload
  enrolment: Enrolment
  /** Nobody holds its registration: it is from before a restart, or its stream was lost. */
  isOrphan: boolean
}

const HBONE_PORT = 15008
const WORKLOADS_PER_NODE_MAX = 250

/**
 * The workloads that run now, each for as long as its registration lasts. After a restart those that ran before are known
 * as orphans, so that nothing changes for traffic, until they register again or are given up.
 *
 * States of a workload: starting → ready (its node says that the kernel captures it) → draining → gone.
 */
export class WorkloadRegistry implements Inventory {
  readonly #nodes: ReadonlyMap<string, NodeSpec>
  readonly #random: Random
  readonly #entries = new Map<string, Entry>()
  /** Next index to try per range, so that an address is not given again at once. */
  readonly #next = new Map<string, number>()
  readonly #listeners = new Set<(uid: string) => void>()

  constructor(nodes: readonly NodeSpec[], random: Random) {
    this.#nodes = new Map(nodes.map((node) => [node.name, node]))
    this.#random = random
  }

  get nodes(): readonly NodeSpec[] {
    return [...this.#nodes.values()]
  }

  get revision(): number {
    return 0
  }

  get registrar(): WorkloadRegistry {
    return this
  }

  services(): null {
    return null
  }

  problemsOf(): readonly string[] {
    return []
  }

  workloads(): Workload[] {
    return [...this.#entries.values()].map((entry) => entry.workload)
  }

  get(uid: string): Workload | null {
    return this.#entries.get(uid)?.workload ?? null
  }

  enrolmentOf(uid: string): Enrolment | null {
    return this.#entries.get(uid)?.enrolment ?? null
  }

  /** Faults: Failure `unknown_node`, `network`, `exhausted`. */
  register(wanted: Registration): Workload {
    if (wanted.uid !== '') return this.#adopt(wanted)
    const node = this.#nodes.get(wanted.node)
    if (node === undefined) {
      const names = [...this.#nodes.keys()]
      throw new Failure(
        'unknown_node',
        `node: found ${JSON.stringify(wanted.node)}${nearest(wanted.node, names)}, expected one of ${names.join(', ')}`,
      )
    }
    const range = wanted.networkMode === 'own' ? node.own : node.shared
    if (range === null) {
      throw new Failure(
        'network',
        `network_mode: found own, but node ${node.name} cannot make networks; expected shared or proxied`,
      )
    }
    const address = this.#freeAddress(range)
    const { uid, name } = this.#freeName(wanted)
    const workload: Workload = {
      ...workloadDefaults,
      uid,
      namespace: wanted.namespace,
      name,
      serviceAccount: wanted.serviceAccount,
      // Services choose by label: a program without ports, such as a client run as `web`, must not be sent web's calls.
      labels: { ...(wanted.ports.length > 0 ? { app: wanted.service } : {}), ...wanted.labels },
      node: node.name,
      address,
      hbonePort: HBONE_PORT,
      ports: wanted.ports.map((port) => ({ port, protocol: wanted.protocol, name: '' })),
      networkMode: wanted.networkMode,
      cgroupPath: '',
      netnsPath: '',
      allowPlaintext: wanted.allowPlaintext,
      publishPort: wanted.publishPort,
      state: 'starting',
    }
    const enrolment = { enrolled: false, reason: 'its program is not attached yet', environment: {} }
    this.#entries.set(workload.uid, { workload, enrolment, isOrphan: false })
    this.#changed(workload.uid)
    return workload
  }

  /** Takes in what ran before a restart, as it was. */
  restore(workloads: readonly Workload[]): void {
    const enrolment = {
      enrolled: false,
      reason: 'its node has not reported since the control plane started',
      environment: {},
    }
    for (const workload of workloads) {
      if (this.#nodes.has(workload.node)) this.#entries.set(workload.uid, { workload, enrolment, isOrphan: true })
    }
  }

  /** Its stream is lost, which says nothing about the program: it may register again. */
  orphan(uid: string): void {
    const entry = this.#entries.get(uid)
    if (entry !== undefined) entry.isOrphan = true
  }

  /** Gives up a workload that nobody registered again. */
  removeOrphan(uid: string): void {
    if (this.#entries.get(uid)?.isOrphan) this.remove(uid)
  }

  /** Nobody holds its stream at this moment. */
  isOrphan(uid: string): boolean {
    return this.#entries.get(uid)?.isOrphan === true
  }

  orphans(): string[] {
    return [...this.#entries].flatMap(([uid, entry]) => (entry.isOrphan ? [uid] : []))
  }

  /** Its cgroup and network exist now. */
  attach(uid: string, cgroupPath: string, netnsPath: string): void {
    this.#update(uid, { cgroupPath, netnsPath })
  }

  /** What its node reports. A workload that was captured and is not any more is given no new work. */
  enrol(uid: string, node: string, enrolment: Enrolment): void {
    const entry = this.#entries.get(uid)
    if (entry === undefined || entry.workload.node !== node) return
    entry.enrolment = enrolment
    if (entry.workload.state !== 'draining') this.#update(uid, { state: enrolment.enrolled ? 'ready' : 'starting' })
    else this.#changed(uid)
  }

  report(node: string, reports: readonly EnrolmentReport[]): void {
    for (const { uid, ...enrolment } of reports) this.enrol(uid, node, enrolment)
  }

  /** It gets no new work from now on. */
  drain(uid: string): void {
    if (this.#entries.has(uid)) this.#update(uid, { state: 'draining' })
  }

  remove(uid: string): void {
    if (this.#entries.delete(uid)) this.#changed(uid)
  }

  /** Whether a workload of this node has this identity, be it as `ingress` of one that is published. */
  mayHold(node: string, namespace: string, serviceAccount: string): boolean {
    for (const { workload } of this.#entries.values()) {
      if (workload.node !== node || workload.namespace !== namespace) continue
      if (workload.serviceAccount === serviceAccount) return true
      if (serviceAccount === 'ingress' && workload.publishPort > 0) return true
    }
    return false
  }

  /** Calls `listener` with the uid of each workload that changed or went. The result stops it. */
  watch(listener: (uid: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #adopt(wanted: Registration): Workload {
    const entry = this.#entries.get(wanted.uid)
    if (entry === undefined || !entry.isOrphan || entry.workload.node !== wanted.node) {
      const found = entry === undefined ? 'none is known' : 'it is registered already, or on another node'
      throw new Failure(
        'unknown_workload',
        `cannot resume workload ${wanted.uid}: ${found}; expected one whose stream was lost`,
      )
    }
    entry.isOrphan = false
    return entry.workload
  }

  #update(uid: string, change: Partial<Workload>): void {
    const entry = this.#entries.get(uid)
    if (entry === undefined) throw new Failure('unknown_workload', `no workload ${uid} is registered`)
    entry.workload = { ...entry.workload, ...change }
    this.#changed(uid)
  }

  #changed(uid: string): void {
    for (const listener of this.#listeners) listener(uid)
  }

  #freeName({ node, namespace, service }: Registration): { uid: string; name: string } {
    for (;;) {
      const id = Math.floor(this.#random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0')
      const name = `${service}-${id}`
      const uid = `${node}/${namespace}/${name}`
      if (!this.#entries.has(uid)) return { uid, name }
    }
  }

  /** Indices 1 to 250: the first and the last address of a range stay free, as networks have it. */
  #freeAddress(range: AddressRange): string {
    const taken = new Set<string>()
    for (const { workload } of this.#entries.values()) taken.add(workload.address)
    const count = Math.min(range.size - 2, WORKLOADS_PER_NODE_MAX)
    const start = this.#next.get(range.text) ?? 0
    for (let step = 0; step < count; step++) {
      const index = 1 + ((start + step) % count)
      const address = range.at(index)
      if (taken.has(address)) continue
      this.#next.set(range.text, (start + step + 1) % count)
      return address
    }
    throw new Failure(
      'exhausted',
      `no address is free in ${range.text}: ${count} workloads run there, the most it holds`,
    )
  }
}
