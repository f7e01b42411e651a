import { type WheelTarget, WheelTimer } from '@weft/time'
import type { HttpService } from './http-service.ts'

/** The connection that is watched. */
export interface StallOwner {
  /** The body of a request is to come, and is taken as it comes. */
  readonly awaitsBody: boolean
  /** Whoever takes it has had enough now, or had since this was asked last. */
  takeWasPaused(): boolean
  /** Octets of a reply wait for the client. */
  readonly awaitsReader: boolean
  /** Octets that were given to the channel and that the client has not taken. */
  readonly unsentBytes: number
  bodyStalled(message: string): void
  readerStalled(message: string): void
}

/**
 * Finds clients of HTTP/1 that keep a request up by sending its body, or taking its reply, too slowly. Made for a connection
 * when first one of them has to wait; costs an addition for each piece from then on.
 *
 * A body moves as long as enough of it comes or anything of a reply goes: who talks both ways may think in between.
 */
export class StallWatch implements WheelTarget {
  readonly #owner: StallOwner
  readonly #service: HttpService
  readonly #bodyTimer: WheelTimer
  readonly #readerTimer: WheelTimer
  #receivedBytes: number
  #sentBytes: number
  /** What these were when the body was looked at last. */
  #bodyReceivedBytes: number
  #bodySentBytes: number
  /** What the client had taken when it was looked at last. */
  #takenBytes: number

  constructor(owner: StallOwner, service: HttpService) {
    this.#owner = owner
    this.#service = service
    this.#bodyTimer = new WheelTimer(this)
    this.#readerTimer = new WheelTimer(this)
    this.#receivedBytes = 0
    this.#sentBytes = 0
    this.#bodyReceivedBytes = 0
    this.#bodySentBytes = 0
    this.#takenBytes = 0
  }

  received(bytesCount: number): void {
    this.#receivedBytes += bytesCount
  }

  sent(bytesCount: number): void {
    this.#sentBytes += bytesCount
  }

  /** From now on, unless it is watched already. */
  watchBody(): void {
    if (this.#bodyTimer.dueAtMs === Infinity) this.#lookAtBody(this.#service.clock.nowMs())
  }

  watchReader(): void {
    if (this.#readerTimer.dueAtMs === Infinity) this.#lookAtReader(this.#service.clock.nowMs())
  }

  stop(): void {
    this.#service.wheel.cancel(this.#bodyTimer)
    this.#service.wheel.cancel(this.#readerTimer)
  }

  timedOut(timer: WheelTimer, nowMs: number): void {
    const { bodyBytesMin, readerBytesMin } = this.#service.options
    const owner = this.#owner
    if (timer === this.#bodyTimer) {
      if (!owner.awaitsBody) return
      const hasCome = this.#receivedBytes - this.#bodyReceivedBytes >= bodyBytesMin
      const hasGone = this.#sentBytes > this.#bodySentBytes
      if (hasCome || hasGone || owner.takeWasPaused()) this.#lookAtBody(nowMs)
      else this.#bodyStalled()
      return
    }
    if (!owner.awaitsReader) return
    const takenBytes = this.#sentBytes - owner.unsentBytes
    if (takenBytes - this.#takenBytes >= readerBytesMin) this.#lookAtReader(nowMs)
    else this.#readerStalled()
  }

  #bodyStalled(): void {
    const { http1Counters, options } = this.#service
    const found = `The body of a request brought less than ${options.bodyBytesMin} octets in ${options.bodyTimeoutMs} ms`
    if (http1Counters !== undefined) http1Counters.refused.body_timeout++
    this.#owner.bodyStalled(`${found}: expected more`)
  }

  #readerStalled(): void {
    const { http1Counters, options } = this.#service
    const found = `The client took less than ${options.readerBytesMin} octets of its reply in ${options.readerTimeoutMs} ms`
    if (http1Counters !== undefined) http1Counters.refused.reader_timeout++
    this.#owner.readerStalled(`${found}: expected more`)
  }

  #lookAtBody(nowMs: number): void {
    const { bodyTimeoutMs } = this.#service.options
    this.#bodyReceivedBytes = this.#receivedBytes
    this.#bodySentBytes = this.#sentBytes
    if (bodyTimeoutMs > 0) this.#service.wheel.set(this.#bodyTimer, nowMs + bodyTimeoutMs)
  }

  #lookAtReader(nowMs: number): void {
    const { readerTimeoutMs } = this.#service.options
    this.#takenBytes = this.#sentBytes - this.#owner.unsentBytes
    if (readerTimeoutMs > 0) this.#service.wheel.set(this.#readerTimer, nowMs + readerTimeoutMs)
  }
}
