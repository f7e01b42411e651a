import {
  Metadata,
  type CallOptions as GrpcCallOptions,
  type ChannelCredentials,
  type ServiceError,
} from '@grpc/grpc-js'
import { systemClock } from '@weft/host'
import type { Clock } from '@weft/time'
import { clientStreamCall, duplexCall, type ClientStreamCall, type DuplexCall } from './outgoing-call.ts'
import { defaultLimits } from './limits.ts'
import { LiveClient } from './live-client.ts'
import { failureOf, rpcFailure } from './rpc-failure.ts'
import { encoderOf, messageTypeOf, type Method, type Received, type Sent, type Service } from './service.ts'

export interface CallOptions {
  /** Unary calls have `RpcClientOptions.timeoutMs` when it is not given; streams then have none. */
  readonly timeoutMs?: number
  /** Cancels the call. */
  readonly signal?: AbortSignal
}

/** How one method is called. Faults of all three: RpcFailure with the server's code, or with the status as code. */
export type ClientMethod<M> =
  M extends Method<'unary', infer Request, infer Reply>
    ? (request: Sent<Request>, options?: CallOptions) => Promise<Received<Reply>>
    : M extends Method<'clientStream', infer Request, infer Reply>
      ? (options?: CallOptions) => ClientStreamCall<Sent<Request>, Received<Reply>>
      : M extends Method<'duplex', infer Request, infer Reply>
        ? (options?: CallOptions) => DuplexCall<Sent<Request>, Received<Reply>>
        : never

export type RpcClient<S extends Service> = { readonly [Name in keyof S]: ClientMethod<S[Name]> } & {
  /** Ends the connection; calls in flight fail with `unavailable` or `cancelled`. Safe twice. */
  close(): void
}

export interface RpcClientOptions {
  readonly timeoutMs?: number
  readonly messageBytesMax?: number
  readonly clock?: Clock
  /** How long one attempt to connect may take, TLS included. */
  readonly connectMs?: number
  /** After how long a silent peer is asked for a sign of life, and how long it has for one. */
  readonly peerAskedMs?: number
  readonly peerAnswersMs?: number
}

const CONNECT_MS = 3_000
/** A peer whose machine lost its power is noticed within the sum of these. */
const PEER_ASKED_MS = 5_000
const PEER_ANSWERS_MS = 5_000
const TIMEOUT_MS = 10_000
const TO_PATH = /^unix:/

/**
 * A client of one service at `host:port` or `unix:/path`. Connects at the first call and again after a loss; a call made
 * while there is no connection fails at once with `unavailable`: when to try again is the caller's to say (backoffMs). A peer that
 * is gone without a word is noticed within ten seconds, and an attempt to connect is given up after three.
 * Replies are decoded leniently, so that a newer server is understood.
 */
export function rpcClient<S extends Service>(
  service: S,
  address: string,
  credentials: ChannelCredentials,
  options: RpcClientOptions = {},
): RpcClient<S> {
  const messageBytesMax = options.messageBytesMax ?? defaultLimits.messageBytesMax
  const target = TO_PATH.test(address) ? address : `dns:${address}`
  const clock = options.clock ?? systemClock
  const grpcOptions = {
    'grpc.max_receive_message_length': messageBytesMax,
    'grpc.max_send_message_length': messageBytesMax,
    'grpc.keepalive_time_ms': options.peerAskedMs ?? PEER_ASKED_MS,
    'grpc.keepalive_timeout_ms': options.peerAnswersMs ?? PEER_ANSWERS_MS,
    // Also while nothing is called: a peer that went without a word must not cost the next call its deadline.
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 2_000,
    // Parts of the mesh find each other directly: never through HTTP_PROXY, never configured by DNS.
    'grpc.enable_http_proxy': 0,
    'grpc.service_config_disable_resolution': 1,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_channelz': 0,
  }
  const client = new LiveClient(target, credentials, grpcOptions, {
    clock: systemClock,
    connectMs: options.connectMs ?? CONNECT_MS,
  })
  const context = { client, address, clock, timeoutMs: options.timeoutMs ?? TIMEOUT_MS }
  const methods = Object.entries(service).map(([name, method]) => [name, clientMethod(method, context)])
  return { ...Object.fromEntries(methods), close: () => client.close() } as RpcClient<S>
}

interface ClientContext {
  readonly client: LiveClient
  readonly address: string
  readonly clock: Clock
  readonly timeoutMs: number
}

function clientMethod(method: Method, context: ClientContext): unknown {
  const reply = messageTypeOf(method.reply)
  const encode = encoderOf(method.request)
  const decode = (bytes: Buffer): unknown => reply.decode(bytes)
  const call = `${method.path} at ${context.address}`
  const { client } = context
  switch (method.kind) {
    case 'unary':
      return (message: unknown, options: CallOptions = {}) =>
        unary(options, call, (callback) => {
          const grpcOptions = grpcCallOptions({ timeoutMs: context.timeoutMs, ...options }, context.clock)
          return client.current.makeUnaryRequest(
            method.path,
            encode,
            decode,
            message,
            new Metadata(),
            grpcOptions,
            callback,
          )
        })
    case 'clientStream':
      return (options: CallOptions = {}) =>
        clientStreamCall(call, options.signal, (callback) =>
          client.current.makeClientStreamRequest(
            method.path,
            encode,
            decode,
            new Metadata(),
            grpcCallOptions(options, context.clock),
            callback,
          ),
        )
    case 'duplex':
      return (options: CallOptions = {}) =>
        duplexCall(
          call,
          options.signal,
          client.current.makeBidiStreamRequest(
            method.path,
            encode,
            decode,
            new Metadata(),
            grpcCallOptions(options, context.clock),
          ),
        )
  }
}

function unary(
  options: CallOptions,
  call: string,
  start: (callback: (error: ServiceError | null, reply?: unknown) => void) => { cancel(): void },
): Promise<unknown> {
  const { signal } = options
  if (signal?.aborted) return Promise.reject(rpcFailure('cancelled', `Cannot call ${call}: cancelled before it began`))
  return new Promise((resolve, reject) => {
    const started = start((error, reply) => {
      signal?.removeEventListener('abort', cancel)
      if (error === null) resolve(reply)
      else reject(failureOf(error, call))
    })
    const cancel = (): void => started.cancel()
    signal?.addEventListener('abort', cancel)
  })
}

function grpcCallOptions(options: CallOptions, clock: Clock): GrpcCallOptions {
  return options.timeoutMs === undefined ? {} : { deadline: clock.wallMs() + options.timeoutMs }
}
