/** What a client of raw TCP asks for; the octets it sends follow. */
export interface Header {
  readonly upOffset: number
  readonly upLength: number
  readonly downOffset: number
  readonly downLength: number
  /** The answer comes only when the client has half-closed. */
  readonly answersAfterEnd: boolean
}

export const HEADER_BYTES = 17
export const STATUS_GOOD = 1
export const STATUS_WRONG = 2

export function writeHeader(header: Header): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES)
  bytes.writeUInt32BE(header.upOffset, 0)
  bytes.writeUInt32BE(header.upLength, 4)
  bytes.writeUInt32BE(header.downOffset, 8)
  bytes.writeUInt32BE(header.downLength, 12)
  bytes[16] = header.answersAfterEnd ? 1 : 0
  return bytes
}

export function readHeader(bytes: Buffer): Header {
  return {
    upOffset: bytes.readUInt32BE(0),
    upLength: bytes.readUInt32BE(4),
    downOffset: bytes.readUInt32BE(8),
    downLength: bytes.readUInt32BE(12),
    answersAfterEnd: bytes[16] === 1,
  }
}
