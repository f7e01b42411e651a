import { EncoderTable } from './encoder-table.ts'
import { fieldName, type FieldName } from './field-name.ts'
import { toSendable } from './field-syntax.ts'
import { huffmanEncode, sendableBits } from './huffman-encode.ts'
import { DEFAULT_TABLE_BYTES } from './static-table.ts'

/** Cookies shorter than this can be guessed octet by octet if they share a context with an attacker's fields. */
const COOKIE_SECRET_BELOW = 20
/** Up to six octets of each of three integers. */
const FIELD_OVERHEAD_BYTES = 18

export interface HpackEncoderOptions {
  /** The most that our table may take, whatever the peer allows. Default 4,096. */
  readonly tableBytesMax?: number
}

/** Shared by all encoders: a block is begun, filled and copied out without a break. Grows to the largest block met. */
let block = new Uint8Array(4096)

/**
 * Encodes the header blocks of one connection, in order: `begin`, then `field` for each. The block is
 * `bytes[0, length)` until any encoder begins another: copy it in the same turn.
 *
 * Indexes what repeats; never secrets (RFC 7541 section 7.1). Source: RFC 7541.
 */
export class HpackEncoder {
  length = 0

  readonly #table: EncoderTable
  readonly #tableBytesMax: number
  /** The smallest size allowed since the last block, and whether the size has changed since. */
  #smallestBytesMax: number
  #isResized = false

  constructor(options: HpackEncoderOptions = {}) {
    this.#tableBytesMax = options.tableBytesMax ?? DEFAULT_TABLE_BYTES
    this.#table = new EncoderTable(DEFAULT_TABLE_BYTES)
    this.#smallestBytesMax = DEFAULT_TABLE_BYTES
    if (this.#tableBytesMax < DEFAULT_TABLE_BYTES) this.allowTableBytes(DEFAULT_TABLE_BYTES)
  }

  get bytes(): Uint8Array {
    return block
  }

  /** The peer's SETTINGS_HEADER_TABLE_SIZE. Takes effect, and is stated, with the next block. */
  allowTableBytes(bytesMax: number): void {
    const size = Math.min(bytesMax, this.#tableBytesMax)
    if (size === this.#table.bytesMax && !this.#isResized) return
    this.#smallestBytesMax = Math.min(this.#smallestBytesMax, size)
    this.#table.resize(size)
    this.#isResized = true
  }

  /** Starts a block over whatever was in the buffer. */
  begin(): void {
    this.length = 0
    if (!this.#isResized) return
    this.#reserve(FIELD_OVERHEAD_BYTES)
    if (this.#smallestBytesMax < this.#table.bytesMax) this.#integer(0x20, 0x1f, this.#smallestBytesMax)
    this.#integer(0x20, 0x1f, this.#table.bytesMax)
    this.#smallestBytesMax = this.#table.bytesMax
    this.#isResized = false
  }

  /**
   * Adds a field. `isSensitive`: it came as never to be indexed, or is a secret. The name must be valid; what may not
   * stand in a value goes out as `?`.
   */
  field(name: FieldName, value: string, isSensitive = false): void {
    this.#reserve(name.lower.length + value.length + FIELD_OVERHEAD_BYTES)
    if (isSensitive || name.indexing === 'never' || (name.lower === 'cookie' && value.length < COOKIE_SECRET_BELOW)) {
      this.#literal(0x10, 0x0f, name, value)
      return
    }
    const found = name.staticIndexOf(value) || (name.id < 0 ? 0 : this.#table.find(name, value))
    if (found !== 0) this.#integer(0x80, 0x7f, found)
    else if (this.#isIndexed(name, value)) this.#table.add(name, this.#literal(0x40, 0x3f, name, value))
    else this.#literal(0x00, 0x0f, name, value)
  }

  /** {@link field} by name in any letter case. */
  named(name: string, value: string): void {
    this.field(fieldName(name), value)
  }

  #isIndexed(name: FieldName, value: string): boolean {
    if (name.id < 0 || !this.#table.isWorthwhile(name, value)) return false
    return name.indexing === 'always' || this.#table.isRepeated(name, value)
  }

  /** Returns the value as it was written. */
  #literal(pattern: number, mask: number, name: FieldName, value: string): string {
    const nameIndex = name.staticIndex || (name.id < 0 ? 0 : this.#table.findName(name))
    this.#integer(pattern, mask, nameIndex)
    if (nameIndex === 0) this.#string(name.lower)
    return this.#string(value)
  }

  /** With Huffman's code where that is shorter. Source: RFC 7541 section 5.2. */
  #string(text: string): string {
    let bits = 0
    for (let i = 0; i < text.length; i++) {
      const octetBits = sendableBits[text.charCodeAt(i)]
      if (!octetBits) return this.#string(toSendable(text))
      bits += octetBits
    }
    const huffmanBytes = (bits + 7) >> 3
    if (huffmanBytes < text.length) {
      this.#integer(0x80, 0x7f, huffmanBytes)
      this.length = huffmanEncode(text, block, this.length)
      return text
    }
    this.#integer(0x00, 0x7f, text.length)
    for (let i = 0; i < text.length; i++) block[this.length++] = text.charCodeAt(i)
    return text
  }

  /** Source: RFC 7541 section 5.1. */
  #integer(pattern: number, mask: number, value: number): void {
    if (value < mask) {
      block[this.length++] = pattern | value
      return
    }
    block[this.length++] = pattern | mask
    let rest = value - mask
    while (rest >= 0x80) {
      block[this.length++] = 0x80 | (rest & 0x7f)
      rest >>>= 7
    }
    block[this.length++] = rest
  }

  #reserve(bytes: number): void {
    const needed = this.length + bytes
    if (needed <= block.length) return
    const grown = new Uint8Array(Math.max(needed, block.length * 2))
    grown.set(block.subarray(0, this.length))
    block = grown
  }
}
