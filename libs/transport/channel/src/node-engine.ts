import { createServer, type Server, Socket } from 'node:net'
import type { Clock } from '@weft/time'
import type { TcpChannel } from './channel.ts'
import { connectFailed, formatAddress } from './connect-failed.ts'
import { SocketChannel } from './socket-channel.ts'
import {
  type ChannelListener,
  defaultDialOptions,
  defaultListenOptions,
  type DialOptions,
  type Dialled,
  type DialTarget,
  listenFailure,
  type ListenOptions,
  type ListenTarget,
  type SocketEngine,
} from './socket-engine.ts'

const KEEP_ALIVE_MS = 180_000

/** Node's own sockets: everywhere, and about twice the CPU of the addon's (docs/decisions/0115). */
export const nodeEngine: SocketEngine = Object.freeze({ name: 'node' as const, listen, dial })

class NodeListener implements ChannelListener {
  readonly #server: Server
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

  close(): void {
    if (this.#server.listening) this.#server.close()
  }
}

/** {@link SocketEngine.listen} by Node. */
export function listen(
  target: ListenTarget,
  accept: (channel: TcpChannel) => void,
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
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(target, error)))
    // In this form, since Node passes the backlog over when it stands beside a descriptor.
    server.listen('handle' in target ? target.handle : target, options.backlog, () => {
      server.removeAllListeners('error')
      server.on('error', () => {})
      resolve(new NodeListener(server))
    })
  })
}

/** {@link SocketEngine.dial} by Node. */
export function dial(target: DialTarget, clock: Clock, options: DialOptions = defaultDialOptions): Promise<Dialled> {
  let socket: Socket
  try {
    // `highWaterMark` is read by the stream below Socket and `manualStart` (do not read before connect) by Socket itself,
    // though neither is in the type of its options.
    const streamOptions = { allowHalfOpen: true, highWaterMark: options.highWaterMark, manualStart: true }
    socket =
      options.openFd === null
        ? new Socket(streamOptions)
        : new Socket({ ...streamOptions, fd: options.openFd(), readable: true, writable: true })
  } catch (error) {
    return Promise.resolve(connectFailed(target, (error as Error).message))
  }
  return new Promise((resolve) => {
    const timer = clock.after(options.connectTimeoutMs, () => {
      socket.destroy()
      resolve(connectFailed(target, `no answer within ${options.connectTimeoutMs} ms`))
    })
    const refused = (error: Error): void => {
      timer.cancel()
      socket.destroy()
      resolve(connectFailed(target, error.message))
    }
    socket.once('error', refused)
    socket.connect(
      {
        host: target.host,
        port: target.port,
        ...(options.sourceAddress === '' || options.openFd !== null ? {} : { localAddress: options.sourceAddress }),
      },
      () => {
        timer.cancel()
        socket.setNoDelay(true)
        socket.setKeepAlive(true, KEEP_ALIVE_MS)
        const channel = new SocketChannel(socket, formatAddress(target.host, target.port))
        socket.off('error', refused)
        resolve({ ok: true, channel })
      },
    )
  })
}
