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
  /** A /18 or wider, of which nodes and workloads get their addresses. */
  readonly networkRange: string
  /** Ports of the parts are counted from here: 15000 gives the usual ones. */
  readonly portBase: number
  /** Resolvers for names outside the mesh, `address:port`; empty: those of the machine. */
  readonly dnsUpstream: readonly string[]
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
  /** Users, by number, who may read the dashboard and the admin pages besides root and the mesh's owner. */
  readonly readers: readonly number[]
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
  readers: readonly number[] = [],
): MeshPlan {
  const captured = settings.capture === 'ebpf'
  const nodes = Array.from({ length: settings.nodes }, (_, i) => planNode(location.mesh, i + 1, settings))
  const host = nodes[0]!.address
  const base = settings.portBase
  return {
    ...location,
    settings,
    captureReason,
    readers,
    nodes,
    caAddress: `${host}:${base + 12}`,
    controlPlaneAddress: `${host}:${base + 10}`,
    policyAddress: `${host}:${base + 13}`,
    restListen: `127.0.0.1:${base + 11}`,
    metricsListen: {
      ca: `127.0.0.1:${base + 17}`,
      controlPlane: `127.0.0.1:${base + 14}`,
      policy: `127.0.0.1:${base + 16}`,
    },
    cgroup: captured ? `weft-${location.mesh}` : '',
    cgroupMount: captured ? cgroupMount : '',
  }
}

function planNode(mesh: string, n: number, settings: MeshSettings): NodePlan {
  const name = `node${n}`
  const captured = settings.capture === 'ebpf'
  const subnet = (index: number): string => nthSubnet(settings.networkRange, index)
  // Nodes with a network of their own use the same ports; on one loopback each has a range of a hundred to itself.
  const port = (offset: number): string => `127.0.0.1:${settings.portBase + offset + (captured ? 0 : (n - 1) * 100)}`
  return {
    name,
    address: captured && settings.nodes > 1 ? `${subnet(0)}.${n}` : '127.0.0.1',
    shared: captured ? `${subnet(2 * n)}.0/24` : `${subnet(n)}.0/24`,
    own: captured ? `${subnet(2 * n + 1)}.0/24` : `${subnet(n)}.0/24`,
    netns: captured && n > 1 ? `weft-${mesh}-${name}` : '',
    cgroup: captured ? `weft-${mesh}/${name}` : '',
    bpfPinDir: captured ? `/sys/fs/bpf/weft-${mesh}/${name}` : '',
    adminListen: port(0),
    metricsListen: port(20),
    readinessListen: port(21),
  }
}

/** The first three octets of the nth /24 of a range. */
function nthSubnet(range: string, n: number): string {
  const [a, b, c] = range.split('/')[0]!.split('.').map(Number) as [number, number, number]
  const third = c + n
  return `${a}.${b + (third >> 8)}.${third & 255}`
}

/** True for an IPv4 range that {@link planMesh} can cut into networks: /8 to /18, host bits zero. */
export function isNetworkRange(text: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.0\/(\d{1,2})$/.exec(text)
  if (match === null) return false
  const [a, b, c, prefix] = match.slice(1).map(Number) as [number, number, number, number]
  const bits = ((a << 16) | (b << 8) | c) >>> 0
  return Math.max(a, b, c) <= 255 && prefix >= 8 && prefix <= 18 && bits % 2 ** (24 - prefix) === 0
}

/** Interface names have 15 characters at most, so the mesh is in them as five hex digits of its hash; so it is in routes. */
export function interfaceNames(mesh: string) {
  const mark = createHash('sha256').update(mesh).digest('hex').slice(0, 5)
  return {
    bridge: `wb${mark}`,
    uplink: (n: number) => `wn${mark}x${n}`,
    pod: (id: string) => `wp${mark}${id}`,
    /** Routes have no names, but metrics; no other program's are this large. */
    routeMetric: 0x5700_0000 + Number.parseInt(mark, 16),
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
  const captureListeners =
    plan.settings.capture === 'ebpf' ? [1, 53].map((offset) => `127.0.0.1:${plan.settings.portBase + offset}`) : []
  return [
    ...[plan.caAddress, plan.controlPlaneAddress, plan.policyAddress, plan.restListen, ca, controlPlane, policy],
    ...captureListeners,
    ...onLoopback.flatMap((node) => [node.adminListen, node.metricsListen, node.readinessListen]),
  ].filter((address) => splitAddress(address) !== null)
}
