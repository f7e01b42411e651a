import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeySet } from './key-set.ts'
import { keyText, type KernelMap } from './kernel-map.ts'

/** A map in memory that refuses what the kernel's would: more entries than it holds. */
class MemoryMap {
  readonly name = 'memory'
  readonly entries = new Map<string, Uint8Array>()
  readonly #max: number
  writes = 0

  constructor(max: number, keys: number[] = []) {
    this.#max = max
    for (const key of keys) this.entries.set(keyText(Uint8Array.of(key)), Uint8Array.of(key))
  }

  keys(): Uint8Array[] {
    return [...this.entries.values()]
  }

  set(key: Uint8Array): void {
    this.writes++
    this.entries.set(keyText(key), key)
    if (this.entries.size > this.#max) throw new Error('E2BIG')
  }

  delete(key: Uint8Array): boolean {
    this.writes++
    return this.entries.delete(keyText(key))
  }

  present(): number[] {
    return this.keys()
      .map((key) => key[0]!)
      .sort((a, b) => a - b)
  }
}

const setOf = (map: MemoryMap, max: number): KeySet => new KeySet(map as unknown as KernelMap, max)
const octets = (keys: number[]): Uint8Array[] => keys.map((key) => Uint8Array.of(key))

test('replace() leaves exactly the keys that are wanted, writing only the difference, also when full', () => {
  const keys = fc.uniqueArray(fc.nat(40), { maxLength: 12 })
  fc.assert(
    fc.property(keys, keys, (before, after) => {
      const map = new MemoryMap(12, before)

      const { added, removed } = setOf(map, 12).replace(octets(after))

      expect(map.present()).toEqual([...after].sort((a, b) => a - b))
      expect(map.writes).toBe(added + removed)
    }),
  )
})

test('replace() with more than there is room for changes nothing', () => {
  const map = new MemoryMap(2, [1])

  expect(() => setOf(map, 2).replace(octets([1, 2, 3]))).toThrow(
    'Cannot write 3 entries into the map "memory": expected at most 2',
  )
  expect(map.present()).toEqual([1])
})
