import { HEADER_BYTES } from '@weft/dns'

/** The octets of messages that pass through: what has to be changed or compared is changed and compared in place. */

export function idOf(bytes: Uint8Array): number {
  return (bytes[0]! << 8) | bytes[1]!
}

/** The same message under another id. */
export function copyWithId(bytes: Uint8Array, id: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt16BE(id, 0)
  return copy
}

/** The lower four bits of the reply code, or -1 for octets that are no reply. */
export function rawReplyCode(bytes: Uint8Array): number {
  return bytes.length < HEADER_BYTES || (bytes[2]! & 0x80) === 0 ? -1 : bytes[3]! & 15
}

/**
 * Where the question of a message of one question ends, or -1. Such a question holds no pointer, since no name comes before.
 */
export function questionEnd(bytes: Uint8Array): number {
  if (bytes.length < HEADER_BYTES || bytes[4] !== 0 || bytes[5] !== 1) return -1
  let at = HEADER_BYTES
  while (at < bytes.length && bytes[at] !== 0) {
    if (bytes[at]! > 63) return -1
    at += bytes[at]! + 1
  }
  return at + 5 <= bytes.length ? at + 5 : -1
}

/**
 * Whether `reply` answers `query`: the same id and the same question, letter case aside. A server that refuses to read
 * the question may leave it out. Source: RFC 5452 section 9.1.
 */
export function isReplyTo(reply: Uint8Array, query: Uint8Array): boolean {
  const code = rawReplyCode(reply)
  if (code < 0 || idOf(reply) !== idOf(query)) return false
  if (code !== 0 && reply.length === HEADER_BYTES && reply[4] === 0 && reply[5] === 0) return true
  const end = questionEnd(query)
  if (end < 0 || questionEnd(reply) !== end) return false
  for (let i = HEADER_BYTES; i < end; i++) {
    if (reply[i] !== query[i] && (i >= end - 4 || lower(reply[i]!) !== lower(query[i]!))) return false
  }
  return true
}

/** Header and question of a reply with the truncation bit set: what is left of one too large for UDP. */
export function copyTruncated(reply: Uint8Array): Buffer {
  const end = questionEnd(reply)
  const copy = Buffer.from(reply.subarray(0, end < 0 ? HEADER_BYTES : end))
  copy[2]! |= 0x02
  copy.fill(0, end < 0 ? 4 : 6, HEADER_BYTES)
  return copy
}

/** The shortest refusal of octets of which only the header can be read. */
export function copyHeaderReply(query: Uint8Array, code: number): Buffer {
  const copy = Buffer.alloc(HEADER_BYTES)
  copy.set(query.subarray(0, 4))
  copy[2] = (copy[2]! & 0x79) | 0x80
  copy[3] = code
  return copy
}

function lower(octet: number): number {
  return octet >= 65 && octet <= 90 ? octet + 32 : octet
}
