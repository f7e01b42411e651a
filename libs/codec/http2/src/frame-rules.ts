import type { Core } from './core.ts'
import { ErrorCode } from './error-codes.ts'
import type { FrameTaker, FrameVerdict } from './frame-reader.ts'
import { Flag, type FrameHeader, FrameType, readUint32, WINDOW_BYTES_MAX } from './frame.ts'
import { HeaderRules } from './header-rules.ts'
import { SMALL_BYTES } from './outgoing-body.ts'
import { SETTING_BYTES } from './settings.ts'
import type { Stream } from './stream.ts'

/** What concerns the connection as a whole, for its owner. */
export interface ConnectionEvents {
  settingsReceived(): void
  settingsAcknowledged(): void
  pingAcknowledged(bytes: Uint8Array, offset: number): void
  goawayReceived(lastStreamId: number, code: number, debug: string): void
  headerBlockOpen(isOpen: boolean): void
  /** Server: a request has come whose body is still to come. */
  bodyAwaited(): void
}

/** Lengths that a frame of that type must have; -1 where any will do. Source: RFC 9113 section 6. */
const fixedLengths = [-1, -1, 5, 4, -1, -1, 8, -1, 4, -1]

/**
 * What the peer's frames do, and which of them break a rule.
 *
 * Source: RFC 9113 sections 4 to 6. Header blocks are in header-rules.ts.
 */
export class FrameRules implements FrameTaker {
  readonly #core: Core
  readonly #events: ConnectionEvents
  readonly #headers: HeaderRules
  #hasSettings = false
  /** Of the DATA frame under way; null when its octets are not wanted. */
  #dataStream: Stream | null = null
  #hasDataContent = false

  constructor(core: Core, events: ConnectionEvents) {
    this.#core = core
    this.#events = events
    this.#headers = new HeaderRules(core, events)
  }

  frameStarts(header: FrameHeader): FrameVerdict {
    const core = this.#core
    if (core.isClosed) return 'stop'
    if (!this.#hasSettings && (header.type !== FrameType.settings || header.has(Flag.ack))) {
      return this.#stop(ErrorCode.protocolError, `found frame type ${header.type} first: expected SETTINGS`)
    }
    if (header.lengthBytes > core.options.frameBytesMax) {
      const message = `found a frame of ${header.lengthBytes} octets: expected at most ${core.options.frameBytesMax}`
      return this.#stop(ErrorCode.frameSizeError, message)
    }
    if (!this.#headers.allows(header)) return 'stop'
    if (header.type > FrameType.continuation) return core.flood('ignored') ? 'stop' : 'skip'
    return this.#checkShape(header) ?? (header.type === FrameType.data ? this.#startData(header) : 'take')
  }

  frame(header: FrameHeader, bytes: Uint8Array, start: number, end: number): void {
    switch (header.type) {
      case FrameType.headers:
        return this.#headers.headers(header, bytes, start, end)
      case FrameType.continuation:
        return this.#headers.continuation(header, bytes, start, end)
      case FrameType.priority:
        return this.#priority(header, bytes, start)
      case FrameType.rstStream:
        return this.#rstStream(header, readUint32(bytes, start))
      case FrameType.settings:
        return this.#settings(header, bytes, start, end)
      case FrameType.ping:
        return this.#ping(header, bytes, start)
      case FrameType.goaway:
        return this.#goaway(bytes, start, end)
      case FrameType.windowUpdate:
        return this.#windowUpdate(header, readUint32(bytes, start) & 0x7fffffff)
    }
  }

  data(bytes: Uint8Array): void {
    this.#hasDataContent = true
    const stream = this.#dataStream
    if (stream === null || stream.isClosed) this.#core.credit(bytes.length)
    else stream.receivedData(bytes)
  }

  padding(bytesCount: number): void {
    const stream = this.#dataStream
    if (stream === null || stream.isClosed) this.#core.credit(bytesCount)
    else stream.taken(bytesCount)
  }

  dataEnds(header: FrameHeader): void {
    const stream = this.#dataStream
    this.#dataStream = null
    if (!this.#hasDataContent && !header.has(Flag.endStream) && this.#core.flood('emptyData')) return
    if (stream !== null && !stream.isClosed && header.has(Flag.endStream)) stream.receivedEnd(null)
  }

  paddingTooLong(): void {
    this.#core.fail(ErrorCode.protocolError, 'found padding longer than its frame')
  }

  /** Stream id and length; null when both are right. */
  #checkShape(header: FrameHeader): FrameVerdict | null {
    const { type, streamId, lengthBytes } = header
    const isForConnection = type === FrameType.settings || type === FrameType.ping || type === FrameType.goaway
    if (isForConnection ? streamId !== 0 : streamId === 0 && type !== FrameType.windowUpdate) {
      return this.#stop(ErrorCode.protocolError, `found frame type ${type} on stream ${streamId}`)
    }
    if (type === FrameType.pushPromise) return this.#stop(ErrorCode.protocolError, 'found PUSH_PROMISE: push is off')
    const fixed = fixedLengths[type]!
    const isRight = fixed >= 0 ? lengthBytes === fixed : type === FrameType.goaway ? lengthBytes >= 8 : true
    const isSettingsRight = header.has(Flag.ack) ? lengthBytes === 0 : lengthBytes % SETTING_BYTES === 0
    if (type === FrameType.settings ? isSettingsRight : isRight) return null
    const message = `found frame type ${type} of ${lengthBytes} octets`
    if (type !== FrameType.priority || this.#core.isIdle(streamId)) return this.#stop(ErrorCode.frameSizeError, message)
    this.#failStream(streamId, ErrorCode.frameSizeError, message)
    return this.#core.isClosed ? 'stop' : 'skip'
  }

  /** Source: RFC 9113 sections 5.1 and 6.1. */
  #startData(header: FrameHeader): FrameVerdict {
    const core = this.#core
    const { streamId, lengthBytes } = header
    if (core.isIdle(streamId)) return this.#stop(ErrorCode.protocolError, `found DATA on idle stream ${streamId}`)
    if (!core.window.receive(lengthBytes)) {
      return this.#stop(ErrorCode.flowControlError, 'found more DATA than the window of the connection')
    }
    const stream = core.streams.get(streamId)
    const refusal = stream === undefined ? null : this.#refuseData(stream, lengthBytes)
    if (stream !== undefined && refusal === null) {
      this.#dataStream = stream
      this.#hasDataContent = false
      return 'take'
    }
    core.credit(lengthBytes)
    if (stream !== undefined) stream.fail(refusal!, 'found DATA that the stream does not take')
    else if (core.isIgnored(streamId)) core.flood('ignored')
    else this.#failStream(streamId, ErrorCode.streamClosed, 'found DATA on a closed stream')
    return core.isClosed ? 'stop' : 'skip'
  }

  #refuseData(stream: Stream, lengthBytes: number): number | null {
    if (stream.isPeerEnded) return ErrorCode.streamClosed
    if (!stream.hasPeerHead) return ErrorCode.protocolError
    return stream.window.receive(lengthBytes) ? null : ErrorCode.flowControlError
  }

  /** Deprecated and without effect, but its form still counts. Source: RFC 9113 section 6.3, RFC 7540 section 5.3.1. */
  #priority(header: FrameHeader, bytes: Uint8Array, start: number): void {
    if (this.#core.flood('priority')) return
    if ((readUint32(bytes, start) & 0x7fffffff) !== header.streamId) return
    this.#failStream(header.streamId, ErrorCode.protocolError, 'found a stream that depends on itself')
  }

  #rstStream(header: FrameHeader, code: number): void {
    const core = this.#core
    if (core.isIdle(header.streamId)) {
      return core.fail(ErrorCode.protocolError, `found RST_STREAM on idle stream ${header.streamId}`)
    }
    const stream = core.streams.get(header.streamId)
    if (stream === undefined) return void core.flood('ignored')
    if (core.isServer && core.flood('reset')) return
    if (core.isServer && !stream.hasOwnHead && core.flood('earlyReset')) return
    stream.receivedReset(code)
  }

  #settings(header: FrameHeader, bytes: Uint8Array, start: number, end: number): void {
    const core = this.#core
    if (core.flood('settings')) return
    if (header.has(Flag.ack)) return this.#events.settingsAcknowledged()
    this.#hasSettings = true
    if (end - start > core.options.limits.settingsEntriesMax * SETTING_BYTES) {
      core.counters.settingsFloods++
      return core.fail(
        ErrorCode.enhanceYourCalm,
        `found over ${core.options.limits.settingsEntriesMax} settings in a frame`,
      )
    }
    const peer = core.peer
    const oldWindowBytes = peer.windowBytes
    const error = peer.apply(bytes, start, end, !core.isServer)
    if (error !== null) return core.fail(error.code, error.message)
    core.encoder.allowTableBytes(peer.headerTableBytes)
    core.side.frameBytesMax = Math.min(peer.frameBytesMax, core.options.frameBytesMax)
    const delta = peer.windowBytes - oldWindowBytes
    if (delta !== 0) {
      for (const stream of core.streams.values()) {
        if (!stream.outgoing.widen(delta)) {
          return core.fail(ErrorCode.flowControlError, 'found INITIAL_WINDOW_SIZE that makes a window exceed 2^31-1')
        }
      }
    }
    core.writer.settingsAck()
    this.#runSending()
    if (core.isClosed) return
    this.#events.settingsReceived()
  }

  #ping(header: FrameHeader, bytes: Uint8Array, start: number): void {
    if (this.#core.flood('ping')) return
    if (header.has(Flag.ack)) this.#events.pingAcknowledged(bytes, start)
    else this.#core.writer.ping(Flag.ack, bytes, start)
  }

  #goaway(bytes: Uint8Array, start: number, end: number): void {
    if (this.#core.flood('ignored')) return
    const debug = Buffer.from(bytes.subarray(start + 8, Math.min(end, start + 8 + 256))).toString('latin1')
    this.#events.goawayReceived(
      readUint32(bytes, start) & 0x7fffffff,
      readUint32(bytes, start + 4),
      debug.replace(/[^\x20-\x7e]/g, '?'),
    )
  }

  /** Source: RFC 9113 section 6.9. */
  #windowUpdate(header: FrameHeader, increment: number): void {
    const core = this.#core
    const { streamId } = header
    if (increment < SMALL_BYTES && this.#countSmallUpdate()) return
    if (streamId === 0) {
      if (increment === 0) return core.fail(ErrorCode.protocolError, 'found WINDOW_UPDATE of 0: expected at least 1')
      if (core.side.windowBytes + increment > WINDOW_BYTES_MAX) {
        return core.fail(ErrorCode.flowControlError, 'found WINDOW_UPDATE that makes the window exceed 2^31-1')
      }
      core.side.windowBytes += increment
      return this.#runSending()
    }
    if (core.isIdle(streamId)) {
      return core.fail(ErrorCode.protocolError, `found WINDOW_UPDATE on idle stream ${streamId}`)
    }
    const stream = core.streams.get(streamId)
    // Wrong also on a stream that has just ended.
    if (increment === 0 && (stream !== undefined || !core.isIgnored(streamId))) {
      return this.#failStream(streamId, ErrorCode.protocolError, 'found WINDOW_UPDATE of 0: expected at least 1')
    }
    if (stream === undefined) return void core.flood('ignored')
    if (!stream.outgoing.widen(increment)) {
      return stream.fail(ErrorCode.flowControlError, 'found WINDOW_UPDATE that makes the window exceed 2^31-1')
    }
    this.#runSending()
  }

  /** Those that answer DATA of ours are in order, as long as it is not they that keep it small. */
  #countSmallUpdate(): boolean {
    const { side } = this.#core
    const answered = side.fullDataFrames
    side.fullDataFrames = 0
    return this.#core.flood('windowUpdate', 1, 4 * answered)
  }

  /** Sends what the peer's windows now let go; not for long in crumbs. */
  #runSending(): void {
    const { side } = this.#core
    side.run()
    if (side.smallDataFrames === 0) return
    const count = side.smallDataFrames
    side.smallDataFrames = 0
    this.#core.flood('smallData', count)
  }

  /** A stream error; on an idle stream, which cannot be reset, a connection error. */
  #failStream(streamId: number, code: number, message: string): void {
    const core = this.#core
    const stream = core.streams.get(streamId)
    if (stream !== undefined) return stream.fail(code, message)
    if (core.isIdle(streamId)) return core.fail(code, message)
    core.resetStream(streamId, code)
    core.provoked()
  }

  #stop(code: number, message: string): FrameVerdict {
    this.#core.fail(code, message)
    return 'stop'
  }
}
