import type { Addon, TlsSessionHandle } from '@weft/addon'
import type { Channel, ChannelHandler, TcpChannel } from './channel.ts'
import { giveHeld } from './give-held.ts'
import { scheduleFlush, type Flushable } from './flush.ts'
import { keptBytes } from './kept-bytes.ts'
import { TurnArena } from './turn-arena.ts'

/** Makes TLS out of octets. */
export type TlsCalls = Pick<
  Addon,
  'tlsReceive' | 'tlsSend' | 'tlsEnd' | 'tlsTicket' | 'tlsProtocol' | 'tlsError' | 'tlsFree'
>

/** TLS that is about to begin. */
export interface TlsBeginning {
  readonly addon: TlsCalls
  readonly session: TlsSessionHandle
  readonly isServer: boolean
  /** Who the peer is; throws when it is nobody we want. */
  verify(): string
  remember(ticket: Buffer): void
}

/** How a handshake ends: exactly one of these, once. */
export interface TlsHandler {
  /** `peer` as `verify` had it. The channel is the handler's. */
  secured(channel: TlsChannel, peer: string): void
  /** The connection is closed. */
  refused(error: Error): void
}

/** With this much collected there is nothing to be won by waiting for the end of the turn. */
const FLUSH_BYTES = 64 * 1024
const WRITE_BYTES_MAX = 256 * 1024
/** What one connection receives of a turn, and the part of a record that waited inside. */
const RECEIVE_EXTRA_BYTES = 32 * 1024
const HIGH_WATER_MARK = 256 * 1024
/** Servers send what resumes a session right after the handshake. */
const TICKET_LOOKS_MAX = 8

const READY = 1
const ENDED = 2
const FAILED = 4

// Shared by all connections: used within one call each, or for one turn.
const plainOut = Buffer.allocUnsafeSlow(WRITE_BYTES_MAX)
const cipherOut = Buffer.allocUnsafeSlow(WRITE_BYTES_MAX + 64 * 1024)
const plainIn = new TurnArena(2 * 1024 * 1024)
const result = new Int32Array(3)
const NOTHING = new Uint8Array(0)

/**
 * TLS 1.3 over a TCP connection, as a {@link Channel}. All that is written in a turn becomes full records and leaves by one
 * system call; what is received is lent to a handler that borrows.
 *
 * States: handshake → open (half-closed either way) → closed. Source: RFC 8446.
 */
export class TlsChannel implements Channel, Flushable {
  readonly isPrompt = true
  flushScheduled: boolean
  readonly #tcp: TcpChannel
  readonly #tls: TlsBeginning
  #waiting: TlsHandler | null
  #handler: ChannelHandler | null
  #ticketLooks: number
  #out: Uint8Array[]
  #outBytes: number
  #corked: number
  #needsDrained: boolean
  #isPaused: boolean
  #held: Uint8Array[] | null
  #ended: boolean
  #isEndSent: boolean
  #peerEnded: boolean
  /** The peer's end waits behind what is held. */
  #hasHeldEnd: boolean
  #isClosed: boolean
  #mustTell: boolean
  #error: Error | null

  /** Begins the handshake on a connection without a handler, which is this channel's from now on. */
  constructor(tcp: TcpChannel, tls: TlsBeginning, waiting: TlsHandler) {
    this.flushScheduled = false
    this.#tcp = tcp
    this.#tls = tls
    this.#waiting = waiting
    this.#handler = null
    this.#ticketLooks = tls.isServer ? TICKET_LOOKS_MAX : 0
    this.#out = []
    this.#outBytes = 0
    this.#corked = 0
    this.#needsDrained = false
    this.#isPaused = false
    this.#held = null
    this.#ended = false
    this.#isEndSent = false
    this.#peerEnded = false
    this.#hasHeldEnd = false
    this.#isClosed = false
    this.#mustTell = false
    this.#error = null
    tcp.handler = new TcpEvents(this)
    if (!tls.isServer) this.received(NOTHING)
  }

  get remote(): string {
    return this.#tcp.remote
  }

  /** What ALPN agreed on; '' for nothing. */
  get protocol(): string {
    return this.#isClosed ? '' : this.#tls.addon.tlsProtocol(this.#tls.session)
  }

  get handler(): ChannelHandler {
    return this.#handler!
  }

  set handler(handler: ChannelHandler) {
    this.#handler = handler
    if (this.#held !== null || this.#hasHeldEnd || this.#isClosed) this.#flushSoon()
  }

  get bufferedBytes(): number {
    return this.#outBytes + this.#tcp.bufferedBytes
  }

  write(bytes: Uint8Array): boolean {
    if (this.#ended || this.#isClosed) return true
    this.#out.push(bytes)
    this.#outBytes += bytes.length
    if (this.#corked === 0) {
      if (this.#outBytes >= FLUSH_BYTES) this.#send()
      else this.#flushSoon()
    }
    if (this.bufferedBytes < HIGH_WATER_MARK) return true
    this.#needsDrained = true
    return false
  }

  /** All is encrypted at the end of the turn, unless corked. */
  writeBorrowed(bytes: Uint8Array): boolean {
    return this.write(this.#corked > 0 ? keptBytes(bytes) : bytes)
  }

  cork(): void {
    this.#corked++
  }

  uncork(): void {
    if (this.#corked === 0 || --this.#corked > 0) return
    if (this.#outBytes >= FLUSH_BYTES) this.#send()
    else if (this.#outBytes > 0 || this.#ended) this.#flushSoon()
  }

  end(): void {
    if (this.#ended || this.#isClosed) return
    this.#ended = true
    this.#flushSoon()
  }

  pause(): void {
    this.#isPaused = true
    this.#tcp.pause()
  }

  resume(): void {
    this.#isPaused = false
    if (this.#held !== null || this.#hasHeldEnd) this.#flushSoon()
    else this.#tcp.resume()
  }

  destroy(error?: Error): void {
    if (this.#isClosed) return
    this.#error ??= error ?? null
    this.#ended = true
    this.#peerEnded = true
    this.#tcp.destroy(error)
  }

  // What the TCP connection tells.

  received(cipher: Uint8Array): void {
    if (this.#isClosed || this.#error !== null) return
    const { addon, session } = this.#tls
    const room = plainIn.room(cipher.length + RECEIVE_EXTRA_BYTES)
    addon.tlsReceive(session, cipher, cipher.length, room, cipherOut, result)
    const plainLength = result[0]!
    const state = result[2]!
    plainIn.keep(room, plainLength)
    if (result[1]! > 0) this.#hand(result[1]!)
    if ((state & READY) !== 0 && this.#waiting !== null && !this.#secured()) return
    if (this.#ticketLooks < TICKET_LOOKS_MAX && this.#waiting === null) this.#lookForTicket()
    if (plainLength > 0) this.#give(room.subarray(0, plainLength))
    if ((state & FAILED) !== 0) this.#fail(new Error(addon.tlsError(session)))
    else if ((state & ENDED) !== 0) this.receivedEnd()
  }

  /** By close_notify, or without it by FIN: what runs above knows by itself whether it was whole. */
  receivedEnd(): void {
    if (this.#peerEnded || this.#hasHeldEnd || this.#isClosed) return
    if (this.#waiting !== null) return this.#fail(new Error('the connection was closed in the handshake'))
    if (this.#handler === null || this.#isPaused || this.#held !== null) this.#hasHeldEnd = true
    else this.#tellEnd()
  }

  tcpDrained(): void {
    this.#drainedIfSo()
  }

  tcpClosed(error: Error | null): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#error ??= error
    this.#held = null
    this.#hasHeldEnd = false
    this.#out.length = 0
    this.#outBytes = 0
    this.#tls.addon.tlsFree(this.#tls.session)
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting !== null) return waiting.refused(this.#error ?? new Error('the connection was closed in the handshake'))
    this.#mustTell = true
    this.#tell()
  }

  /** The end of the turn. */
  flush(): void {
    this.flushScheduled = false
    if (this.#isClosed) return this.#tell()
    if (this.#handler !== null && !this.#isPaused && (this.#held !== null || this.#hasHeldEnd)) this.#giveHeld()
    if (!this.#isClosed && this.#corked === 0) this.#send()
  }

  /** False when the peer is nobody we want: then it is over. */
  #secured(): boolean {
    const waiting = this.#waiting!
    let peer: string
    try {
      peer = this.#tls.verify()
    } catch (error) {
      this.#fail(error as Error)
      return false
    }
    this.#waiting = null
    waiting.secured(this, peer)
    return !this.#isClosed
  }

  #lookForTicket(): void {
    this.#ticketLooks++
    const ticket = this.#tls.addon.tlsTicket(this.#tls.session)
    if (ticket !== null) this.#tls.remember(Buffer.from(ticket))
  }

  #give(plain: Uint8Array): void {
    const handler = this.#handler
    if (handler === null || this.#isPaused || this.#held !== null) {
      this.#held ??= []
      this.#held.push(keptBytes(plain))
      this.#tcp.pause()
      if (handler !== null && !this.#isPaused) this.#flushSoon()
    } else handler.bytes(handler.borrows === true ? plain : keptBytes(plain))
  }

  get isFlowing(): boolean {
    return !this.#isPaused && !this.#isClosed
  }

  #giveHeld(): void {
    const held = this.#held
    this.#held = null
    const left = giveHeld(held, this)
    if (this.#isClosed) return
    if (left !== null) this.#held = left
    if (this.#isPaused) return
    if (this.#hasHeldEnd) this.#tellEnd()
    this.#tcp.resume()
  }

  #tellEnd(): void {
    this.#hasHeldEnd = false
    this.#peerEnded = true
    this.#handler!.end()
    if (this.#isEndSent && !this.#isClosed) this.#tcp.end()
  }

  /** Encrypts all that was written. */
  #send(): void {
    const out = this.#out
    if (out.length > 0) {
      this.#out = []
      this.#outBytes = 0
      this.#encrypt(out)
    }
    if (this.#isClosed || this.#error !== null) return
    if (this.#ended && !this.#isEndSent) {
      this.#isEndSent = true
      this.#hand(this.#tls.addon.tlsEnd(this.#tls.session, cipherOut))
      if (this.#peerEnded) this.#tcp.end()
    }
    this.#drainedIfSo()
  }

  #encrypt(parts: Uint8Array[]): void {
    let collected = 0
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!
      for (let at = 0; at < part.length;) {
        const length = Math.min(part.length - at, WRITE_BYTES_MAX - collected)
        plainOut.set(length === part.length ? part : part.subarray(at, at + length), collected)
        collected += length
        at += length
        if (collected < WRITE_BYTES_MAX) continue
        this.#encryptCollected(collected)
        collected = 0
      }
    }
    if (collected > 0) this.#encryptCollected(collected)
  }

  #encryptCollected(length: number): void {
    if (this.#isClosed || this.#error !== null) return
    const { addon, session } = this.#tls
    const cipherLength = addon.tlsSend(session, plainOut, length, cipherOut)
    if (cipherLength < 0) this.#fail(new Error(addon.tlsError(session)))
    else this.#hand(cipherLength)
  }

  /** The buffer is used again by the next call: what the kernel does not take now is copied. */
  #hand(cipherLength: number): void {
    if (cipherLength === 0) return
    this.#tcp.writeBorrowed(cipherOut.subarray(0, cipherLength))
    this.#tcp.flush()
  }

  #fail(error: Error): void {
    this.#error ??= error
    this.#ended = true
    this.#peerEnded = true
    // In order, so that the alert which tells the peer gets out.
    this.#tcp.destroy()
  }

  #drainedIfSo(): void {
    if (!this.#needsDrained || this.bufferedBytes >= HIGH_WATER_MARK) return
    this.#needsDrained = false
    this.#handler?.drained()
  }

  #flushSoon(): void {
    if (this.flushScheduled) return
    this.flushScheduled = true
    scheduleFlush(this)
  }

  #tell(): void {
    if (!this.#mustTell || this.#handler === null) return
    this.#mustTell = false
    this.#handler.closed(this.#closeError())
  }

  #closeError(): Error | null {
    if (this.#error !== null) return this.#error
    return this.#ended && this.#peerEnded ? null : new Error('the connection was lost before both sides had ended')
  }
}

class TcpEvents implements ChannelHandler {
  readonly borrows = true
  readonly #channel: TlsChannel

  constructor(channel: TlsChannel) {
    this.#channel = channel
  }

  bytes(bytes: Uint8Array): void {
    this.#channel.received(bytes)
  }

  end(): void {
    this.#channel.receivedEnd()
  }

  drained(): void {
    this.#channel.tcpDrained()
  }

  closed(error: Error | null): void {
    this.#channel.tcpClosed(error)
  }
}
