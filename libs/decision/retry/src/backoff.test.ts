import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

const policy = { attemptsMax: 5, statusCodes: [], backoffBaseMs: 25, backoffMaxMs: 250 }

test('backoffMs() doubles its upper bound with each attempt up to the maximum', () => {
  const bounds = [1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(policy, attempt, () => 1))

  expect(bounds).toEqual([25, 50, 100, 200, 250, 250])
})

test('backoffMs() uses the whole range from 0', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, chance) => {
      const waitMs = backoffMs(policy, attempt, () => chance)
      expect(waitMs).toBeGreaterThanOrEqual(0)
      expect(waitMs).toBeLessThan(policy.backoffMaxMs)
    }),
  )
  expect(backoffMs(policy, 3, () => 0)).toBe(0)
})
