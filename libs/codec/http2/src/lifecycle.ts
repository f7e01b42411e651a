import type { Core } from './core.ts'
import { ErrorCode, Http2Error } from './error-codes.ts'
import type { ConnectionEvents } from './frame-rules.ts'
import { STREAM_ID_MAX, WINDOW_BYTES_DEFAULT } from './frame.ts'
import { Pings } from './pings.ts'
import { Setting } from './settings.ts'
import { Watchdog, type WatchdogOwner } from './watchdog.ts'

/** How long after the first GOAWAY the second follows when no PING tells that the peer has seen it. */
const DRAIN_WARNING_MS = 1_000
/** A stalled body is looked at so often before it is given up. */
const STALL_CHECKS = 4
/** It is looked so often within the time of silence that a PING answers: it goes out at most a quarter late. */
const KEEP_ALIVE_LOOKS = 4
/** After a time in which this process did not run, timers come before what has been received meanwhile. */
const LAST_LOOK_MS = 100

/**
 * The connection as a whole, from greeting to farewell: SETTINGS and their acknowledgement, GOAWAY of either side, and
 * everything that time brings about.
 */
export class Lifecycle implements ConnectionEvents, WatchdogOwner {
  readonly pings: Pings
  readonly #core: Core
  readonly #watchdog: Watchdog
  #isAcknowledged = false
  #hasHeard = false
  #isWarned = false
  #quietLooks = 0
  #isPingUnderWay = false
  #isLastLook = false
  #isDoubted = false

  constructor(core: Core) {
    this.#core = core
    this.pings = new Pings(core.writer, core.clock)
    this.#watchdog = new Watchdog(core.clock, this)
    core.side.onWait = () => this.#watchdog.watchStalls(core.options.limits.stallTimeoutMs / STALL_CHECKS)
  }

  /** Sends what each side sends first. Source: RFC 9113 section 3.4. */
  greet(): void {
    const { options, writer, isServer } = this.#core
    const settings = [
      ...[Setting.headerTableSize, options.headerTableBytesMax, Setting.initialWindowSize, options.streamWindowBytes],
      ...[Setting.maxFrameSize, options.frameBytesMax, Setting.maxHeaderListSize, options.limits.headerListBytesMax],
    ]
    if (isServer) settings.push(Setting.maxConcurrentStreams, options.limits.streamsMax)
    else settings.push(Setting.enablePush, 0)
    if (isServer && options.extendedConnect) settings.push(Setting.enableConnectProtocol, 1)
    if (!isServer) writer.preface()
    writer.settings(settings)
    const more = options.connectionWindowBytes - WINDOW_BYTES_DEFAULT
    if (more > 0) writer.windowUpdate(0, more)
    this.#watchdog.expectSettings(options.limits.settingsTimeoutMs)
    this.#watchdog.scheduleKeepAlive(options.keepAliveMs / KEEP_ALIVE_LOOKS)
  }

  /** Octets have come. */
  heard(): void {
    this.#hasHeard = true
  }

  /**
   * Takes no more streams and closes when those in flight have ended. A server warns first, and names the last stream only
   * when the client has had a round trip to stop, so that no request is lost. Source: RFC 9113 section 6.8.
   */
  goaway(): void {
    const core = this.#core
    if (core.isClosed || core.isFinishing || this.#isWarned) return
    if (!core.isServer) return this.drainWarningOver()
    this.#isWarned = true
    core.writer.goaway(STREAM_ID_MAX, ErrorCode.noError, '')
    this.#watchdog.expectDrain(DRAIN_WARNING_MS)
    this.pings.send((roundTripMs) => {
      if (roundTripMs !== null) this.drainWarningOver()
    })
  }

  /** Asks at once whether the peer is still there; it is not when nothing comes from it within so long. */
  doubt(timeoutMs: number): void {
    // More doubt puts nothing off.
    if (this.#core.isClosed || this.#isDoubted) return
    this.#isDoubted = true
    this.#hasHeard = false
    this.#isLastLook = false
    if (!this.#isPingUnderWay && !this.pings.send(() => {})) return
    this.#isPingUnderWay = true
    this.#watchdog.expectKeepAlive(timeoutMs)
  }

  stop(): void {
    this.#watchdog.stop()
    this.pings.abandon()
  }

  settingsReceived(): void {
    this.#core.handler.settings()
    this.#core.announceAvailable()
  }

  settingsAcknowledged(): void {
    const core = this.#core
    if (this.#isAcknowledged) return
    this.#isAcknowledged = true
    this.#watchdog.expectSettings(0)
    core.decoder.acknowledgeTableBytesMax()
    const lessBytes = core.streamWindowBytes - core.options.streamWindowBytes
    if (lessBytes === 0) return
    core.streamWindowBytes = core.options.streamWindowBytes
    for (const stream of core.streams.values()) stream.window.shrink(lessBytes)
  }

  pingAcknowledged(bytes: Uint8Array, offset: number): void {
    this.pings.acknowledged(bytes, offset)
  }

  goawayReceived(lastStreamId: number, code: number, debug: string): void {
    const core = this.#core
    core.hasPeerGoneAway = true
    if (!core.isServer) {
      for (const stream of [...core.streams.values()]) if (stream.id > lastStreamId) stream.receivedRefusal()
    }
    if (core.isClosed) return
    core.handler.goaway(lastStreamId, code, debug)
    if (core.streams.size > 0 || core.isClosed) return
    core.end(
      code === ErrorCode.noError ? null : new Http2Error(code, `the peer ended the HTTP/2 connection: ${debug}`, true),
    )
  }

  headerBlockOpen(isOpen: boolean): void {
    this.#watchdog.expectHeaderBlock(isOpen ? this.#core.options.limits.headerBlockTimeoutMs : 0)
  }

  bodyAwaited(): void {
    this.#watchdog.watchBodies(this.#core.options.limits.bodyTimeoutMs / STALL_CHECKS)
  }

  settingsTimedOut(): void {
    this.#core.counters.settingsTimeouts++
    this.#core.fail(ErrorCode.settingsTimeout, 'found no preface or no acknowledgement of SETTINGS in time')
  }

  headerBlockTimedOut(): void {
    this.#core.counters.headerBlockTimeouts++
    this.#core.fail(ErrorCode.enhanceYourCalm, 'found a header block without its end in time')
  }

  drainWarningOver(): void {
    const core = this.#core
    if (core.isClosed || core.isFinishing) return
    core.isFinishing = true
    core.sendGoaway(ErrorCode.noError, '')
    if (core.streams.size === 0) core.end(null)
  }

  keepAliveDue(): void {
    const { keepAliveMs, keepAliveIdle } = this.#core.options
    this.#watchdog.scheduleKeepAlive(keepAliveMs / KEEP_ALIVE_LOOKS)
    if (this.#hasHeard || (!keepAliveIdle && this.#core.streams.size === 0)) this.#keptAlive()
    else if (++this.#quietLooks >= KEEP_ALIVE_LOOKS) this.#askWhether()
  }

  keepAliveTimedOut(): void {
    // Anything else that came meanwhile shows as well that the peer is there.
    if (this.#hasHeard) return this.#keptAlive()
    if (!this.#isLastLook) {
      this.#isLastLook = true
      return this.#watchdog.expectKeepAlive(LAST_LOOK_MS)
    }
    this.#core.counters.keepAliveTimeouts++
    this.#core.fail(ErrorCode.noError, 'found no acknowledgement of PING in time')
  }

  checkStalls(): boolean {
    const core = this.#core
    let isAnyWaiting = false
    const bytesMin = core.options.limits.stallBytesMin / STALL_CHECKS
    for (const stream of [...core.streams.values()]) {
      if (!stream.outgoing.checkProgress(bytesMin)) continue
      isAnyWaiting = true
      if (stream.outgoing.stalledChecks < STALL_CHECKS) continue
      core.counters.stallTimeouts++
      stream.timedOut()
    }
    return isAnyWaiting
  }

  checkBodies(): boolean {
    const core = this.#core
    let isAnyAwaited = false
    const bytesMin = core.options.limits.bodyBytesMin
    for (const stream of [...core.streams.values()]) {
      if (stream.isPeerEnded || stream.isClosed || stream.isTunnel) continue
      isAnyAwaited = true
      if (stream.hasStalled(bytesMin, STALL_CHECKS) && stream.handler.requestStalled?.() === true) {
        core.counters.bodyTimeouts++
      }
    }
    return isAnyAwaited
  }

  #askWhether(): void {
    // That it is answered shows by the octets that come.
    if (this.#isPingUnderWay || !this.pings.send(() => {})) return
    this.#isPingUnderWay = true
    this.#watchdog.expectKeepAlive(this.#core.options.keepAliveTimeoutMs)
  }

  #keptAlive(): void {
    this.#hasHeard = false
    this.#quietLooks = 0
    this.#isPingUnderWay = false
    this.#isLastLook = false
    this.#isDoubted = false
    this.#watchdog.expectKeepAlive(0)
  }
}
