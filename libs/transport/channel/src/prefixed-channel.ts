import type { Channel, ChannelHandler } from './channel.ts'

/**
 * A channel of which something was read already: gives that first, then goes on as the channel beneath.
 *
 * Takes over a channel that is paused. What was looked at comes in a microtask after the handler is set, in order, and
 * is held while this channel is paused; afterwards the channel beneath speaks to the handler itself.
 */
export class PrefixedChannel implements Channel {
  readonly #inner: Channel
  readonly #replay: Replay

  /** `ended`: the peer has half-closed already. */
  constructor(inner: Channel, prefix: Uint8Array[], ended = false) {
    this.#inner = inner
    this.#replay = new Replay(inner, prefix, ended)
    inner.handler = this.#replay
  }

  get lends(): boolean {
    return this.#inner.lends === true
  }

  get remote(): string {
    return this.#inner.remote
  }

  get bufferedBytes(): number {
    return this.#inner.bufferedBytes
  }

  get handler(): ChannelHandler {
    return this.#replay.handler!
  }

  set handler(handler: ChannelHandler) {
    this.#replay.setHandler(handler)
  }

  write(bytes: Uint8Array): boolean {
    return this.#inner.write(bytes)
  }

  writeBorrowed(bytes: Uint8Array): boolean {
    return this.#inner.writeBorrowed(bytes)
  }

  cork(): void {
    this.#inner.cork()
  }

  uncork(): void {
    this.#inner.uncork()
  }

  end(): void {
    this.#inner.end()
  }

  pause(): void {
    this.#replay.paused = true
    this.#inner.pause()
  }

  resume(): void {
    this.#replay.paused = false
    this.#replay.run()
  }

  destroy(error?: Error): void {
    this.#replay.drop()
    this.#inner.destroy(error)
  }
}

/** Stands between until the prefix has been given. */
class Replay implements ChannelHandler {
  readonly #inner: Channel
  readonly #prefix: Uint8Array[]
  handler: ChannelHandler | null
  paused: boolean
  #ended: boolean
  #closed: boolean
  #error: Error | null
  #done: boolean

  constructor(inner: Channel, prefix: Uint8Array[], ended: boolean) {
    this.#inner = inner
    this.#prefix = prefix
    this.handler = null
    this.paused = false
    this.#ended = ended
    this.#closed = false
    this.#error = null
    this.#done = false
  }

  setHandler(handler: ChannelHandler): void {
    const first = this.handler === null
    this.handler = handler
    if (this.#done) this.#inner.handler = handler
    else if (first) queueMicrotask(() => this.run())
  }

  drop(): void {
    this.#prefix.length = 0
    this.#ended = false
  }

  run(): void {
    if (this.#done) {
      this.#inner.resume()
      return
    }
    if (this.handler === null) return
    while (this.#prefix.length > 0) {
      if (this.paused) return
      this.handler.bytes(this.#prefix.shift()!)
    }
    if (this.paused) return
    if (this.#ended) this.handler.end()
    this.#done = true
    if (this.#closed) this.handler.closed(this.#error)
    else {
      this.#inner.handler = this.handler
      if (!this.paused) this.#inner.resume()
    }
  }

  bytes(bytes: Uint8Array): void {
    this.#prefix.push(bytes)
  }

  end(): void {
    this.#ended = true
  }

  drained(): void {
    this.handler?.drained()
  }

  closed(error: Error | null): void {
    this.#closed = true
    this.#error = error
    // A broken connection is told at once: nobody waits for a prefix that nobody will answer.
    if (this.handler !== null && error !== null) {
      this.#done = true
      this.#prefix.length = 0
      this.handler.closed(error)
    }
  }
}
