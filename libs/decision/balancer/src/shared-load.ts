import { hashText } from './hash.ts'

/** Header words: magic, slots, columns. Then per column its owner; then two tag words per slot; then counts. */
const MAGIC = 0x7765_6674
const HEADER_WORDS = 16
/** A key is looked for in so many slots from where its hash points; a slot that is given up leaves no gap. */
const WINDOW = 32
const HELD = 1 << 30
const ATTEMPTS_MAX = 4

/**
 * What several processes of one machine have in flight to each endpoint, in memory that they share.
 *
 * A table of slots, one per endpoint, with a column of counts per process. A process writes to its own column alone, so
 * nothing is ever lost or counted twice; a column is cleared as a whole when its process is gone ({@link clearColumn})
 * or another takes its place, so a crash leaves nothing behind. Slots are claimed by compare and swap. When there is no
 * slot left an endpoint is simply not shared.
 *
 * Knows no system call: `buffer` is a mapping that the host made, or any ArrayBuffer.
 */
export class SharedLoad {
  readonly slotsMax: number
  readonly columnsMax: number
  readonly #words: Int32Array
  readonly #column: number
  readonly #tagsAt: number
  readonly #countsAt: number

  /**
   * Takes `column` (a number below `columnsMax`, one per process) for `owner` (a process id, above 0) and clears it.
   * `buffer` begins as zeros; all who share it give the same numbers.
   */
  constructor(buffer: ArrayBufferLike, slotsMax: number, columnsMax: number, column: number, owner: number) {
    this.slotsMax = slotsMax
    this.columnsMax = columnsMax
    this.#words = new Int32Array(buffer)
    this.#column = column
    this.#tagsAt = HEADER_WORDS + columnsMax
    this.#countsAt = this.#tagsAt + 2 * slotsMax
    if (buffer.byteLength < sharedLoadBytes(slotsMax, columnsMax)) throw new Error('bug: shared table is too small')
    const found = Atomics.compareExchange(this.#words, 0, 0, MAGIC)
    if (found !== 0 && found !== MAGIC) throw new Error('bug: shared memory holds something else')
    this.clearColumn(column)
    Atomics.store(this.#words, HEADER_WORDS + column, owner)
  }

  get column(): number {
    return this.#column
  }

  /** Whose column that is; 0 for nobody's. */
  ownerOf(column: number): number {
    return Atomics.load(this.#words, HEADER_WORDS + column)
  }

  /** Takes back all that a process which is gone had in flight, and the slots that it held. */
  clearColumn(column: number): void {
    Atomics.store(this.#words, HEADER_WORDS + column, 0)
    const from = this.#countsAt + column * this.slotsMax
    this.#words.fill(0, from, from + this.slotsMax)
  }

  /** The slot of a key, held from now on until {@link release}; -1 when the table is full where it would be. */
  hold(key: string): number {
    const first = hashText(key) | 1
    const second = hashText(key, 0x5bd1e995) | 1
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const slot = this.#find(first, second)
      if (slot < 0) return slot
      Atomics.store(this.#words, this.#at(slot), HELD)
      // Between finding and holding it somebody may have taken it for another key.
      if (this.#isOf(slot, first, second)) return slot
      this.release(slot)
    }
    return -1
  }

  /** Gives a slot up; what this process had in flight there is forgotten. */
  release(slot: number): void {
    this.#words[this.#at(slot)] = 0
  }

  began(slot: number): void {
    this.#words[this.#at(slot)]!++
  }

  ended(slot: number): void {
    const at = this.#at(slot)
    if ((this.#words[at]! & ~HELD) > 0) this.#words[at]!--
  }

  /** Requests in flight there by all other processes. Allocates nothing. */
  others(slot: number): number {
    const words = this.#words
    const slots = this.slotsMax
    let sum = 0
    let at = this.#countsAt + slot
    for (let column = 0; column < this.columnsMax; column++, at += slots) {
      if (column !== this.#column) sum += words[at]! & ~HELD
    }
    return sum
  }

  #at(slot: number): number {
    return this.#countsAt + this.#column * this.slotsMax + slot
  }

  #find(first: number, second: number): number {
    const words = this.#words
    const start = (first >>> 1) % this.slotsMax
    for (let round = 0; round < 2; round++) {
      for (let step = 0; step < WINDOW; step++) {
        const slot = (start + step) % this.slotsMax
        if (this.#isOf(slot, first, second)) return slot
      }
      for (let step = 0; step < WINDOW; step++) {
        const slot = (start + step) % this.slotsMax
        const tag = this.#tagsAt + 2 * slot
        const found = Atomics.load(words, tag)
        if (found !== 0 && this.#isHeld(slot)) continue
        if (Atomics.compareExchange(words, tag, found, first) !== found) break
        Atomics.store(words, tag + 1, second)
        // Somebody may have claimed an earlier slot for the same key meanwhile: the next round finds whichever is first.
        break
      }
    }
    for (let step = 0; step < WINDOW; step++) {
      const slot = (start + step) % this.slotsMax
      if (this.#isOf(slot, first, second)) return slot
    }
    return -1
  }

  #isOf(slot: number, first: number, second: number): boolean {
    const tag = this.#tagsAt + 2 * slot
    return Atomics.load(this.#words, tag) === first && Atomics.load(this.#words, tag + 1) === second
  }

  #isHeld(slot: number): boolean {
    for (let column = 0; column < this.columnsMax; column++) {
      if (Atomics.load(this.#words, this.#countsAt + column * this.slotsMax + slot) !== 0) return true
    }
    return false
  }
}

/** Where a column's counts lie, in octets: a host without a mapping clears it by writing zeros. */
export function sharedLoadColumn(
  slotsMax: number,
  columnsMax: number,
  column: number,
): { from: number; bytes: number } {
  return { from: 4 * (HEADER_WORDS + columnsMax + (2 + column) * slotsMax), bytes: 4 * slotsMax }
}

export function sharedLoadBytes(slotsMax: number, columnsMax: number): number {
  return 4 * (HEADER_WORDS + columnsMax + 2 * slotsMax + slotsMax * columnsMax)
}
