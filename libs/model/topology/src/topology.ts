/** What exists: services, the workloads that answer to them, the nodes they run on. Immutable; hashed by content. */

/** How the octets on a port are to be read. `detect`: look at the first octets; `http`: HTTP/1.1 or HTTP/2, L7 required. */
export type AppProtocol = 'detect' | 'http' | 'http2' | 'grpc' | 'tcp' | 'tls'

export interface ServicePort {
  readonly port: number
  /** The port that the workloads listen on; a text is the name of that port, which each workload may have elsewhere. */
  readonly targetPort: number | string
  readonly name: string
  readonly protocol: AppProtocol
}

export interface Service {
  readonly namespace: string
  readonly name: string
  /** Stable addresses of its own; '' when it has none of that family. */
  readonly address4: string
  readonly address6: string
  /** Those of load balancers and the like: at its ports they are as its own, at others they may be those of somebody else. */
  readonly sharedAddresses: readonly string[]
  readonly ports: readonly ServicePort[]
  /** `namespace/name` of workloads are matched by label; empty means none. */
  readonly selector: Readonly<Record<string, string>>
  /** It has no address of its own: its name stands for the addresses of its workloads. */
  readonly isHeadless: boolean
  /** Workloads are given work before they say that they are ready. */
  readonly publishNotReady: boolean
  readonly distribution: Distribution
  /** Calls of one client go to one endpoint, unless a policy says otherwise. */
  readonly isSticky: boolean
  /** Its addresses lead into the mesh even while nothing answers to it. */
  readonly isMeshed: boolean
  /** Its ports that the API server calls by TLS of the workload's own, as an admission webhook. */
  readonly webhookPorts: readonly number[]
  /** What answers to it besides those that the selector finds. */
  readonly endpoints: readonly ServiceEndpoint[]
}

/** Where a client is served. `zone` and `node`: there first; `onlyNode`: on the client's own node or not at all. */
export type Distribution = 'any' | 'zone' | 'node' | 'onlyNode'

/** An address that somebody wrote down for one port of a service; it may be that of a workload. */
export interface ServiceEndpoint {
  readonly address: string
  /** Of the endpoint itself, not that of the service. */
  readonly port: number
  /** Name of the port of the service that is served there. */
  readonly portName: string
  readonly state: WorkloadState
  /** '' when not said. */
  readonly node: string
  readonly region: string
  readonly zone: string
}

/** What a service is where nothing more is said of it. */
export const serviceDefaults = Object.freeze({
  sharedAddresses: Object.freeze([]) as readonly string[],
  isHeadless: false,
  publishNotReady: false,
  distribution: 'any' as Distribution,
  isSticky: false,
  isMeshed: true,
  webhookPorts: Object.freeze([]) as readonly number[],
  endpoints: Object.freeze([]) as readonly ServiceEndpoint[],
})

/** `own`: a network namespace of its own. `shared`: the node's namespace, with an address of its own. `proxied`: explicit proxy, no capture. */
export type NetworkMode = 'own' | 'shared' | 'proxied'

export interface WorkloadPort {
  readonly port: number
  readonly protocol: AppProtocol
  /** '' for none. */
  readonly name: string
}

/**
 * Whether a workload should be given new work. `starting`: not yet; `ready`: yes; `terminating`: it ends but still
 * answers, or nobody has heard of it for long, so only when nobody else is left; `draining`: no more.
 */
export type WorkloadState = 'starting' | 'ready' | 'terminating' | 'draining'

/** A question that the node itself asks of a workload, in plaintext (`https`: by TLS that proves nothing). */
export interface Probe {
  readonly type: 'http' | 'https' | 'tcp' | 'grpc'
  readonly port: number
  /** `http`, `https`: the path with its query; `grpc`: the service asked about; else ''. */
  readonly path: string
}

export interface Workload {
  /** Unique for ever: `<node>/<namespace>/<name>/<random>`. */
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly serviceAccount: string
  readonly labels: Readonly<Record<string, string>>
  readonly node: string
  /** The workload's own address, IPv4 where it has one; peers reach its agent at address:hbonePort. */
  readonly address: string
  /** Another IPv6 address of its own, '' for none. */
  readonly address6: string
  /** 0: it is outside the mesh, and reached at its own ports in plaintext. */
  readonly hbonePort: number
  readonly ports: readonly WorkloadPort[]
  readonly networkMode: NetworkMode
  /** cgroup v2 path below the mount, '' when not captured. */
  readonly cgroupPath: string
  /** Path of the network namespace, '' for the node's own. */
  readonly netnsPath: string
  /** Anybody may come in without proof, at every port. */
  readonly allowPlaintext: boolean
  /** Anybody may come in without proof at these. */
  readonly plaintextPorts: readonly number[]
  /** What its own node may ask in plaintext. */
  readonly probes: readonly Probe[]
  /** What made it, for people: `Deployment/cart`; '' when nothing did. */
  readonly owner: string
  /** Where its node is; '' for not known. */
  readonly region: string
  readonly zone: string
  /** Loopback port of the node that leads into this workload as identity `ingress`; 0 for none. */
  readonly publishPort: number
  readonly state: WorkloadState
}

/** What a workload is where nothing more is said of it. */
export const workloadDefaults = Object.freeze({
  address6: '',
  plaintextPorts: Object.freeze([]) as readonly number[],
  probes: Object.freeze([]) as readonly Probe[],
  owner: '',
  region: '',
  zone: '',
})

export interface MeshNode {
  readonly name: string
  readonly address: string
}

/** What made a workload, without its kind: `cart` of `Deployment/cart`; '' when nothing did. */
export function ownerName({ owner }: Workload): string {
  return owner.slice(owner.indexOf('/') + 1)
}

export function serviceKey(namespace: string, name: string): string {
  return `${namespace}/${name}`
}

/** The port of a workload that a port of a service leads to; 0 when the workload has none of that name. */
export function targetPortOf({ targetPort }: ServicePort, workload: Workload): number {
  if (typeof targetPort === 'number') return targetPort
  return workload.ports.find((port) => port.name === targetPort)?.port ?? 0
}

/**
 * Whether somebody who answers to a service is given work: the ready ones; those that end but still answer when none is
 * ready; all, where the service publishes who is not ready. Source: KEP-1672.
 */
export function isGivenWork(service: Service, state: WorkloadState, isAnyReady: boolean): boolean {
  return service.publishNotReady || state === 'ready' || (state === 'terminating' && !isAnyReady)
}

/** Whether its address is its alone; programs outside the mesh that share their node's network have that of the node. */
export function ownsAddress(workload: Workload): boolean {
  return workload.hbonePort > 0 || workload.networkMode !== 'shared'
}

/** Workloads are chosen by the service of their own namespace whose selector they satisfy. */
export function selects(service: Service, workload: Workload): boolean {
  if (service.namespace !== workload.namespace) return false
  const wanted = Object.entries(service.selector)
  return wanted.length > 0 && wanted.every(([label, value]) => workload.labels[label] === value)
}
