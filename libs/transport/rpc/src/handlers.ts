import type {
  handleUnaryCall,
  sendUnaryData,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  StatusObject,
} from '@grpc/grpc-js'
import { describeError, Failure } from '@weft/faults'
import { decodeStrict } from '@weft/proto'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { CallEnd } from './call-end.ts'
import { peerIdentity, type GrpcCall, type IncomingCall } from './incoming-call.ts'
import { callEnded, MessageWriter, messagesOf } from './message-stream.ts'
import { rpcFailure, statusObjectOf } from './rpc-failure.ts'
import { messageTypeOf, type Method, type Received, type Sent, type Service } from './service.ts'

/** What serves one method. It throws a Failure to refuse; anything else thrown is a bug, logged and told as INTERNAL. */
export type Handler<M> =
  M extends Method<'unary', infer Request, infer Reply>
    ? (request: Received<Request>, call: IncomingCall) => Promise<Sent<Reply>>
    : M extends Method<'clientStream', infer Request, infer Reply>
      ? (requests: AsyncIterable<Received<Request>>, call: IncomingCall) => Promise<Sent<Reply>>
      : M extends Method<'duplex', infer Request, infer Reply>
        ? (
            requests: AsyncIterable<Received<Request>>,
            replies: MessageWriter<Sent<Reply>>,
            call: IncomingCall,
          ) => Promise<void>
        : never

export type Handlers<S extends Service> = { readonly [Name in keyof S]: Handler<S[Name]> }

/** What running handlers need of their server. */
export interface HandlerContext {
  readonly clock: Clock
  readonly log: Logger
  readonly unaryTimeoutMs: number
  /** Aborted when the server drains: streams end then, with UNAVAILABLE, and their clients go elsewhere. */
  readonly draining: AbortSignal
}

/** Decodes a request strictly. A message that does not decode becomes a Failure in its place, which refuses the call. */
export function requestDecoder(method: Method): (bytes: Buffer) => unknown {
  const type = messageTypeOf(method.request)
  return (bytes) => {
    try {
      return decodeStrict(type, bytes)
    } catch (error) {
      const message = `Cannot read the ${method.request.name} of ${method.path}: found ${describeError(error)}, expected the message that proto/ defines`
      return rpcFailure('invalid_argument', message)
    }
  }
}

/** Makes the grpc-js handler of a method out of ours. */
export function grpcHandler(
  method: Method,
  handler: Handler<Method>,
  context: HandlerContext,
): handleUnaryCall<unknown, unknown> {
  // The three shapes differ only by kind, which TypeScript cannot follow through a table.
  const serve = handler as unknown as (...parts: unknown[]) => Promise<unknown>
  const asGrpc = (handle: unknown): handleUnaryCall<unknown, unknown> => handle as handleUnaryCall<unknown, unknown>
  switch (method.kind) {
    case 'unary':
      return (call, reply) => void answer(call, reply, method, context, (incoming) => serve(decoded(call), incoming))
    case 'clientStream':
      return asGrpc((call: ServerReadableStream<unknown, unknown>, reply: sendUnaryData<unknown>) => {
        void answer(call, reply, method, context, (incoming) => serve(messagesOf(call), incoming))
      })
    case 'duplex':
      return asGrpc((call: ServerDuplexStream<unknown, unknown>) => {
        const end = (error: StatusObject | null): void => void (error === null ? call.end() : call.emit('error', error))
        void answer(call, end, method, context, (incoming) =>
          serve(messagesOf(call), new MessageWriter(call), incoming),
        )
      })
  }
}

function decoded(call: ServerUnaryCall<unknown, unknown>): unknown {
  if (call.request instanceof Failure) throw call.request
  return call.request
}

async function answer(
  call: GrpcCall,
  reply: (error: StatusObject | null, message?: unknown) => void,
  method: Method,
  context: HandlerContext,
  serve: (incoming: IncomingCall) => Promise<unknown>,
): Promise<void> {
  const { path } = method
  const limit =
    method.kind === 'unary'
      ? { clock: context.clock, timeoutMs: context.unaryTimeoutMs }
      : { draining: context.draining }
  const end = new CallEnd(call, path, limit)
  try {
    const incoming = { path, peerIdentity: peerIdentity(call), peerAddress: call.getPeer(), signal: end.signal }
    const message = await Promise.race([serve(incoming), end.interrupted])
    if (!call.cancelled) reply(null, message)
  } catch (error) {
    if (!call.cancelled) reply(statusObjectOf(failureFor(error, path, context.log)))
  } finally {
    end.finish()
  }
}

function failureFor(error: unknown, path: string, log: Logger): Failure {
  if (error instanceof Failure) return error
  // A stream that its client cut surfaces as an error of the stream itself.
  if ((error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE') return callEnded()
  log.error('bug in a handler', {
    path,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  })
  return rpcFailure('internal', `Cannot finish ${path}: an internal error, which the server has logged`)
}
