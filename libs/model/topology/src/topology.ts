/** What exists: services, the workloads that answer to them, the nodes they run on. Immutable; hashed by content. */

/** How the octets on a port are to be read. `detect`: look at the first octets; `http`: HTTP/1.1 or HTTP/2, L7 required. */
export type AppProtocol = 'detect' | 'http' | 'http2' | 'grpc' | 'tcp' | 'tls'

export interface ServicePort {
  readonly port: number
  /** The port that the workloads listen on. */
  readonly targetPort: number
  readonly name: string
  readonly protocol: AppProtocol
}

export interface Service {
  readonly namespace: string
  readonly name: string
  /** Stable addresses of its own, from the mesh's range; '' when it has none of that family. */
  readonly address4: string
  readonly address6: string
  readonly ports: readonly ServicePort[]
  /** `namespace/name` of workloads are matched by label; empty means none. */
  readonly selector: Readonly<Record<string, string>>
}

/** `own`: a network namespace of its own. `shared`: the node's namespace, with an address of its own. `proxied`: explicit proxy, no capture. */
export type NetworkMode = 'own' | 'shared' | 'proxied'

export interface WorkloadPort {
  readonly port: number
  readonly protocol: AppProtocol
}

export interface Workload {
  /** Unique for ever: `<node>/<namespace>/<name>/<random>`. */
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly serviceAccount: string
  readonly labels: Readonly<Record<string, string>>
  readonly node: string
  /** The workload's own IPv4 address; peers reach its agent at address:hbonePort. */
  readonly address: string
  readonly hbonePort: number
  readonly ports: readonly WorkloadPort[]
  readonly networkMode: NetworkMode
  /** cgroup v2 path below the mount, '' when not captured. */
  readonly cgroupPath: string
  /** Path of the network namespace, '' for the node's own. */
  readonly netnsPath: string
  readonly allowPlaintext: boolean
  /** Loopback port of the node that leads into this workload as identity `ingress`; 0 for none. */
  readonly publishPort: number
  /** Whether it should be given new work. */
  readonly state: 'starting' | 'ready' | 'draining'
}

export interface MeshNode {
  readonly name: string
  readonly address: string
}

export function serviceKey(namespace: string, name: string): string {
  return `${namespace}/${name}`
}

/** Workloads are chosen by the service of their own namespace whose selector they satisfy. */
export function selects(service: Service, workload: Workload): boolean {
  if (service.namespace !== workload.namespace) return false
  const wanted = Object.entries(service.selector)
  return wanted.length > 0 && wanted.every(([label, value]) => workload.labels[label] === value)
}
