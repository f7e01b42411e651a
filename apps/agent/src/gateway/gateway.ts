import type { Channel, SocketChannel } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'
import { defaultHttpServerOptions, type HttpService } from '@weft/http-proxy'
import type { Connector } from '@weft/layers'
import type { Caller } from '@weft/stack'
import { chooseBackend } from '@weft/routing'
import { openTcp, relayTcp } from '../outbound/tcp.ts'
import { outboundStack } from '../outbound/stack.ts'
import type { GatewayListenerTable } from '../snapshot/gateway-table.ts'
import type { DataPlane } from '../worker/data-plane.ts'
import { serveHttp } from '../worker/http-connections.ts'
import { GatewayOrigin } from './gateway-origin.ts'
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
  readonly #service: HttpService

  constructor(plane: DataPlane, connector: Connector) {
    this.#plane = plane
    this.#connector = connector
    this.#service = {
      handler: outboundStack(plane),
      clock: plane.clock,
      wheel: plane.coarseWheel,
      options: defaultHttpServerOptions,
    }
  }

  /** A connection that came to the port of that name (`address:port`). */
  accept(channel: SocketChannel, portName: string): void {
    const table = this.#plane.snapshots.current.gateways.port(portName)
    if (table === null) return channel.destroy(new Error(`no gateway listens on ${portName} any more`))
    switch (table.port.kind) {
      case 'http':
        return this.#serveHttp(channel, portName, '')
      case 'tcp':
        return this.#relay(channel, table.listeners.find('')!, '')
      case 'tls':
      case 'hbone':
        return channel.destroy(new Error(`cannot serve ${table.port.kind} yet`))
    }
  }

  /** `serverName` is what the client asked for by TLS, '' in plaintext. */
  #serveHttp(channel: Channel, portName: string, serverName: string): void {
    const origin = new GatewayOrigin(this.#plane.snapshots, client, portName, serverName)
    const { plane, service } = { plane: this.#plane, service: this.#service }
    new VersionWatch(channel, plane.connections, plane.coarseWheel, plane.clock, (version) => {
      serveHttp(plane, plane.outboundTable, service, channel, version, origin, portName)
    })
  }

  #relay(channel: Channel, listener: GatewayListenerTable, serverName: string): void {
    const { name } = listener.listener
    const relay = listener.relays.find(serverName)
    if (relay === null) {
      const found = serverName === '' ? 'no route' : `no route for ${JSON.stringify(serverName)}`
      return this.#refused(channel, name, fault('no_route', 'gateway', `${name} has ${found}: expected one`))
    }
    const reference = chooseBackend(relay.backends, this.#plane.random)
    const backend = reference === null ? null : this.#plane.snapshots.current.backendOf(reference)
    if (backend === null) {
      const message = `${relay.name} leads to no backend: expected a port of a service that exists`
      return this.#refused(channel, name, fault('backend_invalid', 'gateway', message, relay.name))
    }
    // The client is read only once there is somebody to give it to.
    void openTcp(this.#plane, this.#connector, client, backend, 'tcp').then((opened) => {
      if (opened.ok) relayTcp(this.#plane, client, channel, opened, opened.channel)
      else this.#refused(channel, backend.service, opened)
    })
  }

  #refused(channel: Channel, service: string, refusal: Fault): void {
    this.#plane.outboundTable.counter(client, service, null, 'tcp').fault(refusal.code)
    this.#plane.accessLog.refused('outbound', '', service, refusal)
    channel.destroy(new Error(refusal.reason.message))
  }
}
