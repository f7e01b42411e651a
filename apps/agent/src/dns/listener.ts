import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { Forwarder } from './forwarder.ts'
import type { Responder } from './responder.ts'

/** Where to listen: a socket that is bound already (made inside another network namespace), or an address. */
export type ListenAt = { readonly fd: number } | { readonly host: string; readonly port: number }

/** One socket that answers. */
export interface DnsListener {
  readonly host: string
  readonly port: number
  /** Questions that wait for a resolver. */
  readonly inFlight: number
  /** Takes no more questions, and closes when those in flight are answered. */
  drain(): void
  /** Closes at once. Safe in any state, and twice. */
  close(): void
}

/** What the listeners of one server share, and what one of them is told. */
export interface ListenerContext {
  readonly responder: Responder
  readonly forwarder: Forwarder
  readonly clock: Clock
  readonly log: Logger
  /** Where a bare name is looked for: the namespaces of those who can reach this listener, the likeliest first. */
  readonly callerNamespaces: () => readonly string[]
  /** Questions that may wait for a resolver. */
  readonly inFlightMax: number
  /** TCP connections open at one time. */
  readonly connectionsMax: number
  /** How long a TCP connection may be without a question or reply. */
  readonly idleTimeoutMs: number
  readonly closed: (listener: DnsListener) => void
}
