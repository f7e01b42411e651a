import { seededRandom } from '@weft/time/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Balancer } from './balancer.ts'
import { SharedLoad, sharedLoadBytes, sharedLoadColumn } from './shared-load.ts'

const SLOTS = 64
const COLUMNS = 3

function tables(buffer = new SharedArrayBuffer(sharedLoadBytes(SLOTS, COLUMNS))): SharedLoad[] {
  return Array.from({ length: COLUMNS }, (_, column) => new SharedLoad(buffer, SLOTS, COLUMNS, column, 100 + column))
}

test('SharedLoad shows each process what the others have under way', () => {
  const [one, two, three] = tables() as [SharedLoad, SharedLoad, SharedLoad]
  const slots = [one, two, three].map((table) => table.hold('cart a'))
  expect(new Set(slots).size, 'all mean the same').toBe(1)
  const slot = slots[0]!
  one.began(slot)
  one.began(slot)
  two.began(slot)

  expect([one.others(slot), two.others(slot), three.others(slot)]).toEqual([1, 2, 3])
  one.ended(slot)
  expect(three.others(slot)).toBe(2)
})

test('SharedLoad forgets all of a process that is gone, and what it held', () => {
  const buffer = new SharedArrayBuffer(sharedLoadBytes(SLOTS, COLUMNS))
  const [one, two] = tables(buffer) as [SharedLoad, SharedLoad]
  const slot = one.hold('cart a')
  two.hold('cart a')
  one.began(slot)
  const { from, bytes } = sharedLoadColumn(SLOTS, COLUMNS, 0)
  new Uint8Array(buffer, from, bytes).fill(0)

  expect(two.others(slot)).toBe(0)
  const successor = new SharedLoad(buffer, SLOTS, COLUMNS, 0, 999)
  expect(successor.hold('cart a')).toBe(slot)
  expect(two.others(slot)).toBe(0)
  expect(successor.ownerOf(0)).toBe(999)
})

test('SharedLoad gives slots that nobody holds to others, and none when it is full', () => {
  const [one] = tables() as [SharedLoad]
  const held = Array.from({ length: 500 }, (_, i) => one.hold(`key ${i}`))
  const got = held.filter((slot) => slot >= 0)
  expect(got.length).toBeGreaterThan(SLOTS / 2)
  expect(new Set(got).size, 'no slot twice').toBe(got.length)
  expect(held.at(-1)).toBe(-1)

  for (const slot of got) one.release(slot)
  expect(one.hold('another')).toBeGreaterThanOrEqual(0)
})

test('SharedLoad counts what a list of all requests would, whatever begins, ends and crashes', () => {
  const step = fc.record({
    column: fc.nat(COLUMNS - 1),
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    kind: fc.constantFrom('began', 'ended', 'crashed'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const buffer = new ArrayBuffer(sharedLoadBytes(SLOTS, COLUMNS))
      const all = Array.from({ length: COLUMNS }, (_, column) => new SharedLoad(buffer, SLOTS, COLUMNS, column, 1))
      const holdAll = (table: SharedLoad): number[] => ['a', 'b', 'c', 'd'].map((key) => table.hold(key))
      const slots = all.map(holdAll)
      const counts = all.map(() => [0, 0, 0, 0])
      for (const { column, key, kind } of steps) {
        const table = all[column]!
        const at = 'abcd'.indexOf(key)
        if (kind === 'crashed') {
          table.clearColumn(column)
          counts[column] = [0, 0, 0, 0]
          slots[column] = holdAll(table)
        } else if (kind === 'began') {
          table.began(slots[column]![at]!)
          counts[column]![at]!++
        } else {
          table.ended(slots[column]![at]!)
          counts[column]![at] = Math.max(counts[column]![at]! - 1, 0)
        }
      }
      for (let column = 0; column < COLUMNS; column++) {
        for (let at = 0; at < 4; at++) {
          const others = counts.reduce((sum, mine, i) => sum + (i === column ? 0 : mine[at]!), 0)
          expect(all[column]!.others(slots[column]![at]!), `${at} as ${column} sees it`).toBe(others)
        }
      }
    }),
  )
})

test('a Balancer counts what other processes have under way, and gives its slots back', () => {
  const [one, two] = tables() as [SharedLoad, SharedLoad]
  const balancers = [one, two].map((shared) => {
    const balancer = new Balancer<null>({ balancer: 'LeastRequest' }, seededRandom(1), { shared, scope: 'cart' })
    balancer.update(['a', 'b'].map((key) => ({ key, weight: 1, target: null })))
    return balancer
  })
  const [a] = [...balancers[0]!.states()]
  balancers[0]!.started(a!, 1)
  const [seen] = [...balancers[1]!.states()]

  expect(seen!.tier!.inFlight(seen!)).toBe(1)
  balancers[0]!.finished(a!, 2, 1, true)
  expect(seen!.tier!.inFlight(seen!)).toBe(0)
  for (const balancer of balancers) balancer.close()
  expect([a!.sharedSlot, seen!.sharedSlot]).toEqual([-1, -1])
})
