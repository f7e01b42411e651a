import type { Channel, ChannelHandler } from '../channel.ts'

/** Two channels, each the other's far end. Delivery is by microtask, in order; what is written waits while the reader is paused. */
export function memoryPair(highWaterMark = 64 * 1024): [a: MemoryChannel, b: MemoryChannel] {
  const a = new MemoryChannel('memory:a', highWaterMark)
  const b = new MemoryChannel('memory:b', highWaterMark)
  a.peer = b
  b.peer = a
  return [a, b]
}

const END = Symbol('end')

/** A channel without a kernel. `incoming` is what its peer wrote and it has not been given yet. */
export class MemoryChannel implements Channel {
  readonly remote: string
  readonly highWaterMark: number
  peer!: MemoryChannel
  #handler: ChannelHandler | null = null
  #incoming: (Uint8Array | typeof END)[] = []
  #incomingBytes = 0
  #paused = false
  #ended = false
  #peerEnded = false
  #closed = false
  #scheduled = false
  #needsDrain = false

  constructor(remote: string, highWaterMark: number) {
    this.remote = remote
    this.highWaterMark = highWaterMark
  }

  get handler(): ChannelHandler {
    return this.#handler!
  }

  set handler(handler: ChannelHandler) {
    this.#handler = handler
    this.#schedule()
  }

  get bufferedBytes(): number {
    return this.peer.#incomingBytes
  }

  get isClosed(): boolean {
    return this.#closed
  }

  write(bytes: Uint8Array): boolean {
    if (this.#ended || this.#closed) return true
    this.peer.#incoming.push(bytes)
    this.peer.#incomingBytes += bytes.length
    this.peer.#schedule()
    this.#needsDrain ||= this.bufferedBytes >= this.highWaterMark
    return this.bufferedBytes < this.highWaterMark
  }

  writeBorrowed(bytes: Uint8Array): boolean {
    return this.write(Uint8Array.from(bytes))
  }

  cork(): void {}
  uncork(): void {}

  end(): void {
    if (this.#ended || this.#closed) return
    this.#ended = true
    this.peer.#incoming.push(END)
    this.peer.#schedule()
    if (this.#peerEnded) queueMicrotask(() => this.#close(null))
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    this.#schedule()
  }

  destroy(error?: Error): void {
    if (this.#closed) return
    queueMicrotask(() =>
      this.peer.#close(this.#ended && this.#peerEnded ? null : (error ?? new Error('reset by peer'))),
    )
    queueMicrotask(() => this.#close(error ?? null))
    this.#ended = true
    this.#incoming.length = 0
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    queueMicrotask(() => {
      this.#scheduled = false
      this.#deliver()
    })
  }

  #deliver(): void {
    while (!this.#paused && !this.#closed && this.#handler !== null && this.#incoming.length > 0) {
      const next = this.#incoming.shift()!
      if (next === END) {
        this.#peerEnded = true
        this.#handler.end()
        if (this.#ended) this.#close(null)
        continue
      }
      this.#incomingBytes -= next.length
      this.#handler.bytes(next)
      if (this.peer.#needsDrain && this.#incomingBytes < this.highWaterMark) {
        this.peer.#needsDrain = false
        this.peer.#handler?.drained()
      }
    }
  }

  #close(error: Error | null): void {
    if (this.#closed) return
    this.#closed = true
    this.#handler?.closed(error)
  }
}
