import type { ChannelHandler } from '@weft/channel'
import { memoryPair, type MemoryChannel } from '@weft/channel/testing'
import { HpackDecoder, HpackEncoder } from '@weft/hpack'
import { readWire, uint32, type WireFrame, wireFrame } from '@weft/http2/testing'

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')
const [DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE] = [0, 1, 3, 4, 6, 7, 8] as const
const [END_STREAM, ACK, END_HEADERS] = [1, 1, 4] as const

/** What came on one stream. */
export class RawStream {
  /** One entry for each header block: interim heads, the head, trailers. */
  readonly blocks: Record<string, string>[] = []
  /** The date of the head, which is in no block: it may be the proxy's. */
  date: string | null = null
  text = ''
  bytesCount = 0
  isEnded = false
  resetCode: number | null = null

  get head(): Record<string, string> {
    return this.blocks.find((block) => !block[':status']?.startsWith('1')) ?? {}
  }

  get trailers(): Record<string, string> | null {
    const last = this.blocks.at(-1)
    return last === undefined || last === this.head || ':status' in last ? null : last
  }
}

/** One end of an HTTP/2 connection, written and read frame by frame: it may break any rule. It acknowledges SETTINGS and PING. */
export class RawHttp2 implements ChannelHandler {
  readonly channel: MemoryChannel
  readonly streams = new Map<number, RawStream>()
  readonly frames: WireFrame[] = []
  goawayCode: number | null = null
  isClosed = false
  /** Told of each header block, in order. */
  onBlock: (streamId: number, fields: Record<string, string>, isEnd: boolean) => void = () => {}
  readonly #encoder = new HpackEncoder()
  readonly #decoder = new HpackDecoder()
  readonly #sent = new Map<number, number>()
  readonly #opened = new Map<number, number>()
  #firstWindow = 65_535
  #unread: Buffer = Buffer.alloc(0)

  /** Makes the pair; `far` is the other end, for the connection under test. */
  constructor(role: 'client' | 'server', settings: readonly number[] = []) {
    const [near, far] = memoryPair()
    this.channel = near
    this.far = far
    near.handler = this
    if (role === 'client') this.write(PREFACE)
    this.write(wireFrame(SETTINGS, 0, 0, settings))
  }

  readonly far: MemoryChannel

  stream(id: number): RawStream {
    let stream = this.streams.get(id)
    if (stream === undefined) this.streams.set(id, (stream = new RawStream()))
    return stream
  }

  write(bytes: Uint8Array): void {
    this.channel.write(bytes)
  }

  /** HEADERS; the whole message unless `isEnd` is false. */
  headers(id: number, fields: Readonly<Record<string, string>> | readonly (readonly string[])[], isEnd = true): void {
    const list = Array.isArray(fields) ? (fields as string[][]) : Object.entries(fields)
    this.#encoder.begin()
    for (const [name, value] of list) this.#encoder.named(name!, value!)
    this.block(id, this.#encoder.bytes.slice(0, this.#encoder.length), isEnd)
  }

  /** HEADERS with a block encoded by hand: names and values of any octets, never indexed. */
  literal(id: number, fields: readonly (readonly [string, string])[], isEnd = true): void {
    const octets: number[] = []
    for (const [name, value] of fields) {
      octets.push(0x10, ...string(name), ...string(value))
    }
    this.block(id, Uint8Array.from(octets), isEnd)
  }

  block(id: number, block: Uint8Array, isEnd: boolean): void {
    this.write(wireFrame(HEADERS, END_HEADERS | (isEnd ? END_STREAM : 0), id, block))
  }

  data(id: number, text: string | Uint8Array, isEnd = false): void {
    const octets = typeof text === 'string' ? Buffer.from(text, 'latin1') : text
    this.#sent.set(id, (this.#sent.get(id) ?? 0) + octets.length)
    this.write(wireFrame(DATA, isEnd ? END_STREAM : 0, id, octets))
  }

  /** What may be sent on that stream, by its own window. */
  sendWindow(id: number): number {
    return this.#firstWindow + (this.#opened.get(id) ?? 0) - (this.#sent.get(id) ?? 0)
  }

  reset(id: number, code: number): void {
    this.write(wireFrame(RST_STREAM, 0, id, uint32(code)))
  }

  window(id: number, increment: number): void {
    this.write(wireFrame(WINDOW_UPDATE, 0, id, uint32(increment)))
  }

  bytes(bytes: Uint8Array): void {
    let unread = Buffer.concat([this.#unread, bytes])
    if (unread.toString('latin1', 0, 3) === 'PRI') {
      if (unread.length < PREFACE.length) return void (this.#unread = unread)
      unread = unread.subarray(PREFACE.length)
    }
    for (;;) {
      const length = unread.length < 9 ? 0 : 9 + unread.readUIntBE(0, 3)
      if (length === 0 || unread.length < length) break
      const [frame] = readWire(unread.subarray(0, length))
      unread = unread.subarray(length)
      this.frames.push(frame!)
      this.#frame(frame!)
    }
    this.#unread = unread
  }

  end(): void {
    this.channel.end()
  }

  drained(): void {}

  closed(): void {
    this.isClosed = true
  }

  #frame(frame: WireFrame): void {
    const { type, flags, streamId, payload } = frame
    if (type === SETTINGS && (flags & ACK) === 0) this.write(wireFrame(SETTINGS, ACK, 0))
    if (type === PING && (flags & ACK) === 0) this.write(wireFrame(PING, ACK, 0, payload))
    if (type === GOAWAY) this.goawayCode = Buffer.from(payload).readUInt32BE(4)
    if (type === SETTINGS) this.#settings(Buffer.from(payload))
    if (type === WINDOW_UPDATE) {
      this.#opened.set(streamId, (this.#opened.get(streamId) ?? 0) + Buffer.from(payload).readUInt32BE(0))
    }
    if (streamId === 0) return
    const stream = this.stream(streamId)
    if (type === HEADERS) this.#block(stream, streamId, payload, (flags & END_STREAM) !== 0)
    if (type === DATA) {
      stream.text += Buffer.from(payload).toString('latin1')
      stream.bytesCount += payload.length
    }
    if (type === RST_STREAM) stream.resetCode = Buffer.from(payload).readUInt32BE(0)
    if ((type === HEADERS || type === DATA) && (flags & END_STREAM) !== 0) stream.isEnded = true
  }

  #settings(payload: Buffer): void {
    for (let at = 0; at < payload.length; at += 6) {
      if (payload.readUInt16BE(at) === 4) this.#firstWindow = payload.readUInt32BE(at + 2)
    }
  }

  #block(stream: RawStream, id: number, payload: Uint8Array, isEnd: boolean): void {
    const flat: string[] = []
    this.#decoder.decode(payload, 0, payload.length, flat)
    const fields: Record<string, string> = {}
    for (let i = 0; i < flat.length; i += 2) {
      const known = fields[flat[i]!]
      fields[flat[i]!] = known === undefined ? flat[i + 1]! : `${known}|${flat[i + 1]!}`
    }
    stream.date = fields['date'] ?? stream.date
    delete fields['date']
    stream.blocks.push(fields)
    this.onBlock(id, fields, isEnd)
  }
}

function string(text: string): number[] {
  const octets = [...Buffer.from(text, 'latin1')]
  return octets.length < 127 ? [octets.length, ...octets] : [127, octets.length - 127, ...octets]
}
