import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyConcat, equalsIgnoreCase } from './ascii.ts'

const ascii = fc.string({ unit: 'binary-ascii' })

test('equalsIgnoreCase() agrees with comparing lower case, on ASCII', () => {
  fc.assert(
    fc.property(ascii, ascii, (a, b) => {
      expect(equalsIgnoreCase(a, b)).toBe(a.toLowerCase() === b.toLowerCase())
      expect(equalsIgnoreCase(a, a.toUpperCase())).toBe(true)
    }),
  )
})

test('equalsIgnoreCase() folds ASCII letters and nothing else', () => {
  expect(equalsIgnoreCase('K', '\u212a'), 'the Kelvin sign').toBe(false)
  expect(equalsIgnoreCase('[', '{')).toBe(false)
  expect(equalsIgnoreCase('@', '`')).toBe(false)
  expect(equalsIgnoreCase('a', 'ab')).toBe(false)
})

test('copyConcat() joins in order into memory of its own', () => {
  const part = Uint8Array.of(1, 2)
  const joined = copyConcat([part, new Uint8Array(0), Uint8Array.of(3)])
  part[0] = 9

  expect([...joined]).toEqual([1, 2, 3])
  expect(copyConcat([]).length).toBe(0)
})
