import type { AppProtocol } from './topology.ts'

/** Endpoints that are no workloads of the mesh, under one name. Referred to as `ExternalService/namespace/name`. */
export interface ExternalService {
  readonly namespace: string
  readonly name: string
  readonly ports: readonly ExternalPort[]
  readonly endpoints: readonly ExternalEndpoint[]
  /** The endpoints are reached through this tunnel; null for directly. */
  readonly tunnel: ExternalTunnel | null
}

export interface ExternalPort {
  readonly port: number
  readonly name: string
  /** Never `detect`: `http` is HTTP/1.1, `http2` and `grpc` are HTTP/2. */
  readonly protocol: AppProtocol
  /** TLS around it; null for plaintext. */
  readonly tls: ClientTls | null
}

export interface ExternalEndpoint {
  readonly address: string
  /** 0: that of the reference. */
  readonly port: number
  /** '' when it serves every port. */
  readonly portName: string
  readonly weight: number
  /** 0 is used first; higher numbers as far as those below are not well. */
  readonly priority: number
  /** '' when not said. */
  readonly region: string
  readonly zone: string
}

/** How a server is verified and how we prove ourselves to it. */
export interface ClientTls {
  /** Name that the certificate must hold, and that is asked for (SNI); '' for the address of the endpoint. */
  readonly serverName: string
  /** Authorities that it must come from; '' for those of the machine. */
  readonly caPem: string
  /** Our own certificate and its key; '' for none. */
  readonly chainPem: string
  readonly keyPem: string
}

export interface ExternalTunnel {
  readonly address: string
  readonly port: number
  readonly tls: ClientTls
}

const PREFIX = 'ExternalService/'

/** The key by which routes and policies refer to an ExternalService; a Service has `namespace/name`. */
export function externalServiceKey(namespace: string, name: string): string {
  return `${PREFIX}${namespace}/${name}`
}

/** Whether a key of routes and policies is one of an ExternalService. */
export function isExternalServiceKey(key: string): boolean {
  return key.startsWith(PREFIX)
}
