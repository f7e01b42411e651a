import { expect, test } from 'vitest'
import { defaultTrafficPolicy } from './policy.ts'

test('the default traffic policy is what the documents promise, and frozen through and through', () => {
  expect(defaultTrafficPolicy).toMatchObject({
    balancer: 'PeakEwma',
    ewmaDecayMs: 10_000,
    ewmaDefaultRttMs: 30,
    retryBudgetRatio: 0.2,
    retryBudgetPerSecond: 10,
    retryBudgetWindowMs: 10_000,
  })
  for (const part of [defaultTrafficPolicy, defaultTrafficPolicy.retry, defaultTrafficPolicy.outlier]) {
    expect(Object.isFrozen(part)).toBe(true)
  }
})
