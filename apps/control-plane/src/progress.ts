import type { DeltaSubscription } from '@weft/discovery'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { NodeNotice } from './node-notices.ts'

/** How far one node is. */
export interface NodeProgress {
  readonly node: string
  readonly connected: boolean
  readonly revision: number
  readonly policyRevision: number
  /** Why it refused, '' when it did not, and which revision. */
  readonly error: string
  readonly refusedRevision: number
  readonly version: string
  readonly notices: readonly NodeNotice[]
}

/** Who is connected to one replica of the control plane. */
export interface ReplicaProgress {
  readonly nodes: readonly NodeProgress[]
  /** The policy service; null when it is not connected there. */
  readonly policy: NodeProgress | null
  /** What it offers. */
  readonly revision: number
}

interface ConnectedNode {
  readonly subscription: DeltaSubscription
  policyRevision: number
  notices: readonly NodeNotice[]
}

const nothingSaid = { policyRevision: 0, notices: [] }
const neverSeen = { ...nothingSaid, revision: 0, error: '', refusedRevision: 0, version: '', connected: false }

/** How far the nodes and the policy service are with what they were offered, and waiting for them. */
export class Progress {
  readonly #nodeNames: () => readonly string[]
  readonly #clock: Clock
  readonly #log: Logger
  readonly #nodes = new Map<string, ConnectedNode>()
  readonly #last = new Map<string, NodeProgress>()
  readonly #watchers = new Set<() => void>()
  readonly #listeners = new Set<() => void>()
  /** By replica. */
  readonly #others = new Map<string, ReplicaProgress>()
  #policy: DeltaSubscription | null = null

  /** `nodeNames` are those there are now. */
  constructor(nodeNames: () => readonly string[], clock: Clock, log: Logger) {
    this.#nodeNames = nodeNames
    this.#clock = clock
    this.#log = log
  }

  /** A subscriber said who it is. A node is one that wants workloads; who wants policies passes them on. */
  connected(subscription: DeltaSubscription): void {
    const { node, version, kinds } = subscription
    if (kinds.has('Workload')) this.#nodes.set(node, { subscription, ...nothingSaid })
    else if (kinds.has('AuthorizationPolicy')) this.#policy = subscription
    this.#log.info('connected', { node, version })
    this.#tell()
  }

  /** A subscriber acknowledged, refused or has gone. */
  changed(subscription: DeltaSubscription): void {
    if (subscription.isClosed) this.#disconnected(subscription)
    this.#tell()
  }

  /** A node said which policies are in force there, and what is wrong with it. */
  reported(subscription: DeltaSubscription, policyRevision: number, notices: readonly NodeNotice[]): void {
    const entry = this.#nodes.get(subscription.node)
    if (entry?.subscription === subscription) Object.assign(entry, { policyRevision, notices })
    this.#tell()
  }

  /** Every node there is, connected or not, to this replica or another. */
  all(): NodeProgress[] {
    return this.#all((node) => node)
  }

  /**
   * The same for people, at a moment when this replica offers `revision`. Replicas that know the same may have read it at
   * different revisions: who has all that its own replica offers is shown with what this one does.
   */
  shown(revision: number): NodeProgress[] {
    return this.#all((node, offered) => (node.revision >= offered ? { ...node, revision } : node))
  }

  #all(ofOther: (node: NodeProgress, offered: number) => NodeProgress): NodeProgress[] {
    const elsewhere = new Map<string, NodeProgress>()
    for (const { nodes, revision } of this.#others.values()) {
      for (const node of nodes) elsewhere.set(node.node, ofOther(node, revision))
    }
    return this.#nodeNames().map((node) => {
      const entry = this.#nodes.get(node)
      if (entry !== undefined) return progressOf(node, entry)
      return elsewhere.get(node) ?? { ...neverSeen, node, ...this.#last.get(node), connected: false }
    })
  }

  /** Who is connected to this replica. */
  here(): Omit<ReplicaProgress, 'revision'> {
    const policy = this.#policy === null ? null : progressOf('policy', { subscription: this.#policy, ...nothingSaid })
    return { nodes: [...this.#nodes].map(([node, entry]) => progressOf(node, entry)), policy }
  }

  /** What another replica says of those connected to it; null when it says nothing any more. */
  setOther(replica: string, progress: ReplicaProgress | null): void {
    if (progress === null) this.#others.delete(replica)
    else this.#others.set(replica, progress)
    this.#wake()
  }

  /** Calls `listener` when something about those connected here changed. The result stops it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Resolves when every connected node has this revision in force, policies too, or cannot get there because it was
   * refused; or at the deadline. The result says who is where, and of those that are behind why.
   */
  async wait(revision: number, timeoutMs: number): Promise<{ complete: boolean; agents: NodeProgress[] }> {
    const deadlineMs = this.#clock.nowMs() + timeoutMs
    const isThere = (node: NodeProgress): boolean => node.revision >= revision && node.policyRevision >= revision
    for (;;) {
      const agents = this.all().filter((node) => node.connected)
      if (agents.every(isThere)) return { complete: true, agents }
      const isSettled = agents.every((node) => isThere(node) || this.#isRefused(node, revision))
      if (isSettled || this.#clock.nowMs() >= deadlineMs) {
        return { complete: false, agents: agents.map((node) => ({ ...node, error: this.#whyBehind(node, revision) })) }
      }
      await this.#nextChange(deadlineMs)
    }
  }

  /** A refusal of an earlier change says nothing about this one. */
  #isRefused(node: NodeProgress, revision: number): boolean {
    if (node.revision < revision) return node.refusedRevision >= revision
    return (this.#policyProgress()?.refusedRevision ?? 0) >= revision
  }

  #whyBehind(node: NodeProgress, revision: number): string {
    if (node.revision < revision) {
      return node.error === '' ? `has not acknowledged revision ${revision} yet` : `refused: ${node.error}`
    }
    if (node.policyRevision >= revision) return ''
    const policy = this.#policyProgress()
    if (policy === null) return 'the policy service is not connected to the control plane'
    if (policy.error !== '') return `the policy service refused: ${policy.error}`
    return `has not reported the policies of revision ${revision} yet`
  }

  #disconnected(subscription: DeltaSubscription): void {
    const { node } = subscription
    const entry = this.#nodes.get(node)
    if (entry?.subscription === subscription) {
      this.#nodes.delete(node)
      this.#last.set(node, progressOf(node, entry))
      this.#forgetGone()
    } else if (this.#policy === subscription) this.#policy = null
    else return
    this.#log.warn('disconnected', { node })
  }

  /** What is known of nodes that are no more. */
  #forgetGone(): void {
    const names = new Set(this.#nodeNames())
    for (const node of this.#last.keys()) if (!names.has(node)) this.#last.delete(node)
  }

  /** The policy service, wherever one is connected. */
  #policyProgress(): Pick<NodeProgress, 'error' | 'refusedRevision'> | null {
    if (this.#policy !== null) return this.#policy
    for (const { policy } of this.#others.values()) if (policy !== null) return policy
    return null
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
    this.#wake()
  }

  #wake(): void {
    for (const watcher of [...this.#watchers]) watcher()
  }

  #nextChange(deadlineMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        timer.cancel()
        this.#watchers.delete(done)
        resolve()
      }
      const timer = this.#clock.after(deadlineMs - this.#clock.nowMs(), done)
      this.#watchers.add(done)
    })
  }
}

function progressOf(node: string, { subscription, policyRevision, notices }: ConnectedNode): NodeProgress {
  const { revision, error, refusedRevision, version } = subscription
  return { node, connected: true, revision, policyRevision, error, refusedRevision, version, notices }
}
