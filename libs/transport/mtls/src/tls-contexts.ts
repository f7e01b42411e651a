import type { Duplex } from 'node:stream'
import { connect, createSecureContext, type SecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls'
import type { TlsContextHandle } from '@weft/addon'
import { Failure } from '@weft/faults'
import { beginClient, beginServer, nativeContext, type NativeHandshake, type TlsAddon } from './native-tls.ts'
import { expectPeer, identityError, peerMismatch } from './peer-identity.ts'
import { spiffeIdOfDer, type Svid } from './svid.ts'
import { TlsAcceptor, type AcceptHandler } from './tls-acceptor.ts'

const SESSIONS_MAX = 4096

interface Entry {
  readonly svid: Svid
  readonly client: SecureContext
  /** The same for the addon; null without. */
  readonly native: TlsContextHandle | null
  readonly acceptors: Set<TlsAcceptor>
}

/**
 * The TLS contexts of every identity on this node, built when an SVID changes and never per connection. TLS 1.3, ALPN h2,
 * no SNI, certificates asked of clients. Sessions resume between the same two identities until either SVID changes.
 */
export class TlsContexts {
  readonly #entries = new Map<string, Entry>()
  /** Sessions by `source destination`, oldest first; emptied of a source whose SVID changes. */
  readonly #sessions = new Map<string, Buffer>()
  /** Those of the addon, likewise. */
  readonly #tickets = new Map<string, Buffer>()
  readonly #sessionsMax: number
  readonly #addon: TlsAddon | null

  /** With `addon` handshakes may also be begun without Node's sockets. */
  constructor(options: { sessionsMax?: number; addon?: TlsAddon | null } = {}) {
    this.#sessionsMax = options.sessionsMax ?? SESSIONS_MAX
    this.#addon = options.addon ?? null
  }

  /** Takes a first or renewed SVID into use for new connections. Faults: Failure `svid_invalid`, and the old one stays. */
  setSvid(svid: Svid): void {
    const options = contextOptions(svid)
    let client: SecureContext
    let native: TlsContextHandle | null
    try {
      client = createSecureContext(options)
      native = nativeContext(this.#addon, {
        chainPem: svid.chainPem,
        keyPem: svid.key.revealPem(),
        rootsPem: svid.rootsPem,
      })
    } catch (error) {
      throw new Failure('svid_invalid', `Cannot use the SVID of ${svid.identity} for TLS`, error)
    }
    const acceptors = this.#entries.get(svid.identity)?.acceptors ?? new Set()
    this.#entries.set(svid.identity, { svid, client, native, acceptors })
    this.#forgetSessions(svid.identity)
    for (const acceptor of acceptors) acceptor.setContext(options)
  }

  /** Forgets an identity: its acceptors refuse from now on. Connections that exist stay. */
  forget(identity: string): void {
    const entry = this.#entries.get(identity)
    if (entry === undefined) return
    this.#entries.delete(identity)
    this.#forgetSessions(identity)
    for (const acceptor of entry.acceptors) acceptor.close()
  }

  svidOf(identity: string): Svid | null {
    return this.#entries.get(identity)?.svid ?? null
  }

  /** Makes handshakes as `identity` on connections it is handed; follows renewals. Faults: Failure `svid_missing`. */
  acceptor(identity: string, handler: AcceptHandler): TlsAcceptor {
    const entry = this.#entryOf(identity)
    const acceptor = new TlsAcceptor(contextOptions(entry.svid), handler, () => {
      this.#entries.get(identity)?.acceptors.delete(acceptor)
    })
    entry.acceptors.add(acceptor)
    return acceptor
  }

  /**
   * Begins TLS as `source` over a connected socket to a server that must prove to be `destination`.
   * Emits `secureConnect`, or `error`, of which a Failure `identity_mismatch` says who answered instead.
   *
   * Faults: throws Failure `svid_missing`.
   */
  connect(socket: Duplex, source: string, destination: string): TLSSocket {
    const entry = this.#entryOf(source)
    const key = `${source} ${destination}`
    const session = this.#sessions.get(key)
    const secure = connect({
      socket,
      secureContext: entry.client,
      minVersion: 'TLSv1.3',
      ALPNProtocols: ['h2'],
      servername: '',
      // Not called when a session resumes: that proves the identity of the handshake that made the session.
      checkServerIdentity: (_host, certificate) => identityError(certificate, [destination]),
      ...(session === undefined ? {} : { session }),
    })
    expectPeer(secure, destination)
    secure.on('session', (fresh) => {
      // A ticket may come late: after a renewal it would resume as the identity's old certificate.
      if (secure.authorized && this.#entries.get(source) === entry) this.#remember(this.#sessions, key, fresh)
    })
    return secure
  }

  /**
   * The same without a socket of Node; null where the addon can't. `verify` throws Failure `identity_mismatch`.
   *
   * Faults: throws Failure `svid_missing`.
   */
  beginClient(source: string, destination: string): NativeHandshake | null {
    const entry = this.#entryOf(source)
    if (this.#addon === null || entry.native === null) return null
    const key = `${source} ${destination}`
    return beginClient(this.#addon, entry.native, '', this.#tickets.get(key), {
      verify: (certificate) => {
        const found = certificate === null ? null : spiffeIdOfDer(certificate)
        if (found !== destination) throw peerMismatch(found, [destination])
        return found
      },
      remember: (ticket) => {
        if (this.#entries.get(source) === entry) this.#remember(this.#tickets, key, ticket)
      },
    })
  }

  /** A handshake as a server without a socket of Node; null where the addon can't. Faults: throws Failure `svid_missing`. */
  beginServer(identity: string): NativeHandshake | null {
    const { native } = this.#entryOf(identity)
    if (this.#addon === null || native === null) return null
    return beginServer(this.#addon, native, {
      verify: (certificate) => {
        const found = certificate === null ? null : spiffeIdOfDer(certificate)
        if (found !== null) return found
        throw new Failure('identity_mismatch', 'found a client certificate that is not an SVID of the mesh')
      },
      remember: () => {},
    })
  }

  #entryOf(identity: string): Entry {
    const entry = this.#entries.get(identity)
    if (entry !== undefined) return entry
    throw new Failure('svid_missing', `Cannot make TLS as ${identity}: found no SVID of it, expected one from the CA`)
  }

  #remember(sessions: Map<string, Buffer>, key: string, session: Buffer): void {
    sessions.delete(key)
    sessions.set(key, session)
    if (sessions.size > this.#sessionsMax) sessions.delete(sessions.keys().next().value!)
  }

  #forgetSessions(source: string): void {
    for (const sessions of [this.#sessions, this.#tickets])
      for (const key of sessions.keys()) if (key.startsWith(`${source} `)) sessions.delete(key)
  }
}

function contextOptions(svid: Svid): SecureContextOptions {
  return { cert: svid.chainPem, key: svid.key.revealPem(), ca: svid.rootsPem, minVersion: 'TLSv1.3' }
}
