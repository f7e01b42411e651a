import type { HeaderList } from '@weft/message'
import type { Http1Refusal } from './faults.ts'
import { writeTrailerFields } from './write-fields.ts'

const crLf = Buffer.from('\r\n')

/** The line before a chunk of `length` octets; {@link chunkEnd} follows the octets. 0 is not a chunk: see {@link writeLastChunk}. */
export function writeChunkHead(length: number): Buffer {
  return Buffer.from(`${length.toString(16)}\r\n`, 'latin1')
}

/** What follows the octets of a chunk. Shared: never change it. */
export function chunkEnd(): Uint8Array {
  return crLf
}

/** A whole chunk in one piece, for octets so few that copying costs less than writing thrice. Empty for no octets. */
export function copyChunk(octets: Uint8Array): Buffer {
  if (octets.length === 0) return Buffer.alloc(0)
  const size = octets.length.toString(16)
  const bytes = Buffer.allocUnsafe(size.length + octets.length + 4)
  bytes.write(`${size}\r\n`, 0, 'latin1')
  bytes.set(octets, size.length + 2)
  bytes[bytes.length - 2] = 13
  bytes[bytes.length - 1] = 10
  return bytes
}

/** The end of chunked content: the last chunk, the trailers, the empty line. Refuses trailers that a reader would not accept. */
export function writeLastChunk(trailers: HeaderList | null): Buffer | Http1Refusal {
  return writeTrailerFields(trailers, '0\r\n')
}
