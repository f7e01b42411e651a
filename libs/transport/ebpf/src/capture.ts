import type { CounterName, ListenerKind } from '@weft/bpf'

/** Ports on which the agent listens in every network namespace of its workloads. */
export interface AgentPorts {
  /** On 127.0.0.1 and ::1. */
  readonly outbound: number
  /** Plaintext, on every address. */
  readonly inbound: number
  /** On the workload's address. */
  readonly hbone: number
  /** TCP and UDP, on 127.0.0.1 and ::1, for workloads that name no port of their own; 0: queries are left alone. */
  readonly dns: number
}

export interface CaptureOptions {
  /** Folder for pins below a bpffs, ours alone: `/sys/fs/bpf/weft-MESH/NODE`. */
  readonly pinDir: string
  /** The cgroup of the agent's processes. They must be in it before they make their listeners. */
  readonly agentCgroup: string
  /**
   * The cgroup whose children are the workloads, which holds every process below. '' where workloads are anywhere: then
   * each has hooks of its own, programs outside the mesh are never touched, and no network is shared.
   */
  readonly workloadsCgroup: string
  /** File of the node's network namespace, which is the shared network: `/proc/self/ns/net` or `/run/netns/NAME`. */
  readonly nodeNetnsPath: string
  readonly ports: AgentPorts
  /** Where compiled programs are kept; default `~/.cache/weft/bpf`. */
  readonly cacheDir?: string
}

/** `shared`: the node's network namespace, ports are told apart by owner. `own`: a network namespace of its own. */
export type WorkloadNetwork = 'shared' | 'own'

export interface WorkloadEnrolment {
  /** At most 63 octets. */
  readonly uid: string
  /** A direct child of the workloads' cgroup; any cgroup where there is none. What is below belongs to it too. */
  readonly cgroupPath: string
  readonly network: WorkloadNetwork
  /** File of its network namespace; of no effect for the shared network. */
  readonly netnsPath: string
  readonly address: string
  /** Declared ports, protected at its address before anybody listens. In an own network every port is. */
  readonly ports: readonly number[]
  /** Ports of an own network where the node asks by connecting: its own connections there pass the agent by. */
  readonly probedPorts?: readonly number[]
  /** Where this workload's queries go on loopback; 0 or absent: the agent's default. Tells workloads apart by listener. */
  readonly dnsPort?: number
}

export interface Destination {
  readonly address: string
  /** 0: every port. */
  readonly port: number
}

export interface NodeFacts {
  /** Addresses of the node itself, which workloads may always reach. */
  readonly addresses: readonly string[]
  /** Addresses from which the node asks its workloads how they are. */
  readonly probers?: readonly string[]
}

/**
 * A listening socket of ours, by descriptor.
 *
 * `outbound`, `dns`: marked as the agent's, on loopback of the namespace that it was made in. `inbound`: takes what is
 * steered there, with `address` '' for the shared network or the workload's. `hbone`: on the workload's address.
 * The kernel forgets it when the last descriptor closes.
 */
export interface CaptureListener {
  readonly kind: ListenerKind
  readonly fd: number
  /** The workload's; '' for the shared network. Of no effect for `outbound` and `dns`. */
  readonly address: string
}

export interface DiffCounts {
  readonly added: number
  readonly removed: number
}

/** One program at its hook, as the kernel has it. */
export interface HookState {
  readonly program: string
  readonly target: 'agent' | 'workloads' | 'node'
  /** 0: there is no link. */
  readonly linkId: number
  /** The kernel runs the program there now. */
  readonly isRunning: boolean
}

/** One workload, as the kernel has it. */
export interface WorkloadState {
  readonly uid: string
  readonly cgroup: bigint
  readonly address: string
  readonly network: WorkloadNetwork
  readonly dnsPort: number
  /** 0: no link of its own, as in the shared network. */
  readonly podLinkId: number
  /** Programs of its own cgroup that the kernel does not run there; none where a parent holds it. */
  readonly missingHooks: readonly string[]
  readonly hasInboundListener: boolean
  readonly hasHboneListener: boolean
  /** Ports of the shared network that it owns. */
  readonly ports: readonly PortState[]
  /** Every hook that its traffic passes runs, outbound and inbound. Says nothing about the agent being there. */
  readonly isEnrolled: boolean
}

export interface PortState {
  /** Bound address; '' for every address. */
  readonly address: string
  readonly port: number
  /** Sockets that listen there now. */
  readonly listeners: number
  readonly isDeclared: boolean
  /** Another workload listens there too (SO_REUSEPORT): the agent delivers to neither. */
  readonly isContested: boolean
}

/** What the kernel really has. */
export interface KernelState {
  readonly programsHash: string
  readonly hooks: readonly HookState[]
  readonly workloads: readonly WorkloadState[]
  readonly destinations: number
  readonly hasNodeInboundListener: boolean
}

export type CaptureCounters = Record<CounterName, number>

export interface PreparedPrograms {
  readonly hash: string
  /** `reused`: pinned by an earlier run; `replaced`: others were pinned, whose entries were taken over. */
  readonly how: 'loaded' | 'reused' | 'replaced'
  /** Uids of workloads that were still held though their cgroup is gone; they are no more. */
  readonly gone: readonly string[]
}
