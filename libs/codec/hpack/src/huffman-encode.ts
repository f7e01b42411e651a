import { huffmanBits, huffmanCodes } from './huffman-code.ts'

/** Bits of a character that may stand in a field (RFC 9110 5.5), 0 for one that may not. */
export const sendableBits: Uint8Array = huffmanBits.slice(0, 256)
for (let octet = 0; octet < 0x20; octet++) if (octet !== 0x09) sendableBits[octet] = 0
sendableBits[0x7f] = 0

/**
 * Writes the code of `text` (characters below 256 only) to `out` from `offset` and pads it with ones.
 *
 * Returns the offset after it. The caller has made room. Source: RFC 7541 section 5.2.
 */
export function huffmanEncode(text: string, out: Uint8Array, offset: number): number {
  let pending = 0
  let pendingBits = 0
  for (let i = 0; i < text.length; i++) {
    const octet = text.charCodeAt(i)
    let code = huffmanCodes[octet]!
    let bits = huffmanBits[octet]!
    if (bits > 24) {
      // Up to 7 bits wait already, and shifts have 32: the long codes go in two parts.
      bits -= 16
      pending = (pending << bits) | (code >>> 16)
      pendingBits += bits
      while (pendingBits >= 8) out[offset++] = pending >>> (pendingBits -= 8)
      code &= 0xffff
      bits = 16
    }
    pending = (pending << bits) | code
    pendingBits += bits
    while (pendingBits >= 8) out[offset++] = pending >>> (pendingBits -= 8)
  }
  if (pendingBits > 0) out[offset++] = (pending << (8 - pendingBits)) | (0xff >>> pendingBits)
  return offset
}
