import { Socket } from 'node:net'
import type { ChannelHandler, ConnectionHolder, TcpChannel } from './channel.ts'
import { giveHeld } from './give-held.ts'
import { scheduleFlush, type Flushable } from './flush.ts'
import { errnoError } from './errno-error.ts'
import type { NativeSockets } from './native-sockets.ts'
import { OutQueue } from './out-queue.ts'

/** With this much collected there is nothing to be won by waiting for the end of the turn. */
const FLUSH_BYTES = 64 * 1024

/**
 * A TCP connection of the addon's engine as a {@link Channel}.
 *
 * What is written in a turn leaves by one system call at its end. A send that fails does not throw away what the peer
 * had answered before: it is still read, then `closed` tells the error. `destroy(error)` resets (RST).
 *
 * States: idle (no handler, nothing is read) → open → half-closed → closed. Source: RFC 9293 section 3.6 for half-close.
 */
export class NativeChannel implements TcpChannel, Flushable {
  readonly lends = true
  flushScheduled: boolean
  holder: ConnectionHolder | null
  readonly #sockets: NativeSockets
  /** The engine's number; -1 when closed. */
  #id: number
  readonly #highWaterMark: number
  readonly #acceptor: { released(): void } | null
  #remote: string
  #handler: ChannelHandler | null
  #borrows: boolean
  readonly #out: OutQueue
  #corked: number
  #isBlocked: boolean
  #needsDrained: boolean
  #isPaused: boolean
  #isReading: boolean
  /** What came while nobody wanted it; null almost always. */
  #held: Uint8Array[] | null
  #hasHeldEnd: boolean
  #ended: boolean
  #isShut: boolean
  #peerEnded: boolean
  #isWriteBroken: boolean
  #mustTell: boolean
  #error: Error | null

  /** `acceptor` is told when the connection is gone. */
  constructor(
    sockets: NativeSockets,
    id: number,
    highWaterMark: number,
    remote: string,
    acceptor: { released(): void } | null,
  ) {
    this.flushScheduled = false
    this.holder = null
    this.#acceptor = acceptor
    this.#sockets = sockets
    this.#id = id
    this.#highWaterMark = highWaterMark
    this.#remote = remote
    this.#handler = null
    this.#borrows = false
    this.#out = new OutQueue()
    this.#corked = 0
    this.#isBlocked = false
    this.#needsDrained = false
    this.#isPaused = false
    this.#isReading = false
    this.#held = null
    this.#hasHeldEnd = false
    this.#ended = false
    this.#isShut = false
    this.#peerEnded = false
    this.#isWriteBroken = false
    this.#mustTell = false
    this.#error = null
  }

  get remote(): string {
    if (this.#remote === '') this.#remote = `${this.remoteAddress}:${this.remotePort}`
    return this.#remote
  }

  get fd(): number {
    return this.#id < 0 ? -1 : this.#sockets.addon.engineFd(this.#id)
  }

  get localAddress(): string {
    return this.#address(false)?.[0] ?? ''
  }

  get localPort(): number {
    return this.#address(false)?.[1] ?? 0
  }

  get remoteAddress(): string {
    return this.#address(true)?.[0] ?? ''
  }

  get remotePort(): number {
    return this.#address(true)?.[1] ?? 0
  }

  get handler(): ChannelHandler {
    return this.#handler!
  }

  set handler(handler: ChannelHandler) {
    const isFirst = this.#handler === null
    this.#handler = handler
    this.#borrows = handler.borrows === true
    if (!isFirst) return
    if (this.#id < 0) this.#tellSoon()
    else this.#readOrNot()
  }

  get bufferedBytes(): number {
    return this.#out.bytes
  }

  write(bytes: Uint8Array): boolean {
    if (this.#ended || this.#id < 0) return true
    this.#out.push(bytes)
    return this.#written()
  }

  writeBorrowed(bytes: Uint8Array): boolean {
    if (this.#ended || this.#id < 0) return true
    // What has to wait for the kernel or for `uncork` outlives the turn.
    if (this.#isBlocked || this.#corked > 0) this.#out.push(Buffer.from(bytes))
    else this.#out.pushBorrowed(bytes)
    return this.#written()
  }

  #written(): boolean {
    const waiting = this.#out.bytes
    if (!this.#isBlocked && this.#corked === 0) {
      if (waiting >= FLUSH_BYTES) this.#send()
      else if (!this.flushScheduled) this.#flushSoon()
    }
    if (this.#out.bytes < this.#highWaterMark) return true
    this.#needsDrained = true
    return false
  }

  cork(): void {
    this.#corked++
  }

  uncork(): void {
    if (this.#corked === 0 || --this.#corked > 0) return
    if (!this.#out.isEmpty || this.#ended) this.#flushSoon()
  }

  end(): void {
    if (this.#ended || this.#id < 0) return
    this.#ended = true
    this.#flushSoon()
  }

  pause(): void {
    this.#isPaused = true
    this.#readOrNot()
  }

  resume(): void {
    this.#isPaused = false
    if (this.#held !== null || this.#hasHeldEnd) this.#flushSoon()
    else this.#readOrNot()
  }

  destroy(error?: Error): void {
    if (this.#id < 0) return
    this.#error ??= error ?? null
    this.#ended = true
    this.#peerEnded = true
    this.#close(error !== undefined)
  }

  toSocket(): Socket {
    const fd = this.#sockets.detach(this.#id)
    this.#id = -1
    this.#acceptor?.released()
    this.holder?.released()
    this.holder = null
    const options = { fd, readable: true, writable: true, allowHalfOpen: true, highWaterMark: this.#highWaterMark }
    return new Socket(options)
  }

  // What the engine tells.

  received(offset: number, length: number): void {
    const handler = this.#handler
    if (handler === null || this.#isPaused || this.#held !== null) {
      this.#held ??= []
      this.#held.push(this.#sockets.copyOf(offset, length))
      return this.#readOrNot()
    }
    handler.bytes(this.#borrows ? this.#sockets.lend(offset, length) : this.#sockets.copyOf(offset, length))
  }

  receivedEnd(): void {
    this.#isReading = false
    if (this.#isWriteBroken) return this.#close(false)
    if (this.#handler === null || this.#isPaused || this.#held !== null) this.#hasHeldEnd = true
    else this.#peerEnd()
  }

  writable(): void {
    this.#isBlocked = false
    this.#send()
  }

  failed(errno: number): void {
    this.#error ??= errnoError('read', errno)
    this.#close(false)
  }

  /** The end of the turn: what was collected leaves, what was held is told. */
  flush(): void {
    this.flushScheduled = false
    if (this.#mustTell) return this.#tell()
    if (this.#id < 0) return
    if (!this.#isPaused && this.#handler !== null && (this.#held !== null || this.#hasHeldEnd)) this.#giveHeld()
    if (this.#id >= 0 && !this.#isBlocked && this.#corked === 0) this.#send()
  }

  #send(): void {
    const out = this.#out
    if (!out.isEmpty) {
      const error = out.sendBy(this.#sockets.addon, this.#id)
      if (error < 0) return this.#sendFailed(-error)
      if (!out.isEmpty) {
        this.#isBlocked = true
        this.#sockets.addon.engineAwaitWritable(this.#id)
        return
      }
    }
    if (this.#ended && !this.#isShut) {
      this.#isShut = true
      this.#sockets.addon.engineShutdown(this.#id)
      if (this.#peerEnded) return this.#close(false)
    }
    if (!this.#needsDrained) return
    this.#needsDrained = false
    this.#handler?.drained()
  }

  /** The peer takes no more. What it said before is in the kernel still: read on until its end or error comes. */
  #sendFailed(errno: number): void {
    this.#error ??= errnoError('write', errno)
    this.#isWriteBroken = true
    this.#ended = true
    this.#isShut = true
    this.#out.clear()
    if (this.#peerEnded || this.#isPaused || this.#handler === null) this.#close(false)
  }

  get isFlowing(): boolean {
    return !this.#isPaused && this.#id >= 0
  }

  #giveHeld(): void {
    const held = this.#held
    this.#held = null
    const left = giveHeld(held, this)
    if (this.#id < 0) return
    if (left !== null) this.#held = left
    if (this.#isPaused) return
    if (this.#hasHeldEnd) {
      this.#hasHeldEnd = false
      this.#peerEnd()
    } else this.#readOrNot()
  }

  #peerEnd(): void {
    this.#peerEnded = true
    this.#handler!.end()
    if (this.#isShut && this.#id >= 0) this.#close(false)
  }

  #readOrNot(): void {
    const isWanted =
      this.#handler !== null && !this.#isPaused && this.#held === null && !this.#hasHeldEnd && !this.#peerEnded
    if (isWanted === this.#isReading || this.#id < 0) return
    this.#isReading = isWanted
    this.#sockets.addon.enginePause(this.#id, !isWanted)
  }

  #close(isReset: boolean): void {
    const id = this.#id
    this.#id = -1
    this.#out.clear()
    this.#held = null
    this.#hasHeldEnd = false
    this.#sockets.close(id, isReset)
    this.#acceptor?.released()
    this.holder?.released()
    this.holder = null
    this.#tellSoon()
  }

  #tellSoon(): void {
    this.#mustTell = true
    this.#flushSoon()
  }

  #tell(): void {
    // Without a handler it is told once there is one.
    if (this.#handler === null) return
    this.#mustTell = false
    this.#handler.closed(this.#closeError())
  }

  #closeError(): Error | null {
    if (this.#error !== null) return this.#error
    return this.#ended && this.#peerEnded ? null : new Error('the connection was lost before both sides had ended')
  }

  #flushSoon(): void {
    if (this.flushScheduled) return
    this.flushScheduled = true
    scheduleFlush(this)
  }

  #address(isPeer: boolean): [string, number] | null {
    return this.#id < 0 ? null : this.#sockets.addon.engineAddress(this.#id, isPeer)
  }
}
