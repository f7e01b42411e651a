/** Symbols 0 to 255 are octets; 256 is the end of the string, which never appears in one. */
export const EOS = 256

/**
 * Bits of each symbol's code. The code is canonical, so that the lengths are all there is to know: codes of one length
 * follow each other in the order of their symbols. Source: RFC 7541 appendix B.
 */
// prettier-ignore
const bitLengths = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
  15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
  22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
  26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
  20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
  30,
]

export const huffmanBits: Uint8Array = Uint8Array.from(bitLengths)
/** The code of each symbol in its low `huffmanBits` bits. */
export const huffmanCodes: Uint32Array = canonicalCodes(huffmanBits)

function canonicalCodes(bits: Uint8Array): Uint32Array {
  const codes = new Uint32Array(bits.length)
  let next = 0
  for (let length = 1; length <= 30; length++) {
    next <<= 1
    for (let symbol = 0; symbol < bits.length; symbol++) if (bits[symbol] === length) codes[symbol] = next++
  }
  return codes
}
