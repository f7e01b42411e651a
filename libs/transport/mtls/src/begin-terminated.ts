import type { TlsContextHandle } from '@weft/addon'
import type { ServerTls } from '@weft/traffic'
import { beginServer, nativeContext, type NativeHandshake, type TlsAddon } from './native-tls.ts'

const contexts = new WeakMap<ServerTls, TlsContextHandle | null>()

/**
 * The server side of HTTP/2 by TLS 1.3 for whoever proves a certificate of the authorities, or for anybody when there are
 * none; without a socket of Node. Null where the addon can't, or the certificate depends on the name asked for.
 */
export function beginTerminated(addon: TlsAddon | null, tls: ServerTls): NativeHandshake | null {
  if (addon === null || tls.certificates.length !== 1) return null
  let context = contexts.get(tls)
  if (context === undefined) {
    const { chainPem, keyPem } = tls.certificates[0]!
    context = nativeContext(addon, { chainPem, keyPem, rootsPem: tls.clientCaPem })
    contexts.set(tls, context)
  }
  return context === null ? null : beginServer(addon, context, { verify: () => '', remember: () => {} })
}
