import type { RequestHead } from '@weft/message'
import { prepareServerTls } from '@weft/mtls'
import type { Backend, Destination } from '@weft/stack'
import type { GatewayHost, GatewayListener, GatewayPort, RelayRoute, WeightedBackend } from '@weft/traffic'
import { compiled } from './compiled-routes.ts'
import { HostTable } from './host-table.ts'

/** What destinations of gateways need of their snapshot. */
export interface GatewaySnapshot {
  readonly revisionText: string
  backendOf(reference: WeightedBackend): Backend | null
}

/** The listening ports of gateways in one snapshot, ready to be asked. Routes are compiled at once; a bad one refuses the snapshot. */
export class GatewayTable {
  readonly #ports = new Map<string, GatewayPortTable>()

  /** Faults: Failure `pattern` or `certificate` when a route or certificate can't be used. */
  constructor(ports: Iterable<GatewayPort>, snapshot: GatewaySnapshot) {
    for (const port of ports) this.#ports.set(port.name, new GatewayPortTable(port, snapshot))
  }

  /** By `address:port`; null when the configuration does not have it. */
  port(name: string): GatewayPortTable | null {
    return this.#ports.get(name) ?? null
  }
}

/** One port: its listeners by host name. */
export class GatewayPortTable {
  readonly port: GatewayPort
  /** Some listener takes TLS off, some passes it on. */
  readonly hasTermination: boolean
  readonly hasPassthrough: boolean
  readonly listeners: HostTable<GatewayListenerTable>

  constructor(port: GatewayPort, snapshot: GatewaySnapshot) {
    this.port = port
    this.hasTermination = port.listeners.some(({ tls }) => tls !== null)
    this.hasPassthrough = port.kind === 'tls' && port.listeners.some(({ tls }) => tls === null)
    for (const { tls } of port.listeners) if (tls !== null) prepareServerTls(tls)
    this.listeners = new HostTable(
      port.listeners.map(
        (listener) => [listener.hostname, new GatewayListenerTable(listener, port, snapshot)] as const,
      ),
    )
  }
}

/** One listener: its destinations by host name. */
export class GatewayListenerTable {
  readonly listener: GatewayListener
  /** Of HTTP. */
  readonly hosts: HostTable<Destination>
  /** Of octets. */
  readonly relays: HostTable<RelayRoute>

  constructor(listener: GatewayListener, port: GatewayPort, snapshot: GatewaySnapshot) {
    this.listener = listener
    this.hosts = new HostTable(
      listener.hosts.map((host) => [host.hostname, new GatewayDestination(host, listener, port, snapshot)] as const),
    )
    this.relays = new HostTable(listener.relays.map((relay) => [relay.hostname, relay] as const))
  }

  /** The destination of a request; null when no route is for its host. */
  destination(head: RequestHead): Destination | null {
    return this.hosts.find(head.authority)
  }
}

/** The rules for one host of one listener. It has no backend of its own: a request that meets no rule is refused. */
class GatewayDestination implements Destination {
  readonly service: string
  readonly port: number
  readonly revision: string
  readonly route: ReturnType<typeof compiled>
  readonly backend: null
  readonly #snapshot: GatewaySnapshot

  constructor(host: GatewayHost, listener: GatewayListener, port: GatewayPort, snapshot: GatewaySnapshot) {
    this.service = listener.name
    this.port = port.port
    this.revision = snapshot.revisionText
    this.route = compiled(host.route)
    this.backend = null
    this.#snapshot = snapshot
  }

  backendOf(reference: WeightedBackend): Backend | null {
    return this.#snapshot.backendOf(reference)
  }
}
