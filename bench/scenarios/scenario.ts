/** What the client speaks to the proxy; the origin behind speaks the same. */
export type Entry = 'http1' | 'http2' | 'grpc' | 'tcp' | 'tcp-source'

/** One proxy between client and origin, or two with mutual TLS between them. */
export type Topology = 'hop' | 'pair'

/** Protocols of the load generator in native/load.c. */
export type OwnProtocol =
  'http1' | 'http1-connect' | 'tcp' | 'tcp-connect' | 'h2' | 'grpc-unary' | 'grpc-stream' | 'bulk'

/** Who makes the load while CPU is measured: a closed loop of this many connections, with streams on each. */
export type ClosedLoop =
  | { readonly tool: 'wrk'; readonly connections: number; readonly newConnectionEach: boolean }
  | { readonly tool: 'h2load'; readonly connections: number; readonly streams: number; readonly isGrpc: boolean }
  | { readonly tool: 'load'; readonly protocol: OwnProtocol; readonly connections: number; readonly streams: number }

/** Who makes the load while latency is measured: a fixed rate, whatever the answers do. Null where latency says nothing. */
export interface OpenLoop {
  readonly protocol: OwnProtocol
  readonly connections: number
  readonly streams: number
}

export interface Scenario {
  readonly name: string
  readonly title: string
  readonly topology: Topology
  readonly entry: Entry
  /** What is counted: requests, messages, connections or MiB. */
  readonly unit: string
  readonly path: string
  /** Octets of the answer, or of a message. */
  readonly sizeBytes: number
  readonly closed: ClosedLoop
  readonly open: OpenLoop | null
}
