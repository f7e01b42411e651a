import type { Socket } from 'node:net'
import { fdOf } from '@weft/addon'
import type { ChannelHandler, ConnectionHolder, TcpChannel } from './channel.ts'
import { scheduleFlush, type Flushable } from './flush.ts'

/**
 * A {@link TcpChannel} over a TCP or TLS socket of Node made with `allowHalfOpen`.
 *
 * Reading begins when the handler is first set, so nothing is lost before. Writes of one callback are collected and
 * handed to the kernel together (one writev, or one run of TLS records). `destroy(error)` resets a TCP connection (RST),
 * so that the peer can tell a broken stream from a finished one; `destroy()` closes it.
 *
 * States: idle (no handler) → open → half-closed → closed. Source: RFC 9293 section 3.6 for half-close.
 */
export class SocketChannel implements TcpChannel, Flushable {
  readonly socket: Socket
  readonly remote: string
  flushScheduled: boolean
  holder: ConnectionHolder | null
  #handler: ChannelHandler | null
  #corked: number
  #ended: boolean
  #peerEnded: boolean
  #closed: boolean
  #error: Error | null

  constructor(socket: Socket, remote = `${unmapped(socket.remoteAddress)}:${socket.remotePort ?? 0}`) {
    this.socket = socket
    this.remote = remote
    this.flushScheduled = false
    this.holder = null
    this.#handler = null
    this.#corked = 0
    this.#ended = false
    this.#peerEnded = false
    this.#closed = false
    this.#error = null
    // Also before there is a handler: an error event without a listener would end the process.
    socket.on('error', (error) => (this.#error ??= error))
    socket.on('close', () => this.#socketClosed())
  }

  get handler(): ChannelHandler {
    return this.#handler!
  }

  set handler(handler: ChannelHandler) {
    const first = this.#handler === null
    this.#handler = handler
    if (!first) return
    if (this.#closed) {
      process.nextTick(() => this.#handler!.closed(this.#closeError()))
      return
    }
    this.socket.on('data', (bytes: Uint8Array) => this.#handler!.bytes(bytes))
    this.socket.on('end', () => this.#peerEnd())
    this.socket.on('drain', () => this.#handler!.drained())
  }

  get fd(): number {
    return fdOf(this.socket)
  }

  get localAddress(): string {
    return unmapped(this.socket.localAddress)
  }

  get localPort(): number {
    return this.socket.localPort ?? 0
  }

  get remoteAddress(): string {
    return unmapped(this.socket.remoteAddress)
  }

  get remotePort(): number {
    return this.socket.remotePort ?? 0
  }

  get bufferedBytes(): number {
    return this.socket.writableLength
  }

  write(bytes: Uint8Array): boolean {
    if (this.#ended || this.#closed) return true
    const socket = this.socket
    if (!this.flushScheduled) {
      this.flushScheduled = true
      socket.cork()
      scheduleFlush(this)
    }
    return socket.write(bytes)
  }

  /** Node keeps what it is given: a copy. */
  writeBorrowed(bytes: Uint8Array): boolean {
    return this.write(Buffer.from(bytes))
  }

  toSocket(): Socket {
    this.#release()
    return this.socket
  }

  /** Hands everything collected in this callback to the kernel. */
  flush(): void {
    this.flushScheduled = false
    this.socket.uncork()
  }

  cork(): void {
    this.#corked++
    this.socket.cork()
  }

  uncork(): void {
    if (this.#corked === 0) return
    this.#corked--
    this.socket.uncork()
  }

  end(): void {
    if (this.#ended || this.#closed) return
    this.#ended = true
    this.socket.end()
  }

  pause(): void {
    this.socket.pause()
  }

  resume(): void {
    this.socket.resume()
  }

  destroy(error?: Error): void {
    if (this.#closed || this.socket.destroyed) return
    this.#error ??= error ?? null
    this.#ended = true
    this.#peerEnded = true
    if (error !== undefined && 'encrypted' in this.socket === false) this.socket.resetAndDestroy()
    else this.socket.destroy()
  }

  #peerEnd(): void {
    this.#peerEnded = true
    this.#handler!.end()
  }

  #release(): void {
    this.holder?.released()
    this.holder = null
  }

  #socketClosed(): void {
    this.#closed = true
    this.#release()
    this.#handler?.closed(this.#closeError())
  }

  #closeError(): Error | null {
    if (this.#error !== null) return this.#error
    return this.#ended && this.#peerEnded ? null : new Error('the connection was lost before both sides had ended')
  }
}

function unmapped(address: string | undefined): string {
  return address === undefined ? '' : address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
}
