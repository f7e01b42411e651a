import type { Socket } from 'node:net'
import { connect, createSecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls'
import { CallCredentials, ChannelCredentials, ServerCredentials, type VerifyOptions } from '@grpc/grpc-js'
import { identityError, type ExpectedIdentities, type Svid, type SvidSource } from '@weft/mtls'

const HANDSHAKE_TIMEOUT_MS = 10_000
type SecureConnector = ReturnType<ChannelCredentials['_createSecureConnector']>

/** No TLS: for unix sockets, whose file mode is the lock. */
export function plainServerCredentials(): ServerCredentials {
  return ServerCredentials.createInsecure()
}

export function plainClientCredentials(): ChannelCredentials {
  return ChannelCredentials.createInsecure()
}

/**
 * Server side of mTLS, TLS 1.3 only, with the SVID in force: a renewed one serves new connections, those that exist stay.
 * Certificates of clients are asked for; `clientCertificate: 'optional'` lets clients without one (or with one that does
 * not verify) in as nobody: {@link IncomingCall.peerIdentity} is null then.
 */
export function meshServerCredentials(
  source: SvidSource,
  options: { clientCertificate?: 'required' | 'optional' } = {},
): MeshServerCredentials {
  return new MeshServerCredentials(source, options.clientCertificate !== 'optional')
}

class MeshServerCredentials extends ServerCredentials {
  constructor(source: SvidSource, required: boolean) {
    const protocol = { minVersion: 'TLSv1.3', handshakeTimeout: HANDSHAKE_TIMEOUT_MS } as const
    super({ ...protocol, requestCert: true, rejectUnauthorized: required }, contextOptions(source.current()))
    source.onChange((svid) => this.updateSecureContextOptions(contextOptions(svid)))
  }

  override _equals(other: ServerCredentials): boolean {
    return this === other
  }
}

/** What a client trusts and, unless it has none yet, who it is. */
export interface ClientTrust {
  /** PEM of trusted roots. */
  readonly rootsPem: string
}

/**
 * Client side of mTLS, TLS 1.3 only, without SNI: the server must prove one of `servers`; host names play no part.
 * Takes the SVID in force at each connect. With only roots (before joining) the client shows no certificate.
 */
export function meshClientCredentials(
  source: SvidSource | ClientTrust,
  servers: ExpectedIdentities,
): ChannelCredentials {
  return new MeshClientCredentials(source, servers)
}

class MeshClientCredentials extends ChannelCredentials {
  readonly #source: SvidSource | ClientTrust
  readonly #servers: ExpectedIdentities

  constructor(source: SvidSource | ClientTrust, servers: ExpectedIdentities) {
    super()
    this.#source = source
    this.#servers = servers
  }

  override _isSecure(): boolean {
    return true
  }

  override _equals(other: ChannelCredentials): boolean {
    return this === other
  }

  override _createSecureConnector(_target: unknown, _options: unknown, calls?: CallCredentials): SecureConnector {
    return {
      connect: async (socket) => ({ socket: await this.#secure(socket), secure: true }),
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => calls ?? CallCredentials.createEmpty(),
      destroy: () => {},
    }
  }

  #secure(socket: Socket): Promise<TLSSocket> {
    const trust = 'current' in this.#source ? this.#source.current() : this.#source
    const checkServerIdentity: VerifyOptions['checkServerIdentity'] = (_host, certificate) =>
      identityError(certificate, this.#servers)
    return new Promise((resolve, reject) => {
      const secure = connect({
        socket,
        secureContext: createSecureContext(contextOptions(trust)),
        minVersion: 'TLSv1.3',
        ALPNProtocols: ['h2'],
        servername: '',
        checkServerIdentity,
      })
      const fail = (error: Error): void => reject(error)
      const closed = (): void => reject(new Error('the connection was closed during the TLS handshake'))
      secure.once('error', fail)
      secure.once('close', closed)
      secure.once('secureConnect', () => {
        secure.off('error', fail)
        secure.off('close', closed)
        resolve(secure)
      })
    })
  }
}

function contextOptions(trust: ClientTrust | Svid): SecureContextOptions {
  const own = 'key' in trust ? { cert: trust.chainPem, key: trust.key.revealPem() } : {}
  return { ...own, ca: trust.rootsPem, minVersion: 'TLSv1.3' }
}
