import { DecoderTable } from './decoder-table.ts'
import { isNameOctets, isValueOctets } from './field-syntax.ts'
import { huffmanDecode, huffmanDecodedMax } from './huffman-decode.ts'
import { DEFAULT_TABLE_BYTES, ENTRY_OVERHEAD_BYTES, STATIC_ENTRIES, staticNames, staticValues } from './static-table.ts'

/** What is wrong with a header block. Any of them ends the connection: the two tables no longer agree. */
export const HpackFault = {
  none: 0,
  /** The block ends inside a field. */
  truncated: 1,
  /** An integer above 2^28, or longer than it need be by far. */
  integer: 2,
  /** No entry has that index. */
  index: 3,
  /** EOS inside a string, or padding other than up to seven ones. */
  huffman: 4,
  /** A size update after the first field, above the limit, or missing where the limit was lowered. */
  tableSize: 5,
} as const
export type HpackFault = (typeof HpackFault)[keyof typeof HpackFault]

export interface HpackDecoderOptions {
  /** What we announce as SETTINGS_HEADER_TABLE_SIZE. Default 4,096. */
  readonly tableBytesMax?: number
  /** Names and values with 32 octets each; what is beyond is not kept. Default 64 KiB. */
  readonly listBytesMax?: number
  readonly fieldsMax?: number
}

/** Continuation octets of an integer: 4 × 7 bits cover 2^28, and a leading zero octet or two do no harm. */
const INTEGER_OCTETS_MAX = 5
const INTEGER_MAX = 0x0fffffff

/** Shared by all decoders: decoding never yields. Grows to the largest string met, which the block's limit bounds. */
let scratch = Buffer.allocUnsafeSlow(4096)

/**
 * Decodes header blocks of one connection, in order.
 *
 * A bomb (a small block that refers to large entries again and again) costs one comparison a field: entries are shared
 * strings, and nothing is kept beyond `listBytesMax`. Source: RFC 7541.
 */
export class HpackDecoder {
  /** Of the last block: larger than `listBytesMax` or `fieldsMax`. What came before the excess is in the list. */
  isTooLarge = false
  /** Of the last block: some name or value holds octets that HTTP forbids. */
  isMalformed = false
  /** Of the last block: the names that came as never to be indexed, and must go on so (RFC 7541 6.2.3), or null. */
  sensitiveNames: string[] | null = null
  /** Of the last block, as RFC 9113 6.5.2 counts it. */
  listBytes = 0

  readonly #table: DecoderTable
  readonly #listBytesMax: number
  readonly #fieldsMax: number
  readonly #tableBytesMax: number
  #mustShrink = false
  #bytes: Buffer = scratch
  #at = 0
  #end = 0
  #fault: HpackFault = HpackFault.none
  /** Of the last string read. */
  #isValid = true

  constructor(options: HpackDecoderOptions = {}) {
    this.#tableBytesMax = options.tableBytesMax ?? DEFAULT_TABLE_BYTES
    this.#listBytesMax = options.listBytesMax ?? 65_536
    this.#fieldsMax = options.fieldsMax ?? 256
    // The default size holds until the peer states another, which it can only once it has seen our SETTINGS.
    this.#table = new DecoderTable(DEFAULT_TABLE_BYTES)
  }

  /** The peer has acknowledged our table size: from its next block on it holds, and a smaller one must be stated there. */
  acknowledgeTableBytesMax(): void {
    if (this.#table.bytesMax > this.#tableBytesMax) this.#mustShrink = true
  }

  /**
   * Decodes the whole block `bytes[start, end)` and appends name, value, name, value… to `out`.
   *
   * Needs a whole block: join HEADERS and CONTINUATION before. Faults: any but `none` is a connection error
   * (COMPRESSION_ERROR), after which the decoder is of no more use.
   */
  decode(bytes: Uint8Array, start: number, end: number, out: string[]): HpackFault {
    this.#bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#at = start
    this.#end = end
    this.#fault = HpackFault.none
    this.isTooLarge = false
    this.isMalformed = false
    this.sensitiveNames = null
    this.listBytes = 0
    this.#sizeUpdates()
    while (this.#at < end && this.#fault === HpackFault.none) this.#field(out)
    this.#bytes = scratch
    return this.#fault
  }

  #sizeUpdates(): void {
    while (this.#at < this.#end && (this.#bytes[this.#at]! & 0xe0) === 0x20) {
      const size = this.#integer(0x1f)
      if (size < 0) return
      const max = this.#mustShrink ? this.#tableBytesMax : Math.max(this.#tableBytesMax, this.#table.bytesMax)
      if (size > max) return this.#fail(HpackFault.tableSize)
      this.#table.resize(size)
      this.#mustShrink = false
    }
    if (this.#mustShrink && this.#at < this.#end) this.#fail(HpackFault.tableSize)
  }

  #field(out: string[]): void {
    const first = this.#bytes[this.#at]!
    if ((first & 0x80) !== 0) this.#indexed(out)
    else if ((first & 0x40) !== 0) this.#literal(out, 0x3f, true, false)
    else if ((first & 0x20) !== 0) this.#fail(HpackFault.tableSize)
    else this.#literal(out, 0x0f, false, (first & 0x10) !== 0)
  }

  #indexed(out: string[]): void {
    const index = this.#integer(0x7f)
    if (index < 0) return
    if (index >= 1 && index <= STATIC_ENTRIES) {
      this.#add(out, staticNames[index]!, staticValues[index]!, true)
      return
    }
    const dynamic = index - STATIC_ENTRIES - 1
    if (dynamic < 0 || dynamic >= this.#table.count) return this.#fail(HpackFault.index)
    this.#add(out, this.#table.name(dynamic), this.#table.value(dynamic), this.#table.isValid(dynamic))
  }

  #literal(out: string[], mask: number, isIndexed: boolean, isSensitive: boolean): void {
    const index = this.#integer(mask)
    if (index < 0) return
    let name = ''
    let isValid = true
    if (index === 0) {
      name = this.#string(true)
      isValid = this.#isValid
    } else if (index <= STATIC_ENTRIES) {
      name = staticNames[index]!
    } else {
      const dynamic = index - STATIC_ENTRIES - 1
      if (dynamic >= this.#table.count) return this.#fail(HpackFault.index)
      name = this.#table.name(dynamic)
      // The entry may be invalid for its value only: then this is stricter than need be, towards a peer that breaks rules.
      isValid = this.#table.isValid(dynamic)
    }
    if (this.#fault !== HpackFault.none) return
    const value = this.#string(false)
    if (this.#fault !== HpackFault.none) return
    isValid = isValid && this.#isValid
    if (isIndexed) this.#table.add(name, value, isValid)
    if (isSensitive) (this.sensitiveNames ??= []).push(name)
    this.#add(out, name, value, isValid)
  }

  #add(out: string[], name: string, value: string, isValid: boolean): void {
    this.listBytes += name.length + value.length + ENTRY_OVERHEAD_BYTES
    if (!isValid) this.isMalformed = true
    if (this.listBytes > this.#listBytesMax || out.length >= this.#fieldsMax * 2) this.isTooLarge = true
    else out.push(name, value)
  }

  /** The integer whose prefix is `mask`; -1 with `#fault` set. Source: RFC 7541 section 5.1. */
  #integer(mask: number): number {
    let value = this.#bytes[this.#at++]! & mask
    if (value < mask) return value
    for (let i = 0; i < INTEGER_OCTETS_MAX; i++) {
      if (this.#at >= this.#end) return this.#failInteger(HpackFault.truncated)
      const octet = this.#bytes[this.#at++]!
      value += (octet & 0x7f) * 2 ** (7 * i)
      if (value > INTEGER_MAX) return this.#failInteger(HpackFault.integer)
      if ((octet & 0x80) === 0) return value
    }
    return this.#failInteger(HpackFault.integer)
  }

  #string(isName: boolean): string {
    if (this.#at >= this.#end) return this.#failString(HpackFault.truncated)
    const isHuffman = (this.#bytes[this.#at]! & 0x80) !== 0
    const length = this.#integer(0x7f)
    if (length < 0) return ''
    const start = this.#at
    const end = start + length
    if (end > this.#end) return this.#failString(HpackFault.truncated)
    this.#at = end
    if (!isHuffman) return this.#text(this.#bytes, start, end, isName)
    const decodedMax = huffmanDecodedMax(length)
    if (decodedMax > scratch.length) scratch = Buffer.allocUnsafeSlow(decodedMax)
    const decoded = huffmanDecode(this.#bytes, start, end, scratch)
    if (decoded < 0) return this.#failString(HpackFault.huffman)
    return this.#text(scratch, 0, decoded, isName)
  }

  #text(bytes: Buffer, start: number, end: number, isName: boolean): string {
    this.#isValid = isName ? isNameOctets(bytes, start, end) : isValueOctets(bytes, start, end)
    return bytes.toString('latin1', start, end)
  }

  #fail(fault: HpackFault): void {
    this.#fault = fault
  }

  #failInteger(fault: HpackFault): number {
    this.#fault = fault
    return -1
  }

  #failString(fault: HpackFault): string {
    this.#fault = fault
    return ''
  }
}
