import { type Channel, SocketChannel, type TcpChannel } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'
import type { HttpService } from '@weft/http-proxy'
import type { Connector } from '@weft/layers'
import { chooseBackend } from '@weft/routing'
import type { Backend, Caller, Origin } from '@weft/stack'
import type { WeightedBackend } from '@weft/traffic'
import { openTcp, relayTcp } from '../outbound/tcp.ts'
import { outboundStack } from '../outbound/stack.ts'
import type { GatewayPortTable } from '../snapshot/gateway-table.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { DataPlane } from '../worker/data-plane.ts'
import { httpServiceOf, serveHttp } from '../worker/http-connections.ts'
import { GatewayOrigin } from './gateway-origin.ts'
import { HelloWatch, peekHello } from './hello-watch.ts'
import { TunnelAcceptor } from './tunnel-acceptor.ts'
import { PortTls } from './port-tls.ts'
import { VersionWatch } from './version-watch.ts'

/** Whoever comes in by a gateway; who they are nobody has proved. */
const client: Caller = Object.freeze({
  identity: '',
  workload: '',
  security: 'plaintext',
  sourceAddress: '',
  netnsPath: '',
})

/** The way in from outside: takes connections of listening ports to where the routes of gateways lead. */
export class Gateway {
  readonly #plane: DataPlane
  readonly #connector: Connector
  readonly #plain: HttpService
  readonly #secure: HttpService
  readonly #tunnels: TunnelAcceptor
  readonly #tls: PortTls

  constructor(plane: DataPlane, connector: Connector) {
    this.#plane = plane
    this.#connector = connector
    const handler = outboundStack(plane)
    this.#plain = httpServiceOf(plane, handler)
    this.#secure = httpServiceOf(plane, handler, 'https')
    this.#tunnels = new TunnelAcceptor(plane, this)
    this.#tls = new PortTls(plane, (socket, portName, serverName) => {
      const channel = new SocketChannel(socket)
      this.#serveSecured(channel, portName, serverName, socket.alpnProtocol || '')
    })
    plane.snapshots.onChange((snapshot) => this.#warmUp(snapshot))
  }

  /** Makes the connections that policies want ready, before anybody asks for them. */
  #warmUp({ resources, externals }: Snapshot): void {
    if (resources.GatewayPort.size === 0) return
    const isWanted = [...resources.TrafficPolicy.values()].some(({ warmConnections }) => warmConnections > 0)
    if (!isWanted) return
    for (const [name, { ports }] of resources.ExternalService) {
      for (const { port } of ports) {
        const backend = externals.port(name, port)
        if (backend === null || backend.policy.warmConnections === 0) continue
        for (const { target } of backend.balancer.states()) {
          if (target.external!.httpVersion === 0) continue
          this.#plane.outboundPools.of(client, target, backend.policy).warmUp()
        }
      }
    }
  }

  /** A connection that came to the port of that name (`address:port`). */
  accept(channel: TcpChannel, portName: string): void {
    const table = this.#plane.snapshots.current.gateways.port(portName)
    if (table === null) return channel.destroy(new Error(`no gateway listens on ${portName} any more`))
    switch (table.port.kind) {
      case 'http':
        return this.#serveHttp(channel, portName, '', '')
      case 'tcp':
        return this.#serveOctets(channel, table, '')
      case 'tls':
        return this.#serveTls(channel, table)
      case 'hbone':
        return this.#tunnels.begin(channel, table, this.#tls)
    }
  }

  /** Whether clients of that port speak HTTP without TLS. */
  isPlainHttp(portName: string): boolean {
    return this.#plane.snapshots.current.gateways.port(portName)?.port.kind === 'http'
  }

  /** The port is closed: HTTP connections end when what is under way is done, relays when their sides end. */
  closed(portName: string): void {
    this.#tunnels.closed(portName)
    this.#plane.connections.drainWhere(
      (open) => 'origin' in open && open.origin instanceof GatewayOrigin && open.origin.portName === portName,
    )
  }

  /** HTTP of the version that is known, by the routes that the origin leads to. */
  serveHttp(channel: Channel, version: 'http1' | 'http2', origin: Origin, name: string): void {
    serveHttp(this.#plane, this.#plane.outboundTable, this.#plain, channel, version, origin, name)
  }

  /** Octets to one of these backends; `refused` is told when none can be had, else `opened` gives the client. */
  relay(
    backends: readonly WeightedBackend[],
    rule: string,
    opened: () => Channel | null,
    refused: (refusal: Fault, service: string) => void,
  ): void {
    const reference = chooseBackend(backends, this.#plane.random)
    const backend = reference === null ? null : this.#plane.snapshots.current.backendOf(reference)
    if (backend !== null) return this.relayTo(backend, opened, refused)
    const message = `${rule} leads to no backend: expected a port of a service that exists`
    refused(fault('backend_invalid', 'gateway', message, rule), '')
  }

  relayTo(backend: Backend, opened: () => Channel | null, refused: (refusal: Fault, service: string) => void): void {
    // The client is read only once there is somebody to give it to.
    void openTcp(this.#plane, this.#connector, client, backend, 'tcp').then((upstream) => {
      if (!upstream.ok) return refused(upstream, backend.service)
      const channel = opened()
      if (channel !== null) return relayTcp(this.#plane, client, channel, upstream, upstream.channel)
      backend.balancer.released(upstream.endpoint)
      upstream.channel.destroy()
    })
  }

  /** Counts and tells of a connection or tunnel that was refused. */
  countRefusal(remote: string, service: string, refusal: Fault): void {
    this.#plane.outboundTable.counter(client, service, null, 'tcp').fault(refusal.code)
    this.#plane.accessLog.refused('outbound', '', remote, service, refusal)
  }

  origin(channel: Channel, portName: string, serverName: string): GatewayOrigin {
    return new GatewayOrigin(this.#plane.snapshots, client, channel, portName, serverName)
  }

  get caller(): Caller {
    return client
  }

  #serveTls(channel: TcpChannel, table: GatewayPortTable): void {
    if (!table.hasPassthrough) return this.#tls.accept(channel.toSocket(), table)
    const { name } = table.port
    if (!table.hasTermination) {
      new HelloWatch(channel, this.#plane, (serverName, looked) => this.#passOn(looked, name, serverName))
      return
    }
    const socket = channel.toSocket()
    peekHello(socket, this.#plane.clock, (serverName) => {
      const current = this.#plane.snapshots.current.gateways.port(name)
      const isTerminated = (current?.listeners.find(serverName)?.listener.tls ?? null) !== null
      if (isTerminated) this.#tls.accept(socket, current!)
      else this.#passOn(new SocketChannel(socket), name, serverName)
    })
  }

  #passOn(channel: Channel, portName: string, serverName: string): void {
    const table = this.#plane.snapshots.current.gateways.port(portName)
    if (table === null) return channel.destroy()
    this.#serveOctets(channel, table, serverName)
  }

  #serveSecured(channel: SocketChannel, portName: string, serverName: string, protocol: string): void {
    const table = this.#plane.snapshots.current.gateways.port(portName)
    const found = table?.listeners.find(serverName) ?? null
    if (table === null || found === null) return channel.destroy()
    if (table.port.kind === 'hbone') return this.#tunnels.accept(channel, table)
    if (found.listener.isHttp) this.#serveHttp(channel, portName, serverName, protocol)
    else this.#serveOctets(channel, table, serverName)
  }

  /** `serverName` is what the client asked for by TLS, '' in plaintext; `protocol` what was agreed on. */
  #serveHttp(channel: Channel, portName: string, serverName: string, protocol: string): void {
    const plane = this.#plane
    const origin = this.origin(channel, portName, serverName)
    const service = channel instanceof SocketChannel && 'encrypted' in channel.socket ? this.#secure : this.#plain
    const serve = (version: 'http1' | 'http2'): void => {
      serveHttp(plane, plane.outboundTable, service, channel, version, origin, portName)
    }
    if (protocol === 'h2') serve('http2')
    else if (protocol === 'http/1.1') serve('http1')
    else new VersionWatch(channel, plane.connections, plane.coarseWheel, plane.clock, serve)
  }

  #serveOctets(channel: Channel, table: GatewayPortTable, serverName: string): void {
    const listener = table.listeners.find(serverName)
    const relay = listener?.relays.find(serverName) ?? null
    if (relay === null) {
      const found = serverName === '' ? 'no route' : `no route for ${JSON.stringify(serverName)}`
      const name = listener?.listener.name ?? table.port.name
      return this.#refused(channel, name, fault('no_route', 'gateway', `${name} has ${found}: expected one`))
    }
    this.relay(
      relay.backends,
      relay.name,
      () => channel,
      (refusal, service) => this.#refused(channel, service, refusal),
    )
  }

  #refused(channel: Channel, service: string, refusal: Fault): void {
    this.countRefusal(channel.remote, service, refusal)
    channel.destroy(new Error(refusal.reason.message))
  }
}
