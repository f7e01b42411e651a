import type { Socket } from 'node:net'
import { createServer, type SecureContextOptions, type Server, type TLSSocket } from 'node:tls'
import { peerIdentityOf } from './peer-identity.ts'

const HANDSHAKE_TIMEOUT_MS = 10_000

export interface AcceptHandler {
  /** The handshake is done and the client has proved `peer`, a SPIFFE ID. The socket is the handler's. */
  accepted(socket: TLSSocket, peer: string): void
  /** The handshake failed, or the client proved nobody; the connection is closed. `remote` is `address:port`. */
  refused(error: Error, remote: string): void
}

/**
 * The server side of handshakes as one identity, on connections from anywhere. A client without a valid SVID is refused.
 *
 * It is a tls.Server that never listens: Node reports whether a client's certificate verified only through one, and
 * allows connections to be handed to it.
 */
export class TlsAcceptor {
  readonly #server: Server
  readonly #onClose: () => void
  #open = true

  /** Made by TlsContexts.acceptor. */
  constructor(context: SecureContextOptions, handler: AcceptHandler, onClose: () => void) {
    this.#onClose = onClose
    this.#server = createServer({
      ...context,
      requestCert: true,
      rejectUnauthorized: true,
      ALPNProtocols: ['h2'],
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    })
    this.#server.on('secureConnection', (socket) => {
      const peer = peerIdentityOf(socket)
      if (peer !== null) return handler.accepted(socket, peer)
      const remote = remoteOf(socket)
      socket.destroy()
      handler.refused(new Error('found a client certificate that is not an SVID of the mesh'), remote)
    })
    this.#server.on('tlsClientError', (error, socket) => {
      socket.destroy()
      handler.refused(error, remoteOf(socket))
    })
  }

  /** Starts a handshake. The socket is the acceptor's until the handler gets it. */
  accept(socket: Socket): void {
    if (this.#open) this.#server.emit('connection', socket)
    else socket.destroy()
  }

  /** New handshakes use this context; sessions of the former do not resume. */
  setContext(context: SecureContextOptions): void {
    this.#server.setSecureContext(context)
  }

  /** Refuses from now on. Safe twice. */
  close(): void {
    this.#open = false
    this.#onClose()
  }
}

function remoteOf(socket: TLSSocket): string {
  return `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`
}
