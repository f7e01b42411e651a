import type { Channel, TcpChannel } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'
import { HboneServer, type HboneServerHandler, secureNative, type TunnelRequest } from '@weft/hbone'
import { beginTerminated, type NativeHandshake } from '@weft/mtls'
import type { Backend, Caller, Destination, Origin } from '@weft/stack'
import { PROTOCOL_HEADER } from '../outbound/connector.ts'
import type { GatewayPortTable } from '../snapshot/gateway-table.ts'
import type { DataPlane } from '../worker/data-plane.ts'
import type { Gateway } from './gateway.ts'
import type { PortTls } from './port-tls.ts'

const HANDSHAKE_TIMEOUT_MS = 10_000

/**
 * Tunnels of other proxies: whoever proved itself at the handshake is let to what the listener's routes lead to; without
 * any route, to the endpoints of ExternalServices, by their address, and to nothing else.
 */
export class TunnelAcceptor {
  readonly plane: DataPlane
  readonly gateway: Gateway
  /** With the name of the port that each came by. */
  readonly #servers = new Map<HboneServer, string>()

  constructor(plane: DataPlane, gateway: Gateway) {
    this.plane = plane
    this.gateway = gateway
  }

  /** Before the handshake. */
  begin(channel: TcpChannel, table: GatewayPortTable, tls: PortTls): void {
    const listener = table.listeners.find('')?.listener
    const serverTls = listener?.tls ?? null
    const handshake = serverTls === null ? null : beginTerminated(this.plane.addon, serverTls)
    // A certificate that depends on the name asked for is Node's to choose.
    if (handshake === null) tls.accept(channel.toSocket(), table)
    else void this.#secure(channel, table, handshake)
  }

  async #secure(tcp: TcpChannel, table: GatewayPortTable, handshake: NativeHandshake): Promise<void> {
    const { clock, refusalLog } = this.plane
    const { remote } = tcp
    const secured = await secureNative(tcp, handshake, HANDSHAKE_TIMEOUT_MS, clock)
    if (!(secured instanceof Error)) return this.accept(secured.channel, table)
    refusalLog.warn('refused a handshake', { remote, listener: table.port.name, error: secured.message })
  }

  /** After the handshake. */
  accept(channel: Channel, table: GatewayPortTable): void {
    const handler = new PeerTunnels(this, table.port.name)
    const server = new HboneServer(channel, channel.remote, handler, this.plane.clock, this.plane.hboneOptions)
    this.#servers.set(server, table.port.name)
    this.plane.connections.add(server)
  }

  /** The port is closed: connections take no new tunnels. */
  closed(portName: string): void {
    for (const [server, name] of this.#servers) if (name === portName) server.drain()
  }

  forget(server: HboneServer): void {
    this.#servers.delete(server)
    this.plane.connections.remove(server)
  }
}

/** The tunnels of one connection. */
class PeerTunnels implements HboneServerHandler {
  readonly #acceptor: TunnelAcceptor
  readonly #portName: string

  constructor(acceptor: TunnelAcceptor, portName: string) {
    this.#acceptor = acceptor
    this.#portName = portName
  }

  tunnel(request: TunnelRequest): void {
    const { plane, gateway } = this.#acceptor
    const table = plane.snapshots.current.gateways.port(this.#portName)
    const listener = table?.listeners.find('') ?? null
    if (listener === null) return this.#refuse(request, '', fault('no_route', 'gateway', `${this.#portName} is closed`))
    const version = versionOf(request)
    if (listener.listener.isHttp && version !== null) {
      const channel = request.accept()
      return gateway.serveHttp(channel, version, gateway.origin(channel, this.#portName, ''), this.#portName)
    }
    const relay = listener.relays.find('')
    if (relay !== null) return gateway.relay(relay.backends, relay.name, opener(request), this.#refusal(request))
    const backend = listener.listener.isHttp ? null : plane.snapshots.current.externals.endpoint(request.authority)
    if (backend === null) {
      const message = `Found nothing at ${request.authority}: expected an endpoint of an ExternalService`
      return this.#refuse(request, '', fault('no_route', 'gateway', message))
    }
    if (version === null) return gateway.relayTo(backend, opener(request), this.#refusal(request))
    const origin = new EndpointOrigin(plane, gateway.caller, request.authority, backend)
    gateway.serveHttp(request.accept(), version, origin, backend.service)
  }

  closed(server: HboneServer): void {
    this.#acceptor.forget(server)
  }

  #refusal(request: TunnelRequest): (refusal: Fault, service: string) => void {
    return (refusal, service) => this.#refuse(request, service, refusal)
  }

  #refuse(request: TunnelRequest, service: string, refusal: Fault): void {
    this.#acceptor.gateway.countRefusal(request.server.remote, service, refusal)
    request.refuse(refusal.reason)
  }
}

/** The octets of a tunnel, once somebody takes them; null when the other end gave up meanwhile. */
function opener(request: TunnelRequest) {
  return () => (request.isGone ? null : request.accept())
}

function versionOf(request: TunnelRequest): 'http1' | 'http2' | null {
  const said = request.headers.get(PROTOCOL_HEADER)
  return said === 'http' ? 'http1' : said === 'http2' ? 'http2' : null
}

/** A tunnel to one endpoint: each request goes there as the configuration of that moment has it. */
class EndpointOrigin implements Origin {
  readonly caller: Caller
  readonly #plane: DataPlane
  readonly #authority: string
  #revision: number
  #destination: Destination | Fault

  constructor(plane: DataPlane, caller: Caller, authority: string, backend: Backend) {
    this.caller = caller
    this.#plane = plane
    this.#authority = authority
    this.#revision = plane.snapshots.current.revision
    this.#destination = destinationTo(backend, String(this.#revision))
  }

  destination(): Destination | Fault {
    const snapshot = this.#plane.snapshots.current
    if (snapshot.revision === this.#revision) return this.#destination
    this.#revision = snapshot.revision
    const backend = snapshot.externals.endpoint(this.#authority)
    const message = `Found nothing at ${this.#authority} any more: expected an endpoint of an ExternalService`
    const { revisionText } = snapshot
    this.#destination =
      backend === null ? fault('no_route', 'gateway', message, '', revisionText) : destinationTo(backend, revisionText)
    return this.#destination
  }
}

function destinationTo(backend: Backend, revision: string): Destination {
  const { service, port } = backend
  return { service, port, revision, route: null, backend, backendOf: () => null }
}
