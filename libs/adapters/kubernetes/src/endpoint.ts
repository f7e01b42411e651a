import type { Agent } from 'node:http'
import type { SecureContextOptions } from 'node:tls'

/** Where the API server is, and how to prove to it who asks. */
export interface ApiEndpoint {
  /** Scheme, host and port, perhaps a path before that of the API. */
  readonly server: URL
  /** Namespace of the context or of the pod; '' when none is told. */
  readonly namespace: string
  /** Asked before each request: tokens and certificates change while a process runs. */
  access(): Promise<ApiAccess>
}

export interface ApiAccess {
  readonly headers: Readonly<Record<string, string>>
  readonly tls: TlsOptions
  /** Connections go by way of a proxy. */
  readonly agent?: Agent
}

export type TlsOptions = Pick<SecureContextOptions, 'ca' | 'cert' | 'key'> & {
  readonly servername?: string
  readonly rejectUnauthorized?: boolean
}
