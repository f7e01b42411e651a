import { createServer, type AddressInfo, type Server } from 'node:net'
import { Failure } from '@weft/faults'
import type { DnsListener, ListenAt, ListenerContext } from './listener.ts'
import { TcpConnection } from './tcp-connection.ts'

/** Answers queries that come over TCP connections, of which at most `connectionsMax` are open; more are closed at once. */
export class TcpListener implements DnsListener {
  readonly host: string
  readonly port: number
  readonly #server: Server
  readonly #context: ListenerContext
  readonly #connections: Set<TcpConnection>
  #isClosed: boolean

  /** Resolves once listening. Faults: Failure `dns_listen`. */
  static open(at: ListenAt, context: ListenerContext): Promise<TcpListener> {
    return new Promise((resolve, reject) => {
      const server = createServer({ allowHalfOpen: true, noDelay: true })
      const fail = (error: unknown): void => {
        const message = `Cannot listen for DNS by TCP at ${JSON.stringify(at)}: expected a listening socket or a free port`
        reject(new Failure('dns_listen', message, error))
      }
      server.once('error', fail)
      server.listen(
        'fd' in at ? { fd: at.fd } : { host: at.host, port: at.port, ipv6Only: true, exclusive: true },
        () => {
          server.removeListener('error', fail)
          resolve(new TcpListener(server, context))
        },
      )
    })
  }

  private constructor(server: Server, context: ListenerContext) {
    const address = server.address() as AddressInfo
    this.host = address.address
    this.port = address.port
    this.#server = server
    this.#context = context
    this.#connections = new Set()
    this.#isClosed = false
    server.maxConnections = context.connectionsMax
    server.on('error', (error) => context.log.warn('DNS server', { error: error.message, port: this.port }))
    server.on('connection', (socket) => {
      const connection = new TcpConnection(socket, context)
      this.#connections.add(connection)
      socket.on('close', () => this.#connections.delete(connection))
    })
  }

  get inFlight(): number {
    let count = 0
    for (const connection of this.#connections) count += connection.inFlight
    return count
  }

  drain(): void {
    this.#stopListening()
    for (const connection of this.#connections) connection.end()
  }

  close(): void {
    this.#stopListening()
    for (const connection of this.#connections) connection.destroy()
  }

  #stopListening(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#server.close()
    this.#context.closed(this)
  }
}
