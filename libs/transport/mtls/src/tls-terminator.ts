import { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import { createSecureContext, createServer, type SecureContext, type Server, type TLSSocket } from 'node:tls'
import { describeError, Failure } from '@weft/faults'
import type { ServerTls } from '@weft/traffic'

const HANDSHAKE_TIMEOUT_MS = 10_000

/** What a terminator serves for one name that clients ask for. */
export interface TerminatedName {
  readonly tls: ServerTls
  /** ALPN, the most wanted first; empty for any. */
  readonly protocols: readonly string[]
}

export interface TerminatorHandler {
  /** What is served for a name, '' when the client asks for none; null refuses the handshake. */
  find(serverName: string): TerminatedName | null
  /** The handshake is done. The socket is the handler's. */
  secured(socket: TLSSocket, serverName: string): void
  /** The handshake failed; the connection is closed. */
  refused(error: Error, remote: string): void
}

/**
 * The server side of TLS for clients that are no workloads: a certificate by the name asked for, TLS 1.2 or 1.3, clients'
 * certificates demanded where authorities for them are given.
 *
 * It is a tls.Server that never listens; connections are handed to it. Sessions resume only where no client has to prove
 * itself: a ticket would carry a proof from one name to another.
 */
export class TlsTerminator {
  readonly #handler: TerminatorHandler
  readonly #server: Server

  /** `asksClients`: some name wants certificates of clients. */
  constructor(asksClients: boolean, handler: TerminatorHandler) {
    this.#handler = handler
    const nameless = handler.find('')
    this.#server = createServer({
      ...(nameless === null ? {} : contextOptions(nameless.tls)),
      minVersion: 'TLSv1.2',
      requestCert: asksClients,
      // Decided after the handshake, by what was asked for.
      rejectUnauthorized: false,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      ...(asksClients ? { sessionTimeout: 1, secureOptions: NO_TICKET } : {}),
      SNICallback: (name, done) => {
        const found = handler.find(name)
        if (found === null) done(new Error(`nothing is served for ${JSON.stringify(name)}`))
        else done(null, contextFor(found.tls, name.toLowerCase()))
      },
      ALPNCallback: ({ servername, protocols }) => chooseProtocol(handler.find(servername ?? ''), protocols),
    })
    this.#server.on('secureConnection', (socket) => this.#secured(socket))
    this.#server.on('tlsClientError', (error, socket) => {
      handler.refused(error, remoteOf(socket))
      socket.destroy()
    })
  }

  /** Starts a handshake. The socket is the terminator's until the handler gets it. */
  accept(socket: Socket): void {
    this.#server.emit('connection', socket)
  }

  #secured(socket: TLSSocket): void {
    const serverName = serverNameOf(socket)
    const found = this.#handler.find(serverName)
    const trouble = found === null ? new Error('nothing is served for that name') : clientTrouble(socket, found.tls)
    if (trouble === null) return this.#handler.secured(socket, serverName)
    this.#handler.refused(trouble, remoteOf(socket))
    socket.destroy()
  }
}

/** SSL_OP_NO_TICKET */
const NO_TICKET = 0x4000

/** Faults: Failure `certificate` when something of it can't be used. Builds what handshakes need, once for each object. */
export function prepareServerTls(tls: ServerTls): void {
  preparedOf(tls)
}

interface Prepared {
  readonly contexts: readonly { readonly names: readonly string[]; readonly context: SecureContext }[]
}

const prepared = new WeakMap<ServerTls, Prepared>()

function preparedOf(tls: ServerTls): Prepared {
  const known = prepared.get(tls)
  if (known !== undefined) return known
  try {
    const contexts = tls.certificates.map(({ chainPem, keyPem }) => ({
      names: namesOf(chainPem),
      context: createSecureContext({ cert: chainPem, key: keyPem, minVersion: 'TLSv1.2', ...authoritiesOf(tls) }),
    }))
    const made = { contexts }
    prepared.set(tls, made)
    return made
  } catch (error) {
    throw new Failure('certificate', `Cannot use a certificate for TLS: ${describeError(error)}`, error)
  }
}

/** The first certificate that holds the name, else the first. */
function contextFor(tls: ServerTls, name: string): SecureContext {
  const { contexts } = preparedOf(tls)
  return (contexts.find(({ names }) => names.some((own) => matches(own, name))) ?? contexts[0]!).context
}

function contextOptions(tls: ServerTls): { cert: string; key: string; ca?: string } {
  const { chainPem, keyPem } = tls.certificates[0]!
  return { cert: chainPem, key: keyPem, ...authoritiesOf(tls) }
}

function authoritiesOf({ clientCaPem }: ServerTls): { ca?: string } {
  return clientCaPem === '' ? {} : { ca: clientCaPem }
}

function namesOf(chainPem: string): string[] {
  const names = new X509Certificate(chainPem).subjectAltName ?? ''
  return [...names.matchAll(/DNS:([^,\s]+)/g)].map((match) => match[1]!.toLowerCase())
}

function matches(own: string, name: string): boolean {
  if (own === name) return true
  const dot = name.indexOf('.')
  return own.startsWith('*.') && dot > 0 && name.slice(dot) === own.slice(1)
}

function chooseProtocol(found: TerminatedName | null, offered: readonly string[]): string | undefined {
  if (found === null) return undefined
  if (found.protocols.length === 0) return offered.includes('http/1.1') ? 'http/1.1' : offered[0]
  return found.protocols.find((protocol) => offered.includes(protocol))
}

function serverNameOf(socket: TLSSocket): string {
  const { servername } = socket as { servername?: string | false | null }
  return typeof servername === 'string' ? servername.toLowerCase() : ''
}

/** Why the client is not admitted; null when it is. */
function clientTrouble(socket: TLSSocket, tls: ServerTls): Error | null {
  if (tls.clientCaPem === '') return null
  if (socket.getPeerX509Certificate() === undefined)
    return new Error('found no certificate of the client, expected one')
  if (socket.authorized) return null
  return new Error(`found a certificate of the client that does not verify: ${String(socket.authorizationError)}`)
}

function remoteOf(socket: TLSSocket): string {
  return `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`
}
