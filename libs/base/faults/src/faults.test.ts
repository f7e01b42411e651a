import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assert, describeError, Failure } from './failure.ts'
import { fault, faults, formatReason, type FaultCode } from './faults.ts'

const codes = Object.keys(faults) as FaultCode[]

describe('faults', () => {
  test.each(codes)('%s tells by its status whose fault it is', (code) => {
    const row = faults[code]
    expect(row.code).toBe(code)
    const statuses = { downstream: [400, 499], mesh: [500, 503], upstream: [502, 503], clock: [504, 504] }[row.owner]
    expect(row.httpStatus).toBeGreaterThanOrEqual(statuses[0]!)
    expect(row.httpStatus).toBeLessThanOrEqual(statuses[1]!)
  })

  test.each(codes)('%s is retried elsewhere only when no application saw it', (code) => {
    if (faults[code].retry === 'elsewhere') expect(faults[code].upstreamSawIt).toBe('no')
    if (faults[code].retry === 'if_idempotent') expect(faults[code].upstreamSawIt).toBe('perhaps')
  })

  test('cannot be changed', () => {
    const made = fault('denied', 'authz', 'no', 'AuthorizationPolicy/a/b#0', '7')

    expect(made).toEqual({
      ok: false,
      code: 'denied',
      reason: { code: 'denied', layer: 'authz', rule: 'AuthorizationPolicy/a/b#0', version: '7', message: 'no' },
    })
    expect(Object.isFrozen(made) && Object.isFrozen(made.reason) && Object.isFrozen(faults.denied)).toBe(true)
  })
})

test('formatReason() is a valid field value and reads back the same, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (message) => {
      const { reason } = fault('no_route', 'route', message)
      const formatted = formatReason(reason)
      expect(formatted).toMatch(/^[\x20-\x7e]*$/)
      expect(JSON.parse(formatted)).toEqual(reason)
    }),
  )
})

describe('Failure', () => {
  test('carries a code and its cause, told on one line', () => {
    const failure = new Failure('config', 'Cannot read "x"', new Error('no such file', { cause: 'ENOENT' }))

    expect(failure).toMatchObject({ name: 'Failure', code: 'config' })
    expect(describeError(failure)).toBe('Cannot read "x": no such file: ENOENT')
    expect(describeError('thrown text')).toBe('thrown text')
    expect(describeError(new TypeError())).toBe('TypeError')
  })
})

test('assert() ends with a bug', () => {
  expect(() => assert(true, 'fine')).not.toThrow()
  expect(() => assert(0, 'a lease was given back twice')).toThrow('bug: a lease was given back twice')
})
