import fc from 'fast-check'
import { fault } from '@weft/faults'
import { HeaderList } from '@weft/message'
import { describe, expect, test } from 'vitest'
import * as grpc from './index.ts'

describe('isGrpc()', () => {
  test.each([
    ['application/grpc', true],
    ['application/grpc+proto', true],
    ['application/grpc;charset=utf-8', true],
    ['Application/GRPC+json', true],
    ['application/grpc-web', false],
    ['application/grpc-web+proto', false],
    ['application/json', false],
    ['application/grpcx', false],
    ['', false],
  ])('%s: %s', (type, expected) => {
    expect(grpc.isGrpc(new HeaderList(['Content-Type', type]))).toBe(expected)
  })

  test('is false without a content type', () => {
    expect(grpc.isGrpc(new HeaderList())).toBe(false)
  })
})

describe('grpc-timeout', () => {
  test.each([
    ['1H', 3_600_000],
    ['2M', 120_000],
    ['3S', 3000],
    ['100m', 100],
    ['1500u', 1.5],
    ['1000000n', 1],
    ['99999999S', 99_999_999_000],
    ['0m', 0],
  ])('parses %s', (value, expected) => {
    expect(grpc.parseGrpcTimeout(value)).toBeCloseTo(expected, 9)
  })

  test.each(['', 'm', '1', '1x', '1 m', '-1m', '1.5S', '100000000m', '1mm', '+1m'])('refuses "%s"', (value) => {
    expect(grpc.parseGrpcTimeout(value)).toBe(-1)
  })

  test('formats what it parses again to no more, and hardly less', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e14, noNaN: true }), (timeoutMs) => {
        const value = grpc.formatGrpcTimeout(timeoutMs)
        const again = grpc.parseGrpcTimeout(value)

        expect(value).toMatch(/^\d{1,8}[HSmu]$/)
        expect(again).toBeLessThanOrEqual(timeoutMs * (1 + 1e-12))
        expect(again).toBeGreaterThanOrEqual(timeoutMs * 0.9 - 0.001)
      }),
    )
  })

  test.each([[0], [-5], [0.0001]])('formats %d ms as the shortest time there is', (timeoutMs) => {
    expect(grpc.formatGrpcTimeout(timeoutMs)).toBe('1n')
  })
})

describe('grpc-status', () => {
  test.each([
    ['0', 0],
    ['14', 14],
    ['16', 16],
    ['17', grpc.GrpcStatus.unknown],
    ['-1', grpc.GrpcStatus.unknown],
    ['014', grpc.GrpcStatus.unknown],
    ['', grpc.GrpcStatus.unknown],
    ['abc', grpc.GrpcStatus.unknown],
  ])('reads "%s" as %d', (value, expected) => {
    expect(grpc.readGrpcStatus(new HeaderList(['grpc-status', value]))).toBe(expected)
  })

  test('is -1 where there is none', () => {
    expect(grpc.readGrpcStatus(new HeaderList(['a', 'b']))).toBe(-1)
  })

  test.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'PERMISSION_DENIED'],
    [404, 'UNIMPLEMENTED'],
    [503, 'UNAVAILABLE'],
    [200, 'UNKNOWN'],
  ])('of HTTP %d is %s', (httpStatus, name) => {
    expect(grpc.grpcStatusName(grpc.grpcStatusOfHttp(httpStatus))).toBe(name)
  })

  test('has a name for each code', () => {
    for (const [name, code] of Object.entries(grpc.GrpcStatus)) {
      expect(grpc.grpcStatusName(code).replaceAll('_', '').toLowerCase()).toBe(name.toLowerCase())
    }
  })
})

describe('grpc-message', () => {
  test.each([
    ['not found: expected a route', 'not found: expected a route'],
    ['100 %', '100 %25'],
    ['a\nb', 'a%0Ab'],
    ['größer', 'gr%C3%B6%C3%9Fer'],
    ['😀', '%F0%9F%98%80'],
  ])('encodes %j', (text, encoded) => {
    expect(grpc.encodeGrpcMessage(text)).toBe(encoded)
    expect(grpc.decodeGrpcMessage(encoded)).toBe(text)
  })

  test('is cut at a character', () => {
    const encoded = grpc.encodeGrpcMessage('ö'.repeat(1000))

    expect(encoded.length).toBeLessThanOrEqual(grpc.GRPC_MESSAGE_BYTES_MAX)
    expect(grpc.decodeGrpcMessage(encoded)).toMatch(/^ö+$/)
  })

  test('leaves bad percent-encoding as it is', () => {
    expect(grpc.decodeGrpcMessage('50 %zz %4')).toBe('50 %zz %4')
  })
})

test('grpcFaultReply() tells status, message and reason in one head', () => {
  const head = grpc.grpcFaultReply(fault('no_endpoint', 'balance', 'Found no endpoint of "cart": expected one'))

  expect([head.status, head.bodyKind]).toEqual([200, 'none'])
  expect(grpc.isGrpc(head.headers)).toBe(true)
  expect(grpc.readGrpcStatus(head.headers)).toBe(grpc.GrpcStatus.unavailable)
  expect(head.headers.get('grpc-message')).toBe('Found no endpoint of "cart": expected one')
  expect(JSON.parse(head.headers.get('weft-reason')!)).toMatchObject({ code: 'no_endpoint', layer: 'balance' })
})
