/** Which octets may stand where, as one table of flags: RFC 9110 5.5 and 5.6.2, RFC 3986. */
export const TOKEN = 1
/** VCHAR, SP, HTAB and obs-text: field values and reason phrases. */
export const TEXT = 2
/** VCHAR and SP: a request line. */
export const LINE = 4
/** unreserved and sub-delims: a registered name. */
export const NAME = 8
/** VCHAR but "#": a request target. */
export const TARGET = 16

export const octets = new Uint8Array(256)

export const CR = 13
export const LF = 10
export const SP = 32
export const HTAB = 9
export const COLON = 58
export const DEL = 127

const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
mark(TOKEN, alphanumeric + "!#$%&'*+-.^_`|~")
mark(NAME, alphanumeric + "-._~!$&'()*+,;=")
for (let octet = 0x21; octet < 0x7f; octet++) octets[octet]! |= TEXT | LINE | TARGET
octets[0x23]! &= ~TARGET
octets[SP]! |= TEXT | LINE
octets[HTAB]! |= TEXT
for (let octet = 0x80; octet < 0x100; octet++) octets[octet]! |= TEXT

/** What lies beneath `Buffer.toString` and `Buffer.write`, and is public though it has no types: a tenth of a head is saved. */
export interface Latin1Buffer {
  latin1Slice(start: number, end: number): string
  latin1Write(text: string, offset: number): number
}

/** True when every character of `text` is an octet with `flag`, and there is at least one. */
export function isAll(text: string, flag: number): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 255 || (octets[code]! & flag) === 0) return false
  }
  return text.length > 0
}

/** The value of a hexadecimal digit, or -1. */
export function hexValue(octet: number): number {
  if (octet >= 48 && octet <= 57) return octet - 48
  const letter = octet | 0x20
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

function mark(flag: number, characters: string): void {
  for (let i = 0; i < characters.length; i++) octets[characters.charCodeAt(i)]! |= flag
}
