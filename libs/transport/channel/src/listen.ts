import { createServer, type Server, type Socket } from 'node:net'
import { Failure } from '@weft/faults'
import { bindTrouble, type SocketHandle } from './bound-socket.ts'
import { formatAddress } from './dial.ts'
import { SocketChannel } from './socket-channel.ts'

/** A socket that listens already (the listener owns it from now on), or where to listen. */
export type ListenTarget =
  | { readonly fd: number }
  /** A socket that is bound there; the listener owns the handle from now on, others may hold the same socket. */
  | { readonly handle: SocketHandle; readonly host: string; readonly port: number }
  /** `reusePort`: several processes of one user may listen there, and the kernel spreads connections. */
  | { readonly host: string; readonly port: number; readonly reusePort?: boolean }

export interface ListenOptions {
  /** Connections beyond are closed at once, and counted. */
  readonly channelsMax: number
  readonly backlog: number
  /** Octets waiting for the kernel above which `write` answers false. */
  readonly highWaterMark: number
}

export const defaultListenOptions: ListenOptions = Object.freeze({
  channelsMax: 20_000,
  backlog: 4096,
  highWaterMark: 256 * 1024,
})

const KEEP_ALIVE_MS = 180_000

/** An open listening socket. */
export class ChannelListener {
  readonly #server: Server
  /** Connections closed at once because `channelsMax` were open. */
  refused: number

  constructor(server: Server) {
    this.#server = server
    this.refused = 0
    server.on('drop', () => this.refused++)
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  /** Stops accepting; connections that are open stay. Safe in any state, and twice. */
  close(): void {
    if (this.#server.listening) this.#server.close()
  }
}

/**
 * Listens, and gives every accepted connection as a channel in the turn in which it was accepted.
 *
 * Failure `listen` when the address is taken or not ours. Trouble of a running listener (EMFILE) is passed over: the
 * connection is lost, the listener stays.
 */
export function listen(
  target: ListenTarget,
  accept: (channel: SocketChannel) => void,
  options: ListenOptions = defaultListenOptions,
): Promise<ChannelListener> {
  const server = createServer(
    {
      allowHalfOpen: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
      highWaterMark: options.highWaterMark,
    },
    (socket: Socket) => accept(new SocketChannel(socket)),
  )
  server.maxConnections = options.channelsMax
  const where = 'fd' in target ? `descriptor ${target.fd}` : formatAddress(target.host, target.port)
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const found = bindTrouble(error.code ?? error.message, 'fd' in target ? 0 : target.port)
      reject(new Failure('listen', `Cannot listen on ${where}: ${found}`))
    })
    // In this form, since Node passes the backlog over when it stands beside a descriptor.
    server.listen(target, options.backlog, () => {
      server.removeAllListeners('error')
      server.on('error', () => {})
      resolve(new ChannelListener(server))
    })
  })
}
