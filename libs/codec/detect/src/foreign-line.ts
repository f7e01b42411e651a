import { DETECT_BYTES_MAX } from './detect.ts'

const PREFACE_LINE = 'PRI * HTTP/2'
const [LF, CR, SPACE, ASTERISK, SLASH, COLON] = [0x0a, 0x0d, 0x20, 0x2a, 0x2f, 0x3a] as const

/**
 * Whether the first line of a connection is no request line of any HTTP/1, not even a broken one: a preface of HTTP/2 that
 * goes on wrongly, or three words of which neither the second is any form of target nor the third any version.
 *
 * Whoever sent it would not understand a reply of HTTP/1: a client of HTTP/2 takes it for frames. False also while the line
 * is not whole. Source: RFC 9113 section 3.4, RFC 9112 section 3.
 */
export function isForeignLine(bytes: Uint8Array): boolean {
  if (startsWith(bytes, PREFACE_LINE)) return true
  const stop = Math.min(bytes.length, DETECT_BYTES_MAX)
  let words = 1
  for (let i = 0; i < stop; i++) {
    const octet = bytes[i]!
    if (octet === LF) return words === 3
    if (octet === SPACE) words++
    else if (words > 1 && (octet === SLASH || octet === COLON || octet === ASTERISK)) return false
    else if (octet < SPACE && octet !== CR) return false
  }
  return false
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false
  return true
}
