import { formatAddress, SocketChannel, type TcpChannel } from '@weft/channel'
import { describeError, type Fault, fault } from '@weft/faults'
import type { HboneClient } from '@weft/hbone'
import type { Connector, Opened, Protocol } from '@weft/layers'
import { HeaderList } from '@weft/message'
import { originateTls } from '@weft/mtls'
import type { Clock } from '@weft/time'
import type { ClientTls } from '@weft/topology'
import type { NetworkNamespaces } from '../worker/network-namespaces.ts'
import { PROTOCOL_HEADER } from './connector.ts'
import type { ExternalTunnels } from './external-tunnels.ts'

/** What is offered by ALPN for what is to flow. */
const alpnOf: Readonly<Record<Protocol, readonly string[]>> = {
  http: ['http/1.1'],
  http2: ['h2'],
  either: ['h2', 'http/1.1'],
  tcp: [],
  detect: [],
}

/**
 * Reaches an endpoint of an ExternalService: directly, by TLS that verifies it, or through a tunnel to another proxy.
 *
 * Faults: `connect_failed` with the address and what went wrong; those of the tunnel.
 */
export function externalConnector(
  namespaces: NetworkNamespaces,
  hbone: HboneClient,
  tunnels: ExternalTunnels,
  clock: Clock,
): Connector {
  return async (caller, upstream, protocol, connectTimeoutMs) => {
    const { tls, tunnel } = upstream.external!
    if (tunnel !== null) {
      const authority = formatAddress(upstream.address, upstream.port)
      const headers = new HeaderList([PROTOCOL_HEADER, protocol])
      const opened = await hbone.openTunnel(tunnels.targetOf(tunnel), authority, headers, connectTimeoutMs)
      return opened
    }
    const startedAtMs = clock.nowMs()
    const dialled = await namespaces.dial(caller.netnsPath, '', upstream.address, upstream.port, connectTimeoutMs)
    if (!dialled.ok || tls === null) return dialled
    const leftMs = Math.max(connectTimeoutMs - (clock.nowMs() - startedAtMs), 1)
    return secure(dialled.channel, tls, upstream.address, protocol, leftMs, clock)
  }
}

function secure(
  tcp: TcpChannel,
  tls: ClientTls,
  address: string,
  protocol: Protocol,
  timeoutMs: number,
  clock: Clock,
): Promise<Opened> {
  const where = tcp.remote
  const socket = originateTls(tcp.toSocket(), tls, address, alpnOf[protocol])
  const name = tls.serverName === '' ? address : tls.serverName
  return new Promise((resolve) => {
    const channel = new SocketChannel(socket, where)
    const settle = (refusal: Fault | null): void => {
      timer.cancel()
      socket.off('error', failed)
      socket.off('close', closed)
      if (refusal === null) return resolve({ ok: true, channel, isHttp2: socket.alpnProtocol === 'h2' })
      resolve(refusal)
      socket.destroy()
    }
    const failed = (error: Error): void => {
      const message = `Cannot make TLS with ${name} at ${where}: ${describeError(error)}; expected a certificate of it`
      settle(fault('connect_failed', 'tls', message))
    }
    const closed = (): void => failed(new Error('the connection was closed in the handshake'))
    const timer = clock.after(timeoutMs, () => failed(new Error(`no handshake within ${Math.round(timeoutMs)} ms`)))
    socket.once('error', failed)
    socket.once('close', closed)
    socket.once('secureConnect', () => {
      // A server without ALPN is taken at the word of the configuration, for HTTP/1.1; HTTP/2 must be agreed on.
      const isAgreed = protocol !== 'http2' || socket.alpnProtocol === 'h2'
      if (isAgreed) return settle(null)
      const message = `${name} at ${where} agreed on ${String(socket.alpnProtocol)}: expected h2`
      settle(fault('protocol_mismatch', 'tls', message))
    })
  })
}
