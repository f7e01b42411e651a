import type { ClientDuplexStream, ClientWritableStream, ServiceError } from '@grpc/grpc-js'
import { MessageWriter } from './message-stream.ts'
import { failureOf, type RpcFailure } from './rpc-failure.ts'

/** A call that sends many messages and gets one reply. */
export interface ClientStreamCall<Request, Reply> {
  /** Resolves when there is room for the next message. Faults: RpcFailure when the call has ended. */
  write(message: Request): Promise<void>
  /** Says that no more messages come, and gives the reply. */
  finish(): Promise<Reply>
  /** The reply, or the failure, whenever it comes; the same promise as `finish`. */
  readonly reply: Promise<Reply>
  cancel(): void
}

/** A call that sends and receives many messages. Iterate it to receive; leaving the loop early cancels the call. */
export interface DuplexCall<Request, Reply> extends AsyncIterable<Reply> {
  write(message: Request): Promise<void>
  /** Says that no more messages come; those of the server still do. */
  end(): void
  cancel(): void
}

export function clientStreamCall<Request, Reply>(
  call: string,
  signal: AbortSignal | undefined,
  start: (callback: (error: ServiceError | null, reply?: unknown) => void) => ClientWritableStream<unknown>,
): ClientStreamCall<Request, Reply> {
  const { promise: reply, resolve, reject } = Promise.withResolvers<Reply>()
  reply.catch(() => {})
  const stream = start((error, message) => {
    signal?.removeEventListener('abort', cancel)
    if (error === null) resolve(message as Reply)
    else reject(failureOf(error, call))
    stream.destroy()
  })
  const cancel = (): void => stream.cancel()
  followSignal(signal, cancel)
  const writer = new MessageWriter<Request>(stream)
  return {
    write: (message) => writer.write(message).catch(() => reply.then(refuseLateWrite)),
    finish: () => {
      if (!stream.destroyed) stream.end()
      return reply
    },
    reply,
    cancel,
  }
}

export function duplexCall<Request, Reply>(
  call: string,
  signal: AbortSignal | undefined,
  stream: ClientDuplexStream<unknown, unknown>,
): DuplexCall<Request, Reply> {
  let failure: RpcFailure | null = null
  const cancel = (): void => stream.cancel()
  stream.on('error', (error) => {
    failure = failureOf(error as ServiceError, call)
  })
  stream.once('status', () => signal?.removeEventListener('abort', cancel))
  followSignal(signal, cancel)
  const writer = new MessageWriter<Request>(stream)
  return {
    write: (message) =>
      failure === null
        ? writer.write(message).catch((error: unknown) => {
            throw failure ?? error
          })
        : Promise.reject(failure),
    end: () => void stream.end(),
    cancel,
    async *[Symbol.asyncIterator]() {
      let finished = false
      try {
        for await (const message of stream.iterator({ destroyOnReturn: false })) yield message as Reply
        finished = true
      } catch (error) {
        finished = true
        throw failure ?? error
      } finally {
        if (!finished) stream.cancel()
      }
      if (failure !== null) throw failure
    },
  }
}

function refuseLateWrite(): never {
  throw new Error('the call has ended with a reply already: expected no further message')
}

function followSignal(signal: AbortSignal | undefined, cancel: () => void): void {
  if (signal?.aborted) cancel()
  else signal?.addEventListener('abort', cancel)
}
