import type { Duplex } from 'node:stream'
import { connect, createSecureContext, type SecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls'
import { Failure } from '@weft/faults'
import { expectPeer, identityError } from './peer-identity.ts'
import type { Svid } from './svid.ts'
import { TlsAcceptor, type AcceptHandler } from './tls-acceptor.ts'

const SESSIONS_MAX = 4096

interface Entry {
  readonly svid: Svid
  readonly client: SecureContext
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
  readonly #sessionsMax: number

  constructor(options: { sessionsMax?: number } = {}) {
    this.#sessionsMax = options.sessionsMax ?? SESSIONS_MAX
  }

  /** Takes a first or renewed SVID into use for new connections. Faults: Failure `svid_invalid`, and the old one stays. */
  setSvid(svid: Svid): void {
    const options = contextOptions(svid)
    let client: SecureContext
    try {
      client = createSecureContext(options)
    } catch (error) {
      throw new Failure('svid_invalid', `Cannot use the SVID of ${svid.identity} for TLS`, error)
    }
    const acceptors = this.#entries.get(svid.identity)?.acceptors ?? new Set()
    this.#entries.set(svid.identity, { svid, client, acceptors })
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
      if (secure.authorized && this.#entries.get(source) === entry) this.#remember(key, fresh)
    })
    return secure
  }

  #entryOf(identity: string): Entry {
    const entry = this.#entries.get(identity)
    if (entry !== undefined) return entry
    throw new Failure('svid_missing', `Cannot make TLS as ${identity}: found no SVID of it, expected one from the CA`)
  }

  #remember(key: string, session: Buffer): void {
    this.#sessions.delete(key)
    this.#sessions.set(key, session)
    if (this.#sessions.size <= this.#sessionsMax) return
    for (const oldest of this.#sessions.keys()) {
      this.#sessions.delete(oldest)
      break
    }
  }

  #forgetSessions(source: string): void {
    for (const key of this.#sessions.keys()) if (key.startsWith(`${source} `)) this.#sessions.delete(key)
  }
}

function contextOptions(svid: Svid): SecureContextOptions {
  return { cert: svid.chainPem, key: svid.key.revealPem(), ca: svid.rootsPem, minVersion: 'TLSv1.3' }
}
