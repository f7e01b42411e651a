import { isIP, type Socket } from 'node:net'
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import type { TlsContextHandle } from '@weft/addon'
import { describeError, Failure } from '@weft/faults'
import type { ClientTls } from '@weft/topology'
import { beginClient, nativeContext, type NativeHandshake, type TlsAddon } from './native-tls.ts'

/** What handshakes by one setting share. */
export interface PreparedClientTls {
  readonly context: SecureContext
  /** By name and ALPN; the last one that the server gave. */
  readonly sessions: Map<string, Buffer>
}

const prepared = new WeakMap<ClientTls, PreparedClientTls>()
/** Names that one setting may be used with; an endpoint's address is one when no name is given. */
const SESSIONS_MAX = 1024

/**
 * Begins TLS over a connected socket towards a server that must prove to be `serverName`, or the address when that is ''.
 * TLS 1.2 or 1.3; sessions resume. Emits `secureConnect`, or `error`.
 */
export function originateTls(socket: Socket, tls: ClientTls, address: string, protocols: readonly string[]): TLSSocket {
  const { context, sessions } = prepareClientTls(tls)
  const name = tls.serverName === '' ? address : tls.serverName
  const key = `${name} ${protocols.join(',')}`
  const session = sessions.get(key)
  const secure = connect({
    socket,
    secureContext: context,
    host: name,
    servername: isIP(name) === 0 ? name : '',
    minVersion: 'TLSv1.2',
    ...(protocols.length === 0 ? {} : { ALPNProtocols: [...protocols] }),
    ...(session === undefined ? {} : { session }),
  })
  secure.on('session', (fresh) => {
    if (!secure.authorized) return
    if (sessions.size >= SESSIONS_MAX) sessions.clear()
    sessions.set(key, fresh)
  })
  return secure
}

/**
 * The same for HTTP/2 by TLS 1.3, without a socket of Node; null where the addon can't, or the authorities are those of the
 * machine. The certificate has been verified for the name when the handshake is done.
 */
export function beginOriginated(addon: TlsAddon | null, tls: ClientTls, address: string): NativeHandshake | null {
  if (addon === null || tls.caPem === '') return null
  const known = natives.get(tls)
  const native = known ?? { context: nativeContext(addon, partsOf(tls)), tickets: new Map<string, Buffer>() }
  if (known === undefined) natives.set(tls, native)
  if (native.context === null) return null
  const name = tls.serverName === '' ? address : tls.serverName
  const { tickets } = native
  return beginClient(addon, native.context, name, tickets.get(name), {
    verify: () => '',
    remember: (ticket) => {
      if (tickets.size >= SESSIONS_MAX) tickets.clear()
      tickets.set(name, ticket)
    },
  })
}

const natives = new WeakMap<
  ClientTls,
  { readonly context: TlsContextHandle | null; readonly tickets: Map<string, Buffer> }
>()

function partsOf({ chainPem, keyPem, caPem }: ClientTls): { chainPem: string; keyPem: string; rootsPem: string } {
  return { chainPem, keyPem, rootsPem: caPem }
}

/** Builds what handshakes need, once for each object. Faults: Failure `certificate`. */
export function prepareClientTls(tls: ClientTls): PreparedClientTls {
  const known = prepared.get(tls)
  if (known !== undefined) return known
  try {
    const context = createSecureContext({
      minVersion: 'TLSv1.2',
      ...(tls.caPem === '' ? {} : { ca: tls.caPem }),
      ...(tls.chainPem === '' ? {} : { cert: tls.chainPem, key: tls.keyPem }),
    })
    const made: PreparedClientTls = { context, sessions: new Map() }
    prepared.set(tls, made)
    return made
  } catch (error) {
    throw new Failure('certificate', `Cannot use a certificate for TLS: ${describeError(error)}`, error)
  }
}
