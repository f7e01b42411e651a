import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChunkQueue } from './chunk-queue.ts'

/** Octets that count on, as a part of a read of `readBytes`. */
function part(first: number, length: number, readBytes: number): Uint8Array {
  const read = Buffer.allocUnsafeSlow(Math.max(readBytes, length))
  for (let i = 0; i < length; i++) read[i] = first + i
  return read.subarray(0, length)
}

test('ChunkQueue gives back what it took, however it is pushed and taken, whatever becomes of what was lent', () => {
  const step = fc.oneof(
    fc.record({
      push: fc.integer({ min: 0, max: 3000 }),
      read: fc.constantFrom(0, 2000, 65_536),
      isLent: fc.boolean(),
    }),
    fc.record({ advance: fc.integer({ min: 1, max: 2000 }) }),
    fc.constant('shift' as const),
    fc.constant('turn' as const),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = new ChunkQueue()
      const held: Uint8Array[] = []
      let lent: Uint8Array[] = []
      let isDue = false
      let [pushed, taken] = [0, 0]
      const take = (bytes: Uint8Array, isLent: boolean): void => {
        held.push(isLent ? Uint8Array.from(bytes) : bytes)
        taken += bytes.length
      }
      const takeAll = (): void => {
        const isLent = queue.isFrontLent
        take(queue.shift(), isLent)
      }
      for (const each of steps) {
        if (each === 'turn') {
          if (isDue) queue.keep()
          isDue = false
          for (const bytes of lent) bytes.fill(0x21)
          lent = []
        } else if (typeof each === 'object' && 'push' in each) {
          const chunk = part(pushed, each.push, each.read)
          if (each.isLent) lent.push(chunk)
          if (queue.push(chunk, each.isLent)) isDue = true
          pushed += each.push
        } else if (queue.isEmpty) continue
        else if (each === 'shift') takeAll()
        else {
          const bytes = Math.min(each.advance, queue.front.length - queue.offset)
          take(queue.front.subarray(queue.offset, queue.offset + bytes), queue.isFrontLent)
          queue.advance(bytes)
        }
        expect(queue.bytes).toBe(pushed - taken)
      }
      while (!queue.isEmpty) takeAll()

      // What was given out earlier is looked at last: later pushes must not have written over it.
      const whole = Buffer.concat(held)
      expect(whole.length).toBe(pushed)
      for (let i = 0; i < whole.length; i++) if (whole[i] !== (i & 0xff)) expect(whole[i]).toBe(i & 0xff)
    }),
    { numRuns: 1000 },
  )
})

test('ChunkQueue keeps no read alive for an octet of it', () => {
  const queue = new ChunkQueue()
  const buffers = new Set<ArrayBufferLike>()

  for (let i = 0; i < 80_000; i++) if (queue.push(part(i, 1, 65_536), false)) queue.keep()
  let chunks = 0
  while (!queue.isEmpty) {
    buffers.add(queue.shift().buffer)
    chunks++
  }

  const bytes = [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0)
  expect(bytes).toBeLessThan(80_000 * 1.5)
  expect(chunks).toBeLessThan(20)
})

test('ChunkQueue copies nothing that is most of what was read', () => {
  const queue = new ChunkQueue()
  const chunk = part(0, 20_000, 20_009)

  expect(queue.push(chunk, false)).toBe(false)

  expect(queue.shift()).toBe(chunk)
})
