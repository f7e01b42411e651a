import { createHash } from 'node:crypto'
import { splitAddress } from '@weft/config'
import type { MeshLocation } from './location.ts'

/** What a person may choose about a mesh on this machine. Two meshes with equal settings are the same to `weft up`. */
export interface MeshSettings {
  readonly nodes: number
  readonly trustDomain: string
  readonly capture: 'ebpf' | 'proxy'
  readonly workers: number
  readonly serviceRange4: string
  readonly serviceRange6: string
  /** The state directory goes away with the mesh. */
  readonly ephemeral: boolean
}

export interface NodePlan {
  readonly name: string
  /** By which other nodes reach it. */
  readonly address: string
  /** Addresses of its workloads: those that share its network, those that have one of their own. */
  readonly shared: string
  readonly own: string
  /** Name of its network namespace; '' is the machine's own. */
  readonly netns: string
  /** Below the cgroup2 mount; '' without capture. */
  readonly cgroup: string
  readonly bpfPinDir: string
  readonly adminListen: string
  readonly metricsListen: string
  readonly readinessListen: string
}

/** Everything that `weft up` will make, decided before anything is made. Plain data: it is written to mesh.json. */
export interface MeshPlan extends MeshLocation {
  readonly settings: MeshSettings
  readonly captureReason: string
  readonly networkRange: string
  readonly nodes: readonly NodePlan[]
  readonly caAddress: string
  readonly controlPlaneAddress: string
  readonly policyAddress: string
  readonly restListen: string
  readonly metricsListen: { readonly ca: string; readonly controlPlane: string; readonly policy: string }
  /** cgroup of the mesh below the mount, '' without capture. */
  readonly cgroup: string
  readonly cgroupMount: string
}

export const NODES_MAX = 16

/**
 * Names and addresses of a mesh. Node 1 is the machine itself; further nodes are network namespaces on a bridge. Without
 * capture all nodes share the loopback, told apart by addresses below 127.66.0.0/16 and by port.
 */
export function planMesh(
  location: MeshLocation,
  settings: MeshSettings,
  captureReason: string,
  cgroupMount: string,
): MeshPlan {
  const captured = settings.capture === 'ebpf'
  const nodes = Array.from({ length: settings.nodes }, (_, i) => planNode(location.mesh, i + 1, settings))
  const host = nodes[0]!.address
  return {
    ...location,
    settings,
    captureReason,
    networkRange: captured ? '198.18.0.0/16' : '127.66.0.0/16',
    nodes,
    caAddress: `${host}:15012`,
    controlPlaneAddress: `${host}:15010`,
    policyAddress: `${host}:15013`,
    restListen: '127.0.0.1:15011',
    metricsListen: { ca: '127.0.0.1:15017', controlPlane: '127.0.0.1:15014', policy: '127.0.0.1:15016' },
    cgroup: captured ? `weft-${location.mesh}` : '',
    cgroupMount: captured ? cgroupMount : '',
  }
}

function planNode(mesh: string, n: number, settings: MeshSettings): NodePlan {
  const name = `node${n}`
  const captured = settings.capture === 'ebpf'
  // Nodes with a network of their own use the same ports; on one loopback each has a range of a hundred to itself.
  const port = (base: number): string => `127.0.0.1:${captured ? base : base + (n - 1) * 100}`
  return {
    name,
    address: captured && settings.nodes > 1 ? `198.18.0.${n}` : '127.0.0.1',
    shared: captured ? `198.18.${2 * n}.0/24` : `127.66.${n}.0/24`,
    own: captured ? `198.18.${2 * n + 1}.0/24` : `127.66.${n}.0/24`,
    netns: captured && n > 1 ? `weft-${mesh}-${name}` : '',
    cgroup: captured ? `weft-${mesh}/${name}` : '',
    bpfPinDir: captured ? `/sys/fs/bpf/weft-${mesh}/${name}` : '',
    adminListen: port(15000),
    metricsListen: port(15020),
    readinessListen: port(15021),
  }
}

/** Interface names have 15 characters at most, so the mesh is in them as five hex digits of its hash. */
export function interfaceNames(mesh: string) {
  const mark = createHash('sha256').update(mesh).digest('hex').slice(0, 5)
  return {
    bridge: `wb${mark}`,
    uplink: (n: number) => `wn${mark}x${n}`,
    pod: (id: string) => `wp${mark}${id}`,
    isOurs: (name: string) => new RegExp(`^w[bnp]${mark}`).test(name),
  }
}

export function isNetnsOf(mesh: string, name: string): boolean {
  return new RegExp(`^weft-${mesh}-node\\d+(-[a-z0-9]+)?$`).test(name)
}

/** Every address of the machine's own network on which a part will listen. */
export function listenAddresses(plan: MeshPlan): string[] {
  const { ca, controlPlane, policy } = plan.metricsListen
  const onLoopback = plan.nodes.filter((node) => node.netns === '')
  const captureListeners = plan.settings.capture === 'ebpf' ? ['127.0.0.1:15001', '127.0.0.1:15053'] : []
  return [
    ...[plan.caAddress, plan.controlPlaneAddress, plan.policyAddress, plan.restListen, ca, controlPlane, policy],
    ...captureListeners,
    ...onLoopback.flatMap((node) => [node.adminListen, node.metricsListen, node.readinessListen]),
  ].filter((address) => splitAddress(address) !== null)
}
