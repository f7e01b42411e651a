import { faults, type FaultCode } from '@weft/faults'
import { describe, expect, test } from 'vitest'
import { isGrpcRetrySafe, isIdempotent, isRetrySafe, isStatusRetrySafe } from './retry-safety.ts'

const codes = Object.keys(faults) as FaultCode[]

describe('isIdempotent()', () => {
  test('knows the idempotent methods of RFC 9110, in upper case only', () => {
    const methods = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'POST', 'PATCH', 'CONNECT', 'get', '']

    expect(methods.filter(isIdempotent)).toEqual(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])
  })
})

describe('isRetrySafe()', () => {
  test('never repeats a POST that an application may have seen', () => {
    const safe = codes.filter((code) => isRetrySafe(code, 'POST', true))

    for (const code of safe) expect(faults[code].upstreamSawIt, code).toBe('no')
    expect(safe).toContain('connect_failed')
    expect(safe).not.toContain('upstream_reset')
  })

  test('repeats a GET after a reset', () => {
    expect(isRetrySafe('upstream_reset', 'GET', true)).toBe(true)
  })

  test('repeats nothing that is the caller’s fault, or past its deadline', () => {
    const owners = codes.filter((code) => isRetrySafe(code, 'GET', true)).map((code) => faults[code].owner)

    expect(owners).not.toContain('downstream')
    expect(owners).not.toContain('clock')
  })

  test('repeats nothing whose body is gone', () => {
    expect(codes.filter((code) => isRetrySafe(code, 'GET', false))).toEqual([])
  })
})

describe('isStatusRetrySafe()', () => {
  test('takes a listed status of an idempotent method with its body at hand', () => {
    expect(isStatusRetrySafe(503, [503], 'GET', true)).toBe(true)
    expect(isStatusRetrySafe(503, [503], 'POST', true), 'the application answered: it may have acted').toBe(false)
    expect(isStatusRetrySafe(502, [503], 'GET', true)).toBe(false)
    expect(isStatusRetrySafe(503, [503], 'PUT', false)).toBe(false)
  })
})

describe('isGrpcRetrySafe()', () => {
  const refused = { status: 14, isTrailersOnly: true, reasonCode: 'overloaded' } as const

  test('repeats UNAVAILABLE that a mesh part answered before the application saw the call', () => {
    expect(isGrpcRetrySafe(refused, false, true)).toBe(true)
  })

  test('repeats UNAVAILABLE of the application only where the method is declared idempotent', () => {
    const ending = { ...refused, reasonCode: null }

    expect(isGrpcRetrySafe(ending, false, true)).toBe(false)
    expect(isGrpcRetrySafe(ending, true, true)).toBe(true)
  })

  test('repeats no other status, no reply that has begun, no call whose messages are gone', () => {
    expect(isGrpcRetrySafe({ ...refused, status: 4 }, true, true)).toBe(false)
    expect(isGrpcRetrySafe({ ...refused, status: 8 }, true, true)).toBe(false)
    expect(isGrpcRetrySafe({ ...refused, isTrailersOnly: false }, true, true)).toBe(false)
    expect(isGrpcRetrySafe(refused, true, false)).toBe(false)
  })

  test('does not trust a reason that says the upstream may have seen it', () => {
    expect(isGrpcRetrySafe({ ...refused, reasonCode: 'upstream_reset' }, false, true)).toBe(false)
  })
})
