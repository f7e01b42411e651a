import type { Route, WeightedBackend } from './route.ts'

/** A listening port with everything that gateways say of it, in order of precedence already. Source: Gateway API v1. */
export interface GatewayPort {
  /** Unique among ports: `address:port`. */
  readonly name: string
  readonly host: string
  readonly port: number
  /** `http`: plaintext HTTP. `tls`: TLS first, then as the listener that the client's name leads to says. */
  readonly kind: 'http' | 'tcp' | 'tls' | 'hbone'
  /** Most specific host name first; one for `tcp` and `hbone`. */
  readonly listeners: readonly GatewayListener[]
}

export interface GatewayListener {
  /** `Gateway/namespace/name/section`. */
  readonly name: string
  /** '' for any, `*.example.com` for every name below. */
  readonly hostname: string
  /** What TLS is taken off with; null for plaintext and for passing it on as it is. */
  readonly tls: ServerTls | null
  /** Whether HTTP is served; else connections are relayed. */
  readonly isHttp: boolean
  /** Of HTTP: most specific host name first. */
  readonly hosts: readonly GatewayHost[]
  /** Of octets: most specific host name first. */
  readonly relays: readonly RelayRoute[]
}

/** The rules of every route for one host name, those of less specific names after its own. */
export interface GatewayHost {
  /** '' for any. */
  readonly hostname: string
  readonly route: Route
}

/** Where connections go that ask for a name. */
export interface RelayRoute {
  /** `TCPRoute/namespace/name#0`. */
  readonly name: string
  /** '' for any. */
  readonly hostname: string
  readonly backends: readonly WeightedBackend[]
}

export interface ServerTls {
  /** The first one that holds the name asked for is used, else the first. */
  readonly certificates: readonly { readonly chainPem: string; readonly keyPem: string }[]
  /** Authorities of clients' certificates, which are then required; '' for none. */
  readonly clientCaPem: string
}
