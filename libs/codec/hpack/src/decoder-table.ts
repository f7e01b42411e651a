import { ENTRY_OVERHEAD_BYTES } from './static-table.ts'

/**
 * The decoder's dynamic table: a ring of names and values, newest first by index.
 *
 * Holds at most `bytesMax / 32` entries, since each counts at least 32 octets. Source: RFC 7541 sections 2.3.2 and 4.
 */
export class DecoderTable {
  #names: string[] = []
  #values: string[] = []
  #isValid: boolean[] = []
  /** Where the newest entry is; older ones follow upwards, around the end. */
  #head = 0
  #bytes = 0
  #bytesMax: number
  count = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get bytesMax(): number {
    return this.#bytesMax
  }

  name(index: number): string {
    return this.#names[this.#at(index)]!
  }

  value(index: number): string {
    return this.#values[this.#at(index)]!
  }

  /** False for a field that HTTP forbids; whoever refers to it later sends a forbidden field again. */
  isValid(index: number): boolean {
    return this.#isValid[this.#at(index)]!
  }

  /** Adds in front, after making room at the back. An entry larger than the table leaves it empty. */
  add(name: string, value: string, isValid: boolean): void {
    const bytes = name.length + value.length + ENTRY_OVERHEAD_BYTES
    this.#evictTo(this.#bytesMax - bytes)
    if (bytes > this.#bytesMax) return
    if (this.count === this.#names.length) this.#grow()
    this.#head = this.#head === 0 ? this.#names.length - 1 : this.#head - 1
    this.#names[this.#head] = name
    this.#values[this.#head] = value
    this.#isValid[this.#head] = isValid
    this.#bytes += bytes
    this.count++
  }

  resize(bytesMax: number): void {
    this.#bytesMax = bytesMax
    this.#evictTo(bytesMax)
  }

  #at(index: number): number {
    const at = this.#head + index
    return at < this.#names.length ? at : at - this.#names.length
  }

  #evictTo(bytesMax: number): void {
    while (this.count > 0 && this.#bytes > bytesMax) {
      const at = this.#at(--this.count)
      this.#bytes -= this.#names[at]!.length + this.#values[at]!.length + ENTRY_OVERHEAD_BYTES
      this.#names[at] = ''
      this.#values[at] = ''
    }
  }

  #grow(): void {
    const names: string[] = []
    const values: string[] = []
    const isValid: boolean[] = []
    for (let i = 0; i < this.count; i++) {
      const at = this.#at(i)
      names.push(this.#names[at]!)
      values.push(this.#values[at]!)
      isValid.push(this.#isValid[at]!)
    }
    for (let i = Math.max(8, this.count); i > 0; i--) {
      names.push('')
      values.push('')
      isValid.push(false)
    }
    this.#names = names
    this.#values = values
    this.#isValid = isValid
    this.#head = 0
  }
}
