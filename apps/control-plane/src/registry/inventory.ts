import type { MeshNode, Service, Workload } from '@weft/topology'
import type { WorkloadRegistry } from './workload-registry.ts'

/** How it stands with a workload at its node. */
export interface Enrolment {
  readonly enrolled: boolean
  /** Why not; '' when it is. */
  readonly reason: string
  readonly environment: Readonly<Record<string, string>>
  /** Whether anything asks for it to be in the mesh; yes when absent. */
  readonly isAsked?: boolean
}

/** What a node says of one of its workloads. */
export interface EnrolmentReport extends Enrolment {
  readonly uid: string
}

/**
 * What runs, and what it answers to, wherever that is known from: programs that registered (workload-registry.ts) or the
 * pods of a cluster (kubernetes/cluster-inventory.ts).
 *
 * Values are immutable: what has not changed is the same object as before.
 */
export interface Inventory {
  readonly nodes: readonly MeshNode[]
  /** Newest state of the source that is known; 0 where what runs has no versions. */
  readonly revision: number
  /** Where programs register; null where nobody does. */
  readonly registrar: WorkloadRegistry | null
  workloads(): readonly Workload[]
  get(uid: string): Workload | null
  /** All services, where the source has them; null where they are stored resources and what follows from workloads. */
  services(): readonly Service[] | null
  enrolmentOf(uid: string): Enrolment | null
  /** What of the objects that belong to a service can't be used, and why. */
  problemsOf(service: Service): readonly string[]
  /** Nobody holds its stream at this moment. */
  isOrphan(uid: string): boolean
  /** Whether a workload of this node has this identity. */
  mayHold(node: string, namespace: string, serviceAccount: string): boolean
  /** What a node says of all its workloads. What it says of others is refused. */
  report(node: string, reports: readonly EnrolmentReport[]): void
  /** Calls `listener` with the uid of each workload that changed or went, '' when services did. The result stops it. */
  watch(listener: (uid: string) => void): () => void
}
