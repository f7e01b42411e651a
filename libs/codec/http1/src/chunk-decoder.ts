import { octetName, type Http1FaultCode } from './faults.ts'
import type { Http1Limits } from './limits.ts'
import { CR, hexValue, HTAB, LF, octets, TEXT, TOKEN } from './octets.ts'

const SIZE_FIRST = 0
const SIZE = 1
const EXTENSION = 2
const SIZE_LF = 3
const DATA = 4
const DATA_CR = 5
const DATA_LF = 6
const LAST = 7
const BAD = 8
const EXTENSION_NAME = 9
const EXTENSION_FIRST = 10
const EXTENSION_VALUE = 11
const EXTENSION_QUOTED = 12
const EXTENSION_ESCAPED = 13
const EXTENSION_AFTER_QUOTED = 14

const SIZE_DIGITS_MAX = 16
const SEMICOLON = 59
const EQUALS = 61
const QUOTE = 34
const BACKSLASH = 92

/**
 * Reads the framing of chunked content, octet by octet and however it is cut; the data between passes by untouched.
 *
 * Extensions must be `;name`, `;name=value` or `;name="value"` without white space around; they are read over and dropped.
 * After the last chunk come the trailers, which are not its business. Source: RFC 9112 section 7.1.
 */
export class ChunkDecoder {
  /** Octets of data still to come before more framing. The taker lowers it as it takes them. */
  dataBytes: number
  code: Http1FaultCode
  message: string
  readonly #limits: Http1Limits
  #state: number
  #digits: number
  #extensionBytes: number
  #extensionsBytes: number

  constructor(limits: Http1Limits) {
    this.dataBytes = 0
    this.code = 'bad_chunk'
    this.message = ''
    this.#limits = limits
    this.#state = SIZE_FIRST
    this.#digits = 0
    this.#extensionBytes = 0
    this.#extensionsBytes = 0
  }

  begin(): void {
    this.dataBytes = 0
    this.#state = SIZE_FIRST
    this.#extensionsBytes = 0
  }

  /** The size line of the last chunk was read: trailers follow. */
  get isLast(): boolean {
    return this.#state === LAST
  }

  /** The next octets are data. */
  get isData(): boolean {
    return this.#state === DATA && this.dataBytes > 0
  }

  get isBad(): boolean {
    return this.#state === BAD
  }

  /** Reads framing in `bytes` from `i` until data, the end of the octets, the last chunk or a fault. Returns where it stopped. */
  readFraming(bytes: Uint8Array, i: number): number {
    while (i < bytes.length) {
      const octet = bytes[i]!
      switch (this.#state) {
        case DATA:
          if (this.dataBytes > 0) return i
          this.#state = DATA_CR
          break
        case DATA_CR:
          if (octet !== CR)
            return this.#refuse('bad_chunk', `Found ${octetName(octet)} after a chunk: expected CR LF`, i)
          this.#state = DATA_LF
          i++
          break
        case DATA_LF:
          if (octet !== LF) return this.#bareCr(octet, i)
          this.#state = SIZE_FIRST
          i++
          break
        case SIZE_FIRST:
          if (hexValue(octet) < 0) return this.#badSize(octet, i)
          this.dataBytes = 0
          this.#digits = 0
          this.#state = SIZE
          break
        case SIZE: {
          const digit = hexValue(octet)
          if (digit < 0) {
            if (octet !== CR && octet !== SEMICOLON) return this.#badSize(octet, i)
            this.#extensionBytes = 0
            this.#state = octet === CR ? SIZE_LF : EXTENSION
          } else {
            this.dataBytes = this.dataBytes * 16 + digit
            if (++this.#digits > SIZE_DIGITS_MAX || this.dataBytes > Number.MAX_SAFE_INTEGER) return this.#tooBig(i)
          }
          i++
          break
        }
        case SIZE_LF:
          if (octet !== LF) return this.#bareCr(octet, i)
          i++
          this.#state = this.dataBytes === 0 ? LAST : DATA
          return i
        case LAST:
        case BAD:
          return i
        default: {
          const next = afterExtensionOctet(this.#state, octet)
          if (next === BAD) return this.#badExtension(octet, i)
          if (next !== SIZE_LF && this.#isExtensionTooLong()) return this.#longExtension(i)
          this.#state = next
          i++
        }
      }
    }
    return i
  }

  #isExtensionTooLong(): boolean {
    const { chunkExtensionBytesMax, chunkExtensionsBytesMax } = this.#limits
    return ++this.#extensionBytes > chunkExtensionBytesMax || ++this.#extensionsBytes > chunkExtensionsBytesMax
  }

  #refuse(code: Http1FaultCode, message: string, i: number): number {
    this.code = code
    this.message = message
    this.#state = BAD
    return i
  }

  #badSize(octet: number, i: number): number {
    if (octet === LF) return this.#refuse('bad_line_end', 'Found a bare LF after a chunk size: expected CR LF', i)
    const where = this.#state === SIZE_FIRST ? 'instead of' : 'in'
    const what = octet === HTAB || octet === 0x20 ? 'white space' : octetName(octet)
    return this.#refuse('bad_chunk', `Found ${what} ${where} a chunk size: expected hexadecimal digits and CR LF`, i)
  }

  #badExtension(octet: number, i: number): number {
    if (octet === LF) return this.#refuse('bad_line_end', 'Found a bare LF in a chunk extension: expected CR LF', i)
    return this.#refuse('bad_chunk', `Found ${octetName(octet)} in a chunk extension: expected ;name=value`, i)
  }

  #longExtension(i: number): number {
    const { chunkExtensionBytesMax, chunkExtensionsBytesMax } = this.#limits
    const message = `Found chunk extensions over ${chunkExtensionBytesMax} octets, or ${chunkExtensionsBytesMax} in one message: expected at most that`
    return this.#refuse('chunk_extension_too_long', message, i)
  }

  #tooBig(i: number): number {
    return this.#refuse('bad_chunk', 'Found a chunk size over 16 digits or 2^53: expected a smaller one', i)
  }

  #bareCr(octet: number, i: number): number {
    return this.#refuse(
      'bad_line_end',
      `Found a CR followed by ${octetName(octet)} in chunked content: expected CR LF`,
      i,
    )
  }
}

/** The state after one octet of extensions in `state`; BAD when it may not stand there, SIZE_LF when they are over. */
function afterExtensionOctet(state: number, octet: number): number {
  const isToken = (octets[octet]! & TOKEN) !== 0
  switch (state) {
    case EXTENSION:
      return isToken ? EXTENSION_NAME : BAD
    case EXTENSION_NAME:
      if (isToken) return EXTENSION_NAME
      return octet === EQUALS ? EXTENSION_FIRST : afterExtension(octet)
    case EXTENSION_FIRST:
      if (isToken) return EXTENSION_VALUE
      return octet === QUOTE ? EXTENSION_QUOTED : BAD
    case EXTENSION_VALUE:
      return isToken ? EXTENSION_VALUE : afterExtension(octet)
    case EXTENSION_QUOTED:
      if (octet === QUOTE) return EXTENSION_AFTER_QUOTED
      if (octet === BACKSLASH) return EXTENSION_ESCAPED
      return (octets[octet]! & TEXT) !== 0 ? EXTENSION_QUOTED : BAD
    case EXTENSION_ESCAPED:
      return (octets[octet]! & TEXT) !== 0 ? EXTENSION_QUOTED : BAD
    default:
      return afterExtension(octet)
  }
}

function afterExtension(octet: number): number {
  return octet === CR ? SIZE_LF : octet === SEMICOLON ? EXTENSION : BAD
}
