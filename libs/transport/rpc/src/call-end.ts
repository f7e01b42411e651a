import type { EventEmitter } from 'node:events'
import type { Clock, Timer } from '@weft/time'
import type { GrpcCall } from './incoming-call.ts'
import { rpcFailure, type RpcFailure } from './rpc-failure.ts'

/**
 * When one call must end early. `signal` tells the handler; `interrupted` rejects where the server itself has to answer:
 * a unary call that takes too long, a stream of a server that drains. A cancelled call needs no answer.
 */
export class CallEnd {
  readonly interrupted: Promise<never>
  readonly #path: string
  readonly #controller = new AbortController()
  readonly #reject: (failure: RpcFailure) => void
  readonly #events: EventEmitter
  readonly #draining: AbortSignal | null
  readonly #timer: Timer | null

  constructor(call: GrpcCall, path: string, limit: { clock: Clock; timeoutMs: number } | { draining: AbortSignal }) {
    const { promise, reject } = Promise.withResolvers<never>()
    promise.catch(() => {})
    this.interrupted = promise
    this.#reject = reject
    this.#path = path
    this.#events = call
    this.#events.once('cancelled', this.#cancelled)
    this.#draining = 'draining' in limit ? limit.draining : null
    this.#draining?.addEventListener('abort', this.#drained)
    const unlimited = call.getDeadline() === Infinity
    this.#timer = 'clock' in limit && unlimited ? limit.clock.after(limit.timeoutMs, this.#tooLong) : null
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** The handler is done: nothing interrupts any more, and what it left running for the call is told to stop. */
  finish(): void {
    this.#timer?.cancel()
    this.#events.off('cancelled', this.#cancelled)
    this.#draining?.removeEventListener('abort', this.#drained)
    this.#controller.abort(rpcFailure('cancelled', `${this.#path} has ended`))
  }

  readonly #cancelled = (): void => {
    this.#controller.abort(rpcFailure('cancelled', `${this.#path} was cancelled by its client`))
  }

  readonly #drained = (): void => {
    this.#interrupt(rpcFailure('unavailable', `Cannot go on with ${this.#path}: the server is draining, call again`))
  }

  readonly #tooLong = (): void => {
    this.#interrupt(
      rpcFailure('deadline_exceeded', `Cannot finish ${this.#path}: it took longer than the server allows`),
    )
  }

  #interrupt(failure: RpcFailure): void {
    this.#reject(failure)
    this.#controller.abort(failure)
  }
}
