import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddress, writeAddress } from './address.ts'

const octetsOf = (address: string): number[] => {
  const bytes = new Uint8Array(18).fill(0xaa)
  writeAddress(address, bytes, 1)
  expect([bytes[0], bytes[17]], 'nothing beside the sixteen octets is touched').toEqual([0xaa, 0xaa])
  return [...bytes.subarray(1, 17)]
}
const zeros = (count: number): number[] => Array<number>(count).fill(0)

test.each([
  ['198.18.0.1', [...zeros(10), 0xff, 0xff, 198, 18, 0, 1]],
  ['::ffff:198.18.0.1', [...zeros(10), 0xff, 0xff, 198, 18, 0, 1]],
  ['fd77:6566:7400::7', [0xfd, 0x77, 0x65, 0x66, 0x74, 0, ...zeros(9), 7]],
  ['::1', [...zeros(15), 1]],
  ['fe80::', [0xfe, 0x80, ...zeros(14)]],
  ['1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
  ['', zeros(16)],
  ['0.0.0.0', zeros(16)],
  ['::', zeros(16)],
])('writeAddress() of "%s"', (address, octets) => {
  expect(octetsOf(address)).toEqual(octets)
})

test.each(['10.0.0.300', 'localhost', 'fe80::1%eth0', '1.2.3', ':::'])('writeAddress() refuses "%s"', (address) => {
  expect(() => octetsOf(address)).toThrow(`Cannot capture for address "${address}": expected a numeric`)
})

test('readAddress() gives back what writeAddress() wrote', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(readAddress(Uint8Array.from(octetsOf(address)), 0)).toBe(address === '0.0.0.0' ? '' : address)
    }),
  )
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const octets = octetsOf(address)
      expect(octetsOf(readAddress(Uint8Array.from(octets), 0))).toEqual(octets)
    }),
  )
})
