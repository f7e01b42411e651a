import type { Random } from '@weft/time'

/**
 * Chance for the hot path: whole numbers only, so that a draw allocates nothing, which a fraction that is handed from one
 * function to another may. Seeded from the randomness that was passed in, and as reproducible as that.
 * Source: sfc32 (Doty-Humphrey, PractRand).
 */
export class Dice {
  #a: number
  #b: number
  #c: number
  #counter: number

  constructor(random: Random) {
    this.#a = Math.floor(random() * 0x1_0000_0000) | 0
    this.#b = Math.floor(random() * 0x1_0000_0000) | 0
    this.#c = Math.floor(random() * 0x1_0000_0000) | 0
    this.#counter = 1
    for (let i = 0; i < 12; i++) this.next()
  }

  /** 32 bits, as a signed integer. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum
  }

  /** A whole number from 0 to `count` less 1. */
  below(count: number): number {
    return Math.floor(((this.next() >>> 0) * count) / 0x1_0000_0000) | 0
  }

  /** True with that chance, 0 to 1. */
  chance(of: number): boolean {
    return this.next() >>> 0 < of * 0x1_0000_0000
  }
}
