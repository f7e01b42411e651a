import { expect, test } from 'vitest'
import { decodeStrict, encodeMessage, weft } from './index.ts'

test('decodeStrict() gives 64-bit fields as plain numbers', () => {
  const octets = encodeMessage(weft.discovery.v1.Ack, { nonce: 2 ** 52 + 1 })

  expect(decodeStrict(weft.discovery.v1.Ack, octets).nonce).toBe(2 ** 52 + 1)
  expect(decodeStrict(weft.discovery.v1.Ack, new Uint8Array()).nonce).toBe(0)
})
