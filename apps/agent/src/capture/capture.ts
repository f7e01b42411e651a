import type { Workload } from '@weft/topology'

/** Where the traffic of workloads is taken hold of: the kernel (eBPF) or listeners that programs are pointed at (explicit proxy). */
export interface Capture {
  readonly mode: 'ebpf' | 'proxy'
  /** Where the maps of the hooks are pinned, for the workers, after `start`; '' without hooks. */
  readonly mapsDir: string
  /** Makes everything of the node ready: programs, hooks, the node's own listeners. */
  start(): Promise<void>
  /** Addresses that lead into the mesh: {address, port 0 for any}. Applied as a difference. */
  setDestinations(destinations: readonly Destination[]): Promise<void>
  /**
   * Captures a workload and opens its listeners. The result is what the kernel says afterwards.
   * Faults: Failure that names the step; what was made for this workload is undone.
   */
  enrol(workload: Workload): Promise<Enrolment>
  unenrol(uid: string): Promise<void>
  /** What really is in place now, read back: uid to what it lacks, '' for nothing. */
  readBack(): Promise<ReadonlyMap<string, string>>
  /** Numbers of the hooks, for metrics: name to count. */
  counters(): Readonly<Record<string, number>>
  /** Takes everything of this node back out. `keepLinks` leaves the hooks pinned, so that nothing is plaintext meanwhile. */
  stop(keepLinks: boolean): Promise<void>
}

export interface Destination {
  readonly address: string
  readonly port: number
}

export interface Enrolment {
  readonly uid: string
  readonly cgroupId: bigint
  readonly proxySecret: string
  /** How a program without capture reaches the mesh; empty when captured. Holds the secret. */
  readonly environment: Readonly<Record<string, string>>
}

export interface EnrolmentState {
  readonly uid: string
  readonly enrolled: boolean
  readonly reason: string
  readonly environment: Readonly<Record<string, string>>
}
