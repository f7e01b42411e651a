import { HpackFault } from '@weft/hpack'
import type { Core } from './core.ts'
import { ErrorCode } from './error-codes.ts'
import { Flag, type FrameHeader, FrameType, readUint32 } from './frame.ts'
import type { ConnectionEvents } from './frame-rules.ts'
import { type BlockUse, HeaderBlock } from './header-block.ts'
import { FieldReader, readReplyHead, readRequestHead } from './read-head.ts'
import { Stream, type StreamKind } from './stream.ts'

const PRIORITY_BYTES = 5

/**
 * What the peer's HEADERS and CONTINUATION do: open a stream, carry a reply or trailers.
 *
 * Every block is decoded, even one that nobody wants: the tables of both sides must stay in step.
 * Source: RFC 9113 sections 4.3, 5.1, 6.2, 6.10 and 8.1.
 */
export class HeaderRules {
  readonly #core: Core
  readonly #events: ConnectionEvents
  readonly #block: HeaderBlock
  readonly #fields = new FieldReader()

  constructor(core: Core, events: ConnectionEvents) {
    this.#core = core
    this.#events = events
    this.#block = new HeaderBlock(core.options.limits)
  }

  /** Whether this frame may come now, as far as header blocks are concerned; else the connection has ended. */
  allows(header: FrameHeader): boolean {
    const core = this.#core
    const isContinuation = header.type === FrameType.continuation
    if (this.#block.streamId === 0 ? isContinuation : !isContinuation || header.streamId !== this.#block.streamId) {
      const expected = this.#block.streamId === 0 ? 'HEADERS before' : `CONTINUATION of stream ${this.#block.streamId}`
      core.fail(
        ErrorCode.protocolError,
        `found frame type ${header.type} on stream ${header.streamId}: expected ${expected}`,
      )
      return false
    }
    if (!isContinuation && header.type !== FrameType.headers) return true
    if (this.#block.takes(header.lengthBytes)) return true
    core.counters.headerBlockFloods++
    core.fail(ErrorCode.enhanceYourCalm, 'found a header block beyond the limits: expected fewer octets and frames')
    return false
  }

  headers(header: FrameHeader, bytes: Uint8Array, start: number, end: number): void {
    const core = this.#core
    if (header.has(Flag.padded)) {
      const padding = start < end ? bytes[start]! : 0
      start++
      end -= padding
    }
    let isSelfDependent = false
    if (header.has(Flag.priority)) {
      if (end - start >= PRIORITY_BYTES) isSelfDependent = (readUint32(bytes, start) & 0x7fffffff) === header.streamId
      start += PRIORITY_BYTES
    }
    if (start > end) return core.fail(ErrorCode.protocolError, 'found HEADERS shorter than their padding and priority')
    const use = this.#useOf(header)
    if (use === null) return
    this.#block.begin(header.streamId, header.has(Flag.endStream), isSelfDependent ? 'selfDependent' : use)
    if (header.has(Flag.endHeaders)) return this.#finish(bytes, start, end)
    this.#block.add(bytes, start, end)
    this.#events.headerBlockOpen(true)
  }

  continuation(header: FrameHeader, bytes: Uint8Array, start: number, end: number): void {
    this.#block.add(bytes, start, end)
    if (!header.has(Flag.endHeaders)) return
    this.#events.headerBlockOpen(false)
    const whole = this.#block.take()
    this.#finish(whole, 0, whole.length)
  }

  /** What the block is for; null when the connection has ended. */
  #useOf(header: FrameHeader): BlockUse | null {
    const core = this.#core
    const { streamId } = header
    const stream = core.streams.get(streamId)
    if (stream !== undefined) {
      if (stream.isPeerEnded) return 'closed'
      return stream.hasPeerHead ? 'trailers' : 'reply'
    }
    if (core.isIdle(streamId)) return this.#openedBy(streamId)
    if (core.isIgnored(streamId)) return core.flood('ignored') ? null : 'ignore'
    core.fail(ErrorCode.streamClosed, `found HEADERS on closed stream ${streamId}`)
    return null
  }

  #openedBy(streamId: number): BlockUse | null {
    const core = this.#core
    if (!core.isServer || (streamId & 1) === 0) {
      core.fail(ErrorCode.protocolError, `found HEADERS on stream ${streamId}, which the peer may not open`)
      return null
    }
    core.lastPeerStreamId = streamId
    if (streamId > core.goawayLastId) return core.flood('ignored') ? null : 'ignore'
    return core.streams.size < core.options.limits.streamsMax ? 'open' : 'refuse'
  }

  #finish(bytes: Uint8Array, start: number, end: number): void {
    const core = this.#core
    const { streamId, endStream, use } = this.#block
    this.#block.streamId = 0
    const flat: string[] = []
    const fault = core.decoder.decode(bytes, start, end, flat)
    if (fault !== HpackFault.none) {
      return core.fail(ErrorCode.compressionError, `found a header block that cannot be decoded (fault ${fault})`)
    }
    switch (use) {
      case 'open':
        return this.#open(streamId, endStream, flat)
      case 'reply':
      case 'trailers': {
        const stream = core.streams.get(streamId)
        if (stream === undefined) return
        return use === 'reply' ? this.#reply(stream, endStream, flat) : this.#trailers(stream, endStream, flat)
      }
      case 'refuse':
        core.counters.streamsRefused++
        return this.#reset(streamId, ErrorCode.refusedStream, 'too many streams')
      case 'closed':
        return this.#reset(streamId, ErrorCode.streamClosed, 'found HEADERS after the end of the stream')
      case 'selfDependent':
        return this.#reset(streamId, ErrorCode.protocolError, 'found a stream that depends on itself')
    }
  }

  #open(streamId: number, endStream: boolean, flat: string[]): void {
    const core = this.#core
    const decoder = core.decoder
    if (decoder.isTooLarge) {
      core.counters.headerListsTooLarge++
      core.replyStatus(streamId, 431, endStream)
      return core.provoked()
    }
    const malformed = decoder.isMalformed
      ? 'found a field that HTTP forbids'
      : this.#fields.read(flat, decoder.sensitiveNames, false)
    const head = malformed ?? readRequestHead(this.#fields, endStream, core.options.extendedConnect)
    if (typeof head === 'string') return this.#malformed(streamId, head)
    const stream = new Stream(core, streamId, kindOf(head.method, head.upgrade), head.upgrade)
    if (!stream.isTunnel) stream.expectBytes(head.bodyLength)
    core.streams.set(streamId, stream)
    if (endStream) stream.receivedEnd(null)
    else if (!stream.isTunnel) this.#events.bodyAwaited()
    core.handler.request(stream, head)
  }

  #reply(stream: Stream, endStream: boolean, flat: string[]): void {
    const core = this.#core
    const decoder = core.decoder
    if (decoder.isTooLarge) {
      core.counters.headerListsTooLarge++
      return stream.fail(ErrorCode.enhanceYourCalm, 'found a header list beyond the limit')
    }
    const malformed = decoder.isMalformed
      ? 'found a field that HTTP forbids'
      : this.#fields.read(flat, decoder.sensitiveNames, false)
    const isHead = stream.kind === 'head'
    const head = malformed ?? readReplyHead(this.#fields, endStream, isHead, stream.isTunnel, stream.upgrade)
    if (typeof head === 'string') return this.#malformed(stream.id, head)
    if (head.status >= 200 || head.status === 101) return stream.receivedReply(head, endStream)
    if (++stream.interimReplies > core.options.limits.interimRepliesMax) {
      core.counters.interimFloods++
      return stream.fail(ErrorCode.enhanceYourCalm, 'found too many interim replies')
    }
    stream.handler.interim(head)
  }

  #trailers(stream: Stream, endStream: boolean, flat: string[]): void {
    const decoder = this.#core.decoder
    if (!endStream) return this.#malformed(stream.id, 'found trailers that do not end the stream')
    if (stream.isTunnel) return this.#malformed(stream.id, 'found trailers in a tunnel')
    if (decoder.isTooLarge) {
      this.#core.counters.headerListsTooLarge++
      return stream.fail(ErrorCode.enhanceYourCalm, 'found trailers beyond the limit of header lists')
    }
    const malformed = decoder.isMalformed
      ? 'found a field that HTTP forbids'
      : this.#fields.read(flat, decoder.sensitiveNames, true)
    if (malformed !== null) return this.#malformed(stream.id, malformed)
    stream.receivedEnd(this.#fields.headers)
  }

  #malformed(streamId: number, message: string): void {
    this.#core.counters.malformedHeads++
    this.#reset(streamId, ErrorCode.protocolError, message)
  }

  #reset(streamId: number, code: number, message: string): void {
    const core = this.#core
    const stream = core.streams.get(streamId)
    if (stream !== undefined) return stream.fail(code, message)
    core.resetStream(streamId, code)
    core.provoked()
  }
}

/** The kind of stream that a request needs. */
export function kindOf(method: string, upgrade: string): StreamKind {
  if (upgrade !== '') return 'extendedConnect'
  return method === 'CONNECT' ? 'connect' : method === 'HEAD' ? 'head' : 'message'
}
