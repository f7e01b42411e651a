import { Failure } from '@weft/faults'
import type { DiffCounts } from './capture.ts'
import { encodeU32 } from './entries.ts'
import { keyOctets, keyText, type KernelMap, type KeyText } from './kernel-map.ts'

const PRESENT = encodeU32(1)

/** A map of the kernel used as a set that only this process writes: read once, then only changes are written. */
export class KeySet {
  readonly #map: KernelMap
  readonly #max: number
  readonly #present: Set<KeyText>

  constructor(map: KernelMap, max: number) {
    this.#map = map
    this.#max = max
    this.#present = new Set(map.keys().map(keyText))
  }

  get size(): number {
    return this.#present.size
  }

  /** Makes the set these keys and no others: what is new comes first, so that nothing that stays is ever missing. */
  replace(keys: readonly Uint8Array[]): DiffCounts {
    const wanted = new Set(keys.map(keyText))
    if (wanted.size > this.#max)
      throw new Failure(
        'capture_full',
        `Cannot write ${wanted.size} entries into the map "${this.#map.name}": expected at most ${this.#max}`,
      )
    const added = [...wanted].filter((key) => !this.#present.has(key))
    const removed = [...this.#present].filter((key) => !wanted.has(key))
    const room = this.#max - this.#present.size
    for (const key of added.slice(0, room)) this.#add(key)
    for (const key of removed) this.#remove(key)
    for (const key of added.slice(room)) this.#add(key)
    return { added: added.length, removed: removed.length }
  }

  #add(key: KeyText): void {
    this.#map.set(keyOctets(key), PRESENT)
    this.#present.add(key)
  }

  #remove(key: KeyText): void {
    this.#map.delete(keyOctets(key))
    this.#present.delete(key)
  }
}
