import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber, ratioOf, spreadOf } from './statistics.ts'

describe('spreadOf', () => {
  it('takes the middle, or the mean of the middle two', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 })
    expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, low: 1, high: 4 })
  })

  it('has the median between least and greatest, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: 0, max: 1e9 }), { minLength: 1 }), (values) => {
        const { median, low, high } = spreadOf(values)
        expect(low <= median && median <= high).toBe(true)
        expect(spreadOf(values.toReversed())).toEqual({ median, low, high })
      }),
    )
  })

  it('refuses to speak of nothing', () => {
    expect(() => spreadOf([])).toThrow('expected at least one')
  })
})

describe('ratioOf', () => {
  it('compares round by round, so that a slow spell of the machine cancels out', () => {
    expect(ratioOf([10, 20, 40], [5, 10, 20])).toEqual({ median: 2, low: 2, high: 2 })
  })

  it('leaves out rounds that one of them lacks', () => {
    expect(ratioOf([10, Number.NaN, 30], [5, 10, 10])).toEqual({ median: 2.5, low: 2, high: 3 })
    expect(ratioOf([Number.NaN], [1])).toBeNull()
    expect(ratioOf([], [1])).toBeNull()
  })
})

it('formats three digits that say something', () => {
  expect([1234567.8, 12.345, 1.234, 0.0567, Number.NaN].map(formatNumber)).toEqual([
    '1,234,568',
    '12.3',
    '1.23',
    '0.06',
    '–',
  ])
})
