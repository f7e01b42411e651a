import { describe, expect, test } from 'vitest'
import { grpcPushbackMs, NEVER, retryAfterMs } from './pushback.ts'

const WALL_MS = Date.UTC(2026, 10, 22, 8, 0, 0)

describe('retryAfterMs()', () => {
  test('reads seconds and dates', () => {
    expect(retryAfterMs('120', WALL_MS)).toBe(120_000)
    expect(retryAfterMs(' 0 ', WALL_MS)).toBe(0)
    expect(retryAfterMs('Sun, 22 Nov 2026 08:00:30 GMT', WALL_MS)).toBe(30_000)
    expect(retryAfterMs('Sun, 22 Nov 2026 07:00:00 GMT', WALL_MS), 'past').toBe(0)
  })

  test.each(['', '-1', '1.5', 'soon', '99999999999', '2026-11-22', 'Sun, 99 Nov 2026 08:00:30 GMT', '1e3'])(
    'reads nothing from %j',
    (text) => expect(retryAfterMs(text, WALL_MS)).toBeNaN(),
  )
})

test('grpcPushbackMs() takes what is no wait for a no', () => {
  expect(grpcPushbackMs('250')).toBe(250)
  expect(grpcPushbackMs('0')).toBe(0)
  for (const text of ['-1', '', 'x', '1.5', '99999999999']) expect(grpcPushbackMs(text), text).toBe(NEVER)
})
