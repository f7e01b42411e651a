import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketOf, Histogram, HISTOGRAM_BUCKETS, upperBoundMs } from './histogram.ts'

const latencyMs = fc.double({ min: 0.001, max: 134_000, noNaN: true })

describe('Histogram', () => {
  test('has no quantile when empty', () => {
    expect(new Histogram().quantileMs(0.5)).toBeNaN()
  })

  test('tells every quantile within 6.3 %', () => {
    fc.assert(
      fc.property(
        fc.array(latencyMs, { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0, 0.5, 0.9, 0.99, 1),
        (values, q) => {
          const histogram = new Histogram()
          for (const value of values) histogram.record(value)
          const sorted = values.toSorted((a, b) => a - b)
          const truth = sorted[Math.max(0, Math.ceil(q * values.length) - 1)]!

          const told = histogram.quantileMs(q)

          expect(told / truth).toBeGreaterThan(0.999_999)
          expect(told / truth).toBeLessThan(1.063)
        },
      ),
    )
  })

  test('added histograms tell what one would have told', () => {
    fc.assert(
      fc.property(fc.array(latencyMs), fc.array(latencyMs), (a, b) => {
        const [first, second, both] = [new Histogram(), new Histogram(), new Histogram()]
        for (const value of a) first.record(value)
        for (const value of b) second.record(value)
        for (const value of [...a, ...b]) both.record(value)

        first.add(second)

        expect(first.counts).toEqual(both.counts)
        expect(first.total).toBe(both.total)
        expect(first.sumMs).toBeCloseTo(both.sumMs, 3)
      }),
    )
  })

  test('takes in anything without losing count', () => {
    const histogram = new Histogram()
    for (const value of [0, -1, 1e-9, 1e12, Number.POSITIVE_INFINITY, Number.NaN]) histogram.record(value)

    expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(6)
    histogram.reset()
    expect(histogram).toMatchObject({ total: 0, sumMs: 0 })
  })

  test('counts what it is made from', () => {
    const counts = new Float64Array(HISTOGRAM_BUCKETS)
    counts[5] = 3

    expect(new Histogram(counts, 1).total).toBe(3)
  })
})

test('bucketOf() never goes down as values go up, and each bucket ends at its bound', () => {
  fc.assert(
    fc.property(latencyMs, latencyMs, (a, b) => {
      expect(bucketOf(Math.min(a, b))).toBeLessThanOrEqual(bucketOf(Math.max(a, b)))
      expect(a).toBeLessThanOrEqual(upperBoundMs(bucketOf(a)) * 1.000_001)
    }),
  )
})
