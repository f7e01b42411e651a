import { isIP } from 'node:net'
import type { Addon, TlsContextHandle, TlsSessionHandle } from '@weft/addon'
import { describeError, Failure } from '@weft/faults'

/** The part of the addon that makes TLS. */
export type TlsAddon = Pick<
  Addon,
  | 'tlsContext'
  | 'tlsSession'
  | 'tlsReceive'
  | 'tlsSend'
  | 'tlsEnd'
  | 'tlsPeer'
  | 'tlsTicket'
  | 'tlsIsResumed'
  | 'tlsProtocol'
  | 'tlsError'
  | 'tlsFree'
>

/** TLS that is about to begin on a connection: its session, and what to do once it is made. Whoever gets it frees the session. */
export interface NativeHandshake {
  readonly addon: TlsAddon
  readonly session: TlsSessionHandle
  readonly isServer: boolean
  /** After the handshake: who the peer is by its certificate, '' for who has none; throws a Failure for whom we don't want. */
  verify(): string
  /** Keeps what resumes the connection. */
  remember(ticket: Buffer): void
}

/** Names of protocols as ALPN carries them. Source: RFC 7301 section 3.1. */
const H2 = Buffer.from('\x02h2', 'latin1')
const NO_TICKET = Buffer.alloc(0)

export interface ContextParts {
  readonly chainPem: string
  readonly keyPem: string
  readonly rootsPem: string
}

/** A context for HTTP/2 over TLS 1.3. Null where the addon can't; Failure `certificate` for what is no certificate. */
export function nativeContext(addon: TlsAddon | null, parts: ContextParts): TlsContextHandle | null {
  if (addon === null) return null
  try {
    return addon.tlsContext(parts.chainPem, parts.keyPem, parts.rootsPem, H2)
  } catch (error) {
    throw new Failure('certificate', `Cannot use a certificate for TLS: ${describeError(error)}`, error)
  }
}

/**
 * Begins as a client that has the server's certificate verified: for `peerName` (also asked for, unless it is an address),
 * or '' when the caller looks at who it is by `verify`.
 */
export function beginClient(
  addon: TlsAddon,
  context: TlsContextHandle,
  peerName: string,
  ticket: Buffer | undefined,
  after: AfterHandshake,
): NativeHandshake {
  const serverName = isIP(peerName) === 0 ? peerName : ''
  const session = addon.tlsSession(context, false, serverName, peerName, ticket ?? NO_TICKET)
  return new Handshake(addon, session, false, after)
}

/** Begins as a server. */
export function beginServer(addon: TlsAddon, context: TlsContextHandle, after: AfterHandshake): NativeHandshake {
  return new Handshake(addon, addon.tlsSession(context, true, '', '', NO_TICKET), true, after)
}

/** What differs between those who make TLS. */
export interface AfterHandshake {
  /** `certificate` is verified, DER; null when the peer was not asked for one. */
  verify(certificate: Uint8Array | null, isResumed: boolean): string
  remember(ticket: Buffer): void
}

class Handshake implements NativeHandshake {
  readonly addon: TlsAddon
  readonly session: TlsSessionHandle
  readonly isServer: boolean
  readonly #after: AfterHandshake

  constructor(addon: TlsAddon, session: TlsSessionHandle, isServer: boolean, after: AfterHandshake) {
    this.addon = addon
    this.session = session
    this.isServer = isServer
    this.#after = after
  }

  verify(): string {
    return this.#after.verify(this.addon.tlsPeer(this.session), this.addon.tlsIsResumed(this.session))
  }

  remember(ticket: Buffer): void {
    this.#after.remember(ticket)
  }
}
