import { HpackDecoder, HpackEncoder } from '@weft/hpack'
import { FakeClock } from '@weft/time/testing'
import { Http2Connection } from '../connection.ts'
import { CLIENT_PREFACE, Flag, FrameType } from '../frame.ts'
import type { Http2Options } from '../http2-options.ts'
import { MemoryOutput } from './memory-output.ts'
import { RecordingHandler } from './recorders.ts'
import type { WireFrame } from './wire.ts'
import { errorCodeOf, readWire, wireFrame } from './wire.ts'

/** The other end of one connection, frame by frame: it may break any rule. */
export class RawPeer {
  readonly clock: FakeClock
  readonly output = new MemoryOutput()
  readonly handler = new RecordingHandler()
  readonly connection: Http2Connection
  readonly encoder = new HpackEncoder()
  readonly decoder = new HpackDecoder()
  /** Everything that the connection has sent. */
  readonly frames: WireFrame[] = []

  /** `options.role` is that of the connection under test. */
  constructor(options: Http2Options, clock = new FakeClock()) {
    this.clock = clock
    this.connection = new Http2Connection({ schedule: () => {}, ...options }, this.output, this.handler, this.clock)
  }

  /** A peer that has greeted in order; the connection's own greeting is forgotten. */
  static greeted(options: Http2Options, settings: readonly number[] = []): RawPeer {
    const peer = new RawPeer(options)
    if (options.role === 'server') peer.send(CLIENT_PREFACE)
    peer.send(wireFrame(FrameType.settings, 0, 0, settings))
    peer.send(wireFrame(FrameType.settings, Flag.ack, 0))
    peer.frames.length = 0
    return peer
  }

  /** Gives octets to the connection; returns the frames that it answers with. */
  send(...parts: readonly Uint8Array[]): WireFrame[] {
    for (const part of parts) this.connection.receive(Uint8Array.from(part))
    return this.collect()
  }

  collect(): WireFrame[] {
    this.connection.flush()
    const frames = readWire(this.output.take())
    this.frames.push(...frames)
    return frames
  }

  /** HEADERS with these fields. */
  headers(
    streamId: number,
    fields: readonly (readonly [string, string])[],
    flags: number = Flag.endHeaders | Flag.endStream,
  ): Uint8Array {
    return wireFrame(FrameType.headers, flags, streamId, this.block(fields))
  }

  block(fields: readonly (readonly [string, string])[]): Uint8Array {
    this.encoder.begin()
    for (const [name, value] of fields) this.encoder.named(name, value)
    return this.encoder.bytes.slice(0, this.encoder.length)
  }

  /** The fields of a HEADERS frame, which must come in order. */
  fieldsOf(frame: WireFrame): string[] {
    const fields: string[] = []
    this.decoder.decode(frame.payload, 0, frame.payload.length, fields)
    return fields
  }

  /** The code of the GOAWAY that ended the connection, or null. */
  get goawayCode(): number | null {
    const frame = this.frames.find((each) => each.type === FrameType.goaway)
    return frame === undefined ? null : errorCodeOf(frame)
  }

  /** The code of the RST_STREAM for that stream, or null. */
  resetCode(streamId: number): number | null {
    const frame = this.frames.find((each) => each.type === FrameType.rstStream && each.streamId === streamId)
    return frame === undefined ? null : errorCodeOf(frame)
  }
}

/** The fields of a request that breaks no rule. */
export const GET_FIELDS: readonly (readonly [string, string])[] = [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':authority', 'cart'],
  [':path', '/'],
]

export const POST_FIELDS: readonly (readonly [string, string])[] = [[':method', 'POST'], ...GET_FIELDS.slice(1)]
