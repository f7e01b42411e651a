import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { TlsTerminator } from '@weft/mtls'
import type { GatewayPort } from '@weft/traffic'
import type { GatewayPortTable } from '../snapshot/gateway-table.ts'
import type { DataPlane } from '../worker/data-plane.ts'

const http = ['h2', 'http/1.1'] as const
const tunnels = ['h2'] as const
const anything: readonly string[] = []

/** A handshake is done; `serverName` is '' when the client asked for none. */
export type Secured = (socket: TLSSocket, portName: string, serverName: string) => void

/** TLS of listening ports: one terminator for as long as what is configured of a port stays the same. */
export class PortTls {
  readonly #plane: DataPlane
  readonly #secured: Secured
  readonly #terminators = new WeakMap<GatewayPort, TlsTerminator>()

  constructor(plane: DataPlane, secured: Secured) {
    this.#plane = plane
    this.#secured = secured
  }

  accept(socket: Socket, table: GatewayPortTable): void {
    let terminator = this.#terminators.get(table.port)
    if (terminator === undefined) this.#terminators.set(table.port, (terminator = this.#terminatorOf(table)))
    terminator.accept(socket)
  }

  #terminatorOf(table: GatewayPortTable): TlsTerminator {
    const { port } = table
    const asksClients = port.listeners.some(({ tls }) => tls !== null && tls.clientCaPem !== '')
    return new TlsTerminator(asksClients, {
      find: (serverName) => {
        const listener = table.listeners.find(serverName)?.listener
        if (listener === undefined || listener.tls === null) return null
        const protocols = port.kind === 'hbone' ? tunnels : listener.isHttp ? http : anything
        return { tls: listener.tls, protocols }
      },
      secured: (socket, serverName) => this.#secured(socket, port.name, serverName),
      refused: (error, remote) =>
        this.#plane.refusalLog.warn('refused a handshake', { remote, listener: port.name, error: error.message }),
    })
  }
}
