import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { Failure } from '@weft/faults'
import type { HboneTarget, TunnelTls } from '@weft/hbone'
import { beginOriginated, type NativeHandshake, originateTls, type TlsAddon } from '@weft/mtls'
import type { ClientTls, ExternalTunnel } from '@weft/topology'

/** Tunnels that are remembered with what proves us to their other end. */
const TUNNELS_MAX = 1024

/** TLS for tunnels to other proxies: who we are and whom it must be follows from the configuration, not from a SPIFFE ID. */
export class ExternalTunnels implements TunnelTls {
  readonly #targets = new WeakMap<ExternalTunnel, HboneTarget>()
  readonly #tlsBySource = new Map<string, ClientTls>()
  readonly #addon: TlsAddon | null
  #count = 0

  constructor(addon: TlsAddon | null) {
    this.#addon = addon
  }

  /** One target for as long as the configuration of the tunnel stays the same; connections are pooled by it. */
  targetOf(tunnel: ExternalTunnel): HboneTarget {
    const known = this.#targets.get(tunnel)
    if (known !== undefined) return known
    const { address, port, tls } = tunnel
    const source = `tunnel ${++this.#count}`
    const destination = tls.serverName === '' ? address : tls.serverName
    const target = { source, destination, host: address, port, sourceAddress: '', netnsPath: '' }
    if (this.#tlsBySource.size >= TUNNELS_MAX) this.#tlsBySource.delete(this.#tlsBySource.keys().next().value!)
    this.#tlsBySource.set(source, tls)
    this.#targets.set(tunnel, target)
    return target
  }

  connect(socket: Duplex, source: string, destination: string): TLSSocket {
    return originateTls(socket as Socket, this.#tlsOf(source, destination), destination, ['h2'])
  }

  beginClient(source: string, destination: string): NativeHandshake | null {
    return beginOriginated(this.#addon, this.#tlsOf(source, destination), destination)
  }

  #tlsOf(source: string, destination: string): ClientTls {
    const tls = this.#tlsBySource.get(source)
    if (tls !== undefined) return tls
    throw new Failure('svid_missing', `${source} to ${destination} is not configured any more`)
  }
}
