import { ENTRY_OVERHEAD_BYTES, STATIC_ENTRIES } from './static-table.ts'
import type { FieldName } from './field-name.ts'
import { copyText } from './field-syntax.ts'

/** What one encoder knows of one name: its entries in the dynamic table, oldest first, and the last value left out of it. */
class NameSlot {
  readonly values: string[] = []
  /** The running number of each entry. */
  readonly numbers: number[] = []
  lastLiteral = ''
}

/** Longer values are not remembered: it would keep alive what a client sent, for each name. */
const LAST_LITERAL_MAX = 512

/**
 * The encoder's dynamic table: a queue for eviction, and for each name its entries, so that a look-up compares only
 * values of that name. Holds at most `bytesMax / 32` entries. Source: RFC 7541 sections 2.3.2 and 4.
 */
export class EncoderTable {
  readonly #slots: (NameSlot | undefined)[] = []
  /** Slot and size of each entry, oldest first from `#first`. */
  #queueSlots: NameSlot[] = []
  #queueBytes: number[] = []
  #first = 0
  /** Running number of the next entry. */
  #next = 0
  #bytes = 0
  #bytesMax: number

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get bytesMax(): number {
    return this.#bytesMax
  }

  /** The index of the entry with this name and value, or 0. */
  find(name: FieldName, value: string): number {
    const slot = this.#slots[name.id]
    if (slot === undefined) return 0
    const values = slot.values
    for (let i = values.length - 1; i >= 0; i--) if (values[i] === value) return this.#indexOf(slot.numbers[i]!)
    return 0
  }

  /** The index of the newest entry with this name, or 0. */
  findName(name: FieldName): number {
    const slot = this.#slots[name.id]
    if (slot === undefined || slot.numbers.length === 0) return 0
    return this.#indexOf(slot.numbers[slot.numbers.length - 1]!)
  }

  /** Whether this value was asked about last time too; it is remembered for the next. */
  isRepeated(name: FieldName, value: string): boolean {
    const slot = this.#slotOf(name)
    if (slot.lastLiteral === value) return true
    slot.lastLiteral = value.length <= LAST_LITERAL_MAX ? value : ''
    return false
  }

  /** Whether an entry of this size leaves room for a few others. */
  isWorthwhile(name: FieldName, value: string): boolean {
    return (name.lower.length + value.length + ENTRY_OVERHEAD_BYTES) * 2 <= this.#bytesMax
  }

  /** Adds in front, after making room at the back, as the peer does on reading the literal. Needs `isWorthwhile`. */
  add(name: FieldName, value: string): void {
    const bytes = name.lower.length + value.length + ENTRY_OVERHEAD_BYTES
    this.#evictTo(this.#bytesMax - bytes)
    const slot = this.#slotOf(name)
    slot.values.push(copyText(value))
    slot.numbers.push(this.#next++)
    this.#queueSlots.push(slot)
    this.#queueBytes.push(bytes)
    this.#bytes += bytes
  }

  resize(bytesMax: number): void {
    this.#bytesMax = bytesMax
    this.#evictTo(bytesMax)
  }

  #indexOf(number: number): number {
    return STATIC_ENTRIES + this.#next - number
  }

  #slotOf(name: FieldName): NameSlot {
    return (this.#slots[name.id] ??= new NameSlot())
  }

  #evictTo(bytesMax: number): void {
    while (this.#first < this.#queueSlots.length && this.#bytes > bytesMax) {
      const slot = this.#queueSlots[this.#first]!
      slot.values.shift()
      slot.numbers.shift()
      this.#bytes -= this.#queueBytes[this.#first++]!
    }
    if (this.#first >= 64 && this.#first * 2 >= this.#queueSlots.length) {
      this.#queueSlots = this.#queueSlots.slice(this.#first)
      this.#queueBytes = this.#queueBytes.slice(this.#first)
      this.#first = 0
    }
  }
}
