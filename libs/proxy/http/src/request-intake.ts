import type { Channel } from '@weft/channel'
import type { Http1Reader } from '@weft/http1'
import { type BodySource, emptyBody, type HeaderList, type RequestHead } from '@weft/message'
import { type BodyOwner, giveOctets, Http1Body } from './http1-body.ts'

/** The connection whose requests are taken in. */
export interface IntakeOwner {
  /** A tunnel was granted: octets pass. */
  readonly isTunnel: boolean
  readonly isClosed: boolean
  /** The content of a request is asked for; the client holds it back when `awaitsContinue`, else some is still to come. */
  contentWanted(awaitsContinue: boolean): void
  /** So much of a request that nobody wants has come that the connection is better closed. */
  droppedTooMuch(): void
  /** Whoever is at the other end of an open tunnel wants no more. */
  tunnelLeft(): void
}

/**
 * The content of the requests of one HTTP/1 connection, one after another, on its way from the reader to whoever takes it:
 * none flows before it is asked for, and what nobody takes is read on and dropped. Source: RFC 9110 section 10.1.1.
 */
export class RequestIntake implements BodyOwner {
  /** Of the present request; null when it has none. */
  body: Http1Body | null
  isWhole: boolean
  /** The client holds the content back until it is told to go on, and neither has happened. */
  awaitsContinue: boolean
  /** Told to go on by us: the upstream's word for it comes too late. */
  #hasSentContinue: boolean
  #droppedBytes: number
  #wasPaused: boolean
  readonly #owner: IntakeOwner
  readonly #channel: Channel
  readonly #reader: Http1Reader<RequestHead>
  readonly #dropBytesMax: number

  constructor(owner: IntakeOwner, channel: Channel, reader: Http1Reader<RequestHead>, dropBytesMax: number) {
    this.body = null
    this.isWhole = true
    this.awaitsContinue = false
    this.#hasSentContinue = false
    this.#droppedBytes = 0
    this.#wasPaused = false
    this.#owner = owner
    this.#channel = channel
    this.#reader = reader
    this.#dropBytesMax = dropBytesMax
  }

  /** A request has come; returns its body. A protocol that is not to be granted is taken out of the head. */
  begin(head: RequestHead): BodySource {
    const hasContent = head.bodyKind === 'length' || head.bodyKind === 'stream'
    // An upgrade with content is not granted by anybody; h2c is not ours to pass on (RFC 9113 3.1).
    if (head.upgrade !== '' && (hasContent || head.upgrade.toLowerCase().includes('h2c'))) head.upgrade = ''
    const mayTunnel = head.bodyKind === 'tunnel' || head.upgrade !== ''
    if (hasContent) this.#reader.pause()
    this.body = hasContent || mayTunnel ? new Http1Body(this, mayTunnel) : null
    this.isWhole = !hasContent
    this.awaitsContinue = head.expectsContinue
    this.#hasSentContinue = false
    this.#droppedBytes = 0
    return this.body ?? emptyBody
  }

  /** The upstream says 100; false when the client was told already. */
  takeContinue(): boolean {
    if (this.#hasSentContinue) return false
    this.awaitsContinue = false
    return true
  }

  /** The upstream says neither 100 nor anything final, and many clients wait for one of them. */
  sendContinue(isWanted: boolean): void {
    this.awaitsContinue = false
    if (!isWanted) return
    this.#hasSentContinue = true
    this.#channel.write(continueReply)
  }

  bytes(bytes: Uint8Array, isLent: boolean): void {
    this.awaitsContinue = false
    const body = this.body
    if (body === null || body.sink === null) this.#dropped(bytes.length)
    else if (!giveOctets(body.sink, bytes, isLent)) this.pauseReading()
  }

  end(trailers: HeaderList | null): void {
    this.isWhole = true
    const body = this.body
    if (body !== null && (!body.isTunnel || this.#owner.isTunnel)) body.ended(trailers)
  }

  /** Whoever takes the content has had enough now, or had since this was asked last. */
  takeWasPaused(): boolean {
    const wasPaused = this.#wasPaused || this.#reader.isPaused
    this.#wasPaused = false
    return wasPaused
  }

  bodyStarted(body: Http1Body): void {
    if (body.isTunnel) return
    if (this.awaitsContinue) this.#owner.contentWanted(true)
    this.resumeReading()
    if (!this.isWhole) this.#owner.contentWanted(false)
  }

  pauseReading(): void {
    this.#wasPaused = true
    this.#reader.pause()
    this.#channel.pause()
  }

  resumeReading(): void {
    if (this.#owner.isClosed) return
    // What was read already comes first, and its taker may have had enough: then the channel rests too.
    this.#reader.resume()
    if (!this.#reader.isPaused) this.#channel.resume()
  }

  /** Nobody wants the rest. A tunnel ends; anything else is read on and dropped. */
  bodyCancelled(): void {
    if (this.#owner.isTunnel) this.#owner.tunnelLeft()
    else this.resumeReading()
  }

  #dropped(count: number): void {
    this.#droppedBytes += count
    if (this.#droppedBytes > this.#dropBytesMax) this.#owner.droppedTooMuch()
  }
}

const continueReply = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n', 'latin1')
