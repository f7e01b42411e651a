import type { Readable, Writable } from 'node:stream'
import { Failure } from '@weft/faults'
import { rpcFailure, type RpcFailure } from './rpc-failure.ts'

/** Sends messages on a stream of a call, one after the other, no faster than the other end reads. */
export class MessageWriter<T> {
  readonly #stream: Writable
  #room: Promise<void> | null = null

  constructor(stream: Writable) {
    this.#stream = stream
  }

  /**
   * Resolves when the next message may be written: await it to have back-pressure. Messages keep their order.
   * Faults: RpcFailure `cancelled` when the call has ended.
   */
  write(message: T): Promise<void> {
    if (this.#stream.destroyed || this.#stream.writableEnded) return Promise.reject(callEnded())
    if (this.#stream.write(message)) return Promise.resolve()
    this.#room ??= this.#untilDrained()
    return this.#room
  }

  #untilDrained(): Promise<void> {
    const stream = this.#stream
    const room = new Promise<void>((resolve, reject) => {
      const settle = (error?: Error): void => {
        stream.off('drain', drained).off('close', ended).off('error', ended).off('cancelled', ended)
        this.#room = null
        if (error === undefined) resolve()
        else reject(error)
      }
      const drained = (): void => settle()
      const ended = (): void => settle(callEnded())
      stream.on('drain', drained).on('close', ended).on('error', ended).on('cancelled', ended)
    })
    room.catch(() => {})
    return room
  }
}

/** The messages of a stream in order; a Failure among them (a message that could not be decoded) is thrown. */
export async function* messagesOf<T>(stream: Readable): AsyncGenerator<T, void, undefined> {
  for await (const message of stream.iterator({ destroyOnReturn: false })) {
    if (message instanceof Failure) throw message
    yield message as T
  }
}

export function callEnded(): RpcFailure {
  return rpcFailure('cancelled', 'Cannot go on with the call: found it ended, expected it open')
}
