import { describe, expect, test } from 'vitest'
import { missingCapability } from './capabilities.ts'
import { needs } from './needs.ts'
import { describeSkips, isSkipRefused } from './skip-reporter.ts'
import { SKIP_MARK } from './skip-mark.ts'

describe('missingCapability()', () => {
  test('is null for a program that runs this very test', () => {
    expect(missingCapability(['program:sh'])).toBeNull()
  })

  test('names the first that is missing', () => {
    expect(missingCapability(['program:sh', 'program:no-such-program', 'program:neither'])).toBe(
      'the program no-such-program',
    )
  })
})

let ran = false
needs('program:sh')('needs() with what is there', () => {
  test('runs the suite', () => {
    ran = true
  })
  test('ran in order', () => {
    expect(ran).toBe(true)
  })
})

describe('describeSkips()', () => {
  test('groups by reason and takes the reason out of the names', () => {
    const skips = [
      { test: `a.test.ts > one${SKIP_MARK}root > x`, reason: 'needs root' },
      { test: `b.test.ts > two${SKIP_MARK}root > y`, reason: 'needs root' },
      { test: 'c.test.ts > z', reason: 'no reason given' },
    ]

    expect(describeSkips(skips)).toEqual([
      '2 skipped: needs root',
      '  a.test.ts > one > x',
      '  b.test.ts > two > y',
      '1 skipped: no reason given',
      '  c.test.ts > z',
    ])
  })
})

describe('isSkipRefused()', () => {
  test('refuses skips only under CI=true on a capable machine', () => {
    expect(isSkipRefused(1, 'true', null)).toBe(true)
    expect(isSkipRefused(0, 'true', null)).toBe(false)
    expect(isSkipRefused(1, undefined, null)).toBe(false)
    expect(isSkipRefused(1, 'true', 'root')).toBe(false)
  })
})
