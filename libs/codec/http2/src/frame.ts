/** Source: RFC 9113 section 6. */
export const FrameType = {
  data: 0x0,
  headers: 0x1,
  priority: 0x2,
  rstStream: 0x3,
  settings: 0x4,
  pushPromise: 0x5,
  ping: 0x6,
  goaway: 0x7,
  windowUpdate: 0x8,
  continuation: 0x9,
} as const

export const Flag = {
  endStream: 0x1,
  ack: 0x1,
  endHeaders: 0x4,
  padded: 0x8,
  priority: 0x20,
} as const

export const FRAME_HEADER_BYTES = 9
/** What every peer takes, and the least that one may announce. */
export const FRAME_BYTES_DEFAULT = 16_384
export const WINDOW_BYTES_DEFAULT = 65_535
export const WINDOW_BYTES_MAX = 0x7fffffff
export const STREAM_ID_MAX = 0x7fffffff

/** What a client sends first, before its SETTINGS. Source: RFC 9113 section 3.4. */
export const CLIENT_PREFACE: Uint8Array = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')

/** The fixed part of a frame; one object is filled again and again. */
export class FrameHeader {
  lengthBytes = 0
  type = 0
  flags = 0
  streamId = 0

  has(flag: number): boolean {
    return (this.flags & flag) !== 0
  }
}

/**
 * Reads the fixed header of one frame at `offset` into `out`; nine octets must be there.
 *
 * The length is not checked against SETTINGS_MAX_FRAME_SIZE: only the caller knows that limit.
 * Never throws, never allocates. Source: RFC 9113 section 4.1.
 */
export function readFrameHeader(bytes: Uint8Array, offset: number, out: FrameHeader): void {
  out.lengthBytes = (bytes[offset]! << 16) | (bytes[offset + 1]! << 8) | bytes[offset + 2]!
  out.type = bytes[offset + 3]!
  out.flags = bytes[offset + 4]!
  out.streamId = readUint32(bytes, offset + 5) & 0x7fffffff
}

/** Writes the fixed header of a frame at `offset`. Source: RFC 9113 section 4.1. */
export function writeFrameHeader(
  bytes: Uint8Array,
  offset: number,
  lengthBytes: number,
  type: number,
  flags: number,
  streamId: number,
): void {
  bytes[offset] = lengthBytes >>> 16
  bytes[offset + 1] = lengthBytes >>> 8
  bytes[offset + 2] = lengthBytes
  bytes[offset + 3] = type
  bytes[offset + 4] = flags
  writeUint32(bytes, offset + 5, streamId)
}

export function readUint32(bytes: Uint8Array, offset: number): number {
  const high = (bytes[offset]! << 24) | (bytes[offset + 1]! << 16)
  return (high | (bytes[offset + 2]! << 8) | bytes[offset + 3]!) >>> 0
}

export function writeUint32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 24
  bytes[offset + 1] = value >>> 16
  bytes[offset + 2] = value >>> 8
  bytes[offset + 3] = value
}
