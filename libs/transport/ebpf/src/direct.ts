/** Words of the way without the agent; docs/capture.md tells of it. */
export interface DirectEndpoint {
  readonly address: string
  readonly port: number
}

/** An address that may be reached without the agent, with who answers there: all of this node. */
export interface DirectService {
  readonly at: DirectEndpoint
  /** One to eight. */
  readonly endpoints: readonly DirectEndpoint[]
}

export type DirectVerdict = 'allow' | 'refuse'

/** A port of a workload of this node, and what its policies say of callers of this node. Who is not named goes by the agent. */
export interface DirectCallee extends DirectEndpoint {
  /** By the id of the cgroup of the caller. */
  readonly verdicts: ReadonlyMap<bigint, DirectVerdict>
}

/**
 * What may go without the agent. A service or callee that is the same object as in the plan before is taken to be
 * unchanged.
 */
export interface DirectPlan {
  readonly services: readonly DirectService[]
  readonly callees: readonly DirectCallee[]
}

export const noDirectPlan: DirectPlan = Object.freeze({ services: Object.freeze([]), callees: Object.freeze([]) })

/** Numbers since the programs were loaded. */
export interface DirectCounts {
  /** Id of the cgroup of the caller. */
  readonly caller: bigint
  /** Whom it asked for, and who it was. */
  readonly asked: DirectEndpoint
  readonly callee: DirectEndpoint
  readonly opened: number
  readonly closed: number
  /** Never established. */
  readonly failed: number
  /** EPERM by policy. */
  readonly refused: number
  /** Established with somebody else: the connection was not recognised where it arrived. */
  readonly unproven: number
  /** Octets of connections that are closed. */
  readonly sent: number
  readonly received: number
}

/** An open connection without the agent. */
export interface DirectFlow {
  readonly caller: bigint
  readonly source: DirectEndpoint
  readonly callee: DirectEndpoint
  readonly cookie: bigint
}

/** Whether an open connection may go on, by the policies of now. */
export type MayContinue = (caller: bigint, callee: DirectEndpoint) => boolean
