import type { Socket } from 'node:net'
import type { Timer } from '@weft/time'
import { copyFrame, FrameReader } from './frame.ts'
import type { ListenerContext } from './listener.ts'

/** Questions of one connection that may wait for a resolver; reading stops until there are fewer. */
const IN_FLIGHT_MAX = 16
/** A client that does not read its replies is left at so many octets. */
const UNSENT_BYTES_MAX = 256 * 1024

/**
 * One TCP connection of a client: questions with their lengths in, replies in the order in which they are ready.
 *
 * Ends when the client does and all is answered, or after `idleTimeoutMs` without a whole question or a reply.
 * Source: RFC 7766 sections 6 and 7.
 */
export class TcpConnection {
  readonly #socket: Socket
  readonly #context: ListenerContext
  readonly #frames: FrameReader
  #inFlight: number
  #isEnding: boolean
  #idle: Timer

  constructor(socket: Socket, context: ListenerContext) {
    this.#socket = socket
    this.#context = context
    this.#frames = new FrameReader()
    this.#inFlight = 0
    this.#isEnding = false
    this.#idle = this.#startIdle()
    socket.on('data', (bytes) => {
      this.#frames.feed(bytes)
      this.#read()
    })
    socket.on('end', () => this.end())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#idle.cancel())
  }

  get inFlight(): number {
    return this.#inFlight
  }

  /** Takes no more questions, and closes when those in flight are answered. */
  end(): void {
    this.#isEnding = true
    if (this.#inFlight === 0) this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #read(): void {
    while (this.#inFlight < IN_FLIGHT_MAX && !this.#socket.destroyed) {
      const query = this.#frames.next()
      if (query === null) break
      this.#restartIdle()
      this.#take(query)
    }
    if (this.#inFlight >= IN_FLIGHT_MAX) this.#socket.pause()
    else if (this.#socket.isPaused()) this.#socket.resume()
  }

  #take(query: Buffer): void {
    const { responder, callerNamespaces } = this.#context
    const reply = responder.respond(query, callerNamespaces(), true)
    // Over TCP, silence would only make the client wait.
    if (reply === null) return this.destroy()
    if (reply !== 'forward') return this.#write(reply)
    void this.#forward(query)
  }

  async #forward(query: Buffer): Promise<void> {
    this.#inFlight++
    const reply = await this.#context.responder.forward(query, true)
    this.#inFlight--
    if (this.#socket.destroyed) return
    this.#write(reply)
    if (this.#isEnding && this.#inFlight === 0) this.#socket.end()
    else this.#read()
  }

  #write(reply: Uint8Array): void {
    this.#restartIdle()
    this.#socket.write(copyFrame(reply))
    if (this.#socket.writableLength > UNSENT_BYTES_MAX) this.destroy()
  }

  #restartIdle(): void {
    this.#idle.cancel()
    this.#idle = this.#startIdle()
  }

  #startIdle(): Timer {
    return this.#context.clock.after(this.#context.idleTimeoutMs, () => this.destroy())
  }
}
