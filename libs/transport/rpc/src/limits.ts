/** What a client may make a server hold. */
export interface RpcLimits {
  readonly connectionsMax: number
  readonly callsPerConnectionMax: number
  readonly messageBytesMax: number
  /** For unary calls whose client gave no deadline. */
  readonly unaryTimeoutMs: number
  /** A silent connection is asked for a sign of life after this, and closed when none comes within `keepAliveTimeoutMs`. */
  readonly keepAliveMs: number
  readonly keepAliveTimeoutMs: number
}

export const defaultLimits: RpcLimits = {
  connectionsMax: 4096,
  callsPerConnectionMax: 256,
  messageBytesMax: 4 * 1024 * 1024,
  unaryTimeoutMs: 60_000,
  keepAliveMs: 20_000,
  keepAliveTimeoutMs: 10_000,
}
