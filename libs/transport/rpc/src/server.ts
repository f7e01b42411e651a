import type { Server as NetServer, Socket } from 'node:net'
import { Server, type ServerCredentials } from '@grpc/grpc-js'
import { splitAddress } from '@weft/config'
import { systemClock } from '@weft/host'
import { silentLogger, type Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { grpcHandler, requestDecoder, type Handler, type HandlerContext, type Handlers } from './handlers.ts'
import { defaultLimits, type RpcLimits } from './limits.ts'
import { boundAddress, listen } from './listener.ts'
import { encoderOf, type Method, type Service } from './service.ts'

/** A service with its handlers: what {@link startRpcServer} takes. */
export interface ServedService {
  readonly methods: ReadonlyArray<readonly [Method, Handler<Method>]>
}

export function serve<S extends Service>(service: S, handlers: Handlers<S>): ServedService {
  return {
    methods: Object.entries(service).map(([name, method]) => [method, handlers[name] as Handler<Method>] as const),
  }
}

export interface RpcServerOptions {
  /** `host:port` (port 0 for any) or `unix:/path`. */
  readonly listen: string
  readonly credentials: ServerCredentials
  readonly services: readonly ServedService[]
  readonly limits?: Partial<RpcLimits>
  readonly log?: Logger
  readonly clock?: Clock
}

/** A server that listens. */
export interface RpcServer {
  /** `host:port` as bound, or the path of the unix socket. */
  readonly address: string
  /** The port as bound; 0 on a unix socket. */
  readonly port: number
  /** Takes no new connection or call, ends streams with UNAVAILABLE, lets unary calls finish until `deadlineMs` (monotonic). */
  drain(deadlineMs: number): Promise<void>
  /** Ends at once. Safe in any state, and twice. */
  stop(): void
}

/**
 * Serves gRPC. Requests are decoded strictly: what proto/ does not define is refused with INVALID_ARGUMENT that names the
 * message and what was found. A Failure thrown by a handler reaches the client with its code and message.
 *
 * Faults: Failure `listen`.
 */
export async function startRpcServer(options: RpcServerOptions): Promise<RpcServer> {
  const limits = { ...defaultLimits, ...options.limits }
  const clock = options.clock ?? systemClock
  const draining = new AbortController()
  const context = {
    clock,
    log: options.log ?? silentLogger,
    unaryTimeoutMs: limits.unaryTimeoutMs,
    draining: draining.signal,
  }
  const grpc = grpcServer(options.services, limits, context)
  const injector = grpc.createConnectionInjector(options.credentials)
  const sockets = new Set<Socket>()
  const listener = await listen(options.listen, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    injector.injectConnection(socket)
  })
  listener.maxConnections = limits.connectionsMax
  return new RunningServer(grpc, listener, sockets, draining, clock)
}

class RunningServer implements RpcServer {
  readonly address: string
  readonly port: number
  readonly #grpc: Server
  readonly #listener: NetServer
  readonly #sockets: Set<Socket>
  readonly #draining: AbortController
  readonly #clock: Clock

  constructor(grpc: Server, listener: NetServer, sockets: Set<Socket>, draining: AbortController, clock: Clock) {
    this.address = boundAddress(listener)
    this.port = splitAddress(this.address)?.port ?? 0
    this.#grpc = grpc
    this.#listener = listener
    this.#sockets = sockets
    this.#draining = draining
    this.#clock = clock
  }

  async drain(deadlineMs: number): Promise<void> {
    this.#listener.close()
    this.#draining.abort()
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = this.#clock.after(deadlineMs - this.#clock.nowMs(), resolve)
    // Sends GOAWAY. Its callback comes before calls have ended (Node closes the sessions of a closed server itself), while
    // a socket closes only after the last call on it.
    this.#grpc.tryShutdown(() => {})
    const settle = (): void => void (this.#sockets.size === 0 && resolve())
    for (const socket of this.#sockets) socket.once('close', settle)
    settle()
    await promise
    timer.cancel()
    this.stop()
  }

  stop(): void {
    this.#listener.close()
    this.#draining.abort()
    this.#grpc.forceShutdown()
    for (const socket of this.#sockets) socket.destroy()
  }
}

function grpcServer(services: readonly ServedService[], limits: RpcLimits, context: HandlerContext): Server {
  const server = new Server({
    'grpc.max_receive_message_length': limits.messageBytesMax,
    'grpc.max_send_message_length': limits.messageBytesMax,
    'grpc.max_concurrent_streams': limits.callsPerConnectionMax,
    'grpc.keepalive_time_ms': limits.keepAliveMs,
    'grpc.keepalive_timeout_ms': limits.keepAliveTimeoutMs,
    'grpc.enable_channelz': 0,
  })
  const kinds = { unary: 'unary', clientStream: 'clientStream', duplex: 'bidi' } as const
  for (const { methods } of services) {
    for (const [method, handler] of methods) {
      server.register(
        method.path,
        grpcHandler(method, handler, context),
        encoderOf(method.reply),
        requestDecoder(method),
        kinds[method.kind],
      )
    }
  }
  return server
}
