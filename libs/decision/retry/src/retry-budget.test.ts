import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RetryBudget } from './retry-budget.ts'

const options = { retryBudgetRatio: 0.2, retryBudgetPerSecond: 10, retryBudgetWindowMs: 10_000 }
const ratioOnly = { ...options, retryBudgetPerSecond: 0 }

function withdrawAll(budget: RetryBudget, nowMs: number): number {
  let retries = 0
  while (budget.tryWithdraw(nowMs)) retries++
  return retries
}

describe('RetryBudget', () => {
  test('pays for 10 a second over the window without any traffic', () => {
    expect(withdrawAll(new RetryBudget(options), 0)).toBe(100)
  })

  test('pays for one retry per five requests', () => {
    const budget = new RetryBudget(ratioOnly)
    for (let i = 0; i < 50; i++) budget.deposit(i)

    expect(withdrawAll(budget, 60)).toBe(10)
  })

  test('pays for nothing before there was traffic, without a reserve', () => {
    expect(new RetryBudget(ratioOnly).tryWithdraw(5)).toBe(false)
  })

  test('forgets requests when the window has passed', () => {
    const budget = new RetryBudget(ratioOnly)
    for (let i = 0; i < 50; i++) budget.deposit(0)

    expect(budget.balance(8_999)).toBeCloseTo(10)
    expect(budget.balance(10_000)).toBe(0)
  })

  test('forgets retries when the window has passed', () => {
    const budget = new RetryBudget(options)
    withdrawAll(budget, 0)

    expect(budget.tryWithdraw(8_999)).toBe(false)
    expect(withdrawAll(budget, 10_000)).toBe(100)
  })

  test('survives a pause of a day and a clock that stands', () => {
    const budget = new RetryBudget(options)
    budget.deposit(86_400_000)
    budget.deposit(86_400_000)

    expect(budget.balance(86_400_000)).toBeCloseTo(100.4)
  })

  test('allows the retries that a list of all recent requests would', () => {
    const step = fc.record({ elapsedMs: fc.nat(2_500), requests: fc.nat(20), retries: fc.nat(8) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(options, ratioOnly), (steps, chosen) => {
        const budget = new RetryBudget(chosen)
        const sliceMs = chosen.retryBudgetWindowMs / 10
        const log: { slice: number; amount: number }[] = []
        let nowMs = 0
        for (const { elapsedMs, requests, retries } of steps) {
          nowMs += elapsedMs
          const slice = Math.floor(nowMs / sliceMs)
          for (let i = 0; i < requests; i++) {
            budget.deposit(nowMs)
            log.push({ slice, amount: 0.2 })
          }
          for (let i = 0; i < retries; i++) {
            const sum = log
              .filter((entry) => entry.slice > slice - 10)
              .reduce((total, entry) => total + entry.amount, 0)
            const isAllowed = sum + chosen.retryBudgetPerSecond * 10 >= 1 - 1e-6
            expect(budget.tryWithdraw(nowMs)).toBe(isAllowed)
            if (isAllowed) log.push({ slice, amount: -1 })
          }
        }
      }),
    )
  })
})
