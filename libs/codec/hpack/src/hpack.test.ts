import fc from 'fast-check'
import { seededRandom } from '@weft/time/testing'
import { describe, expect, test } from 'vitest'
import { huffmanBits } from './huffman-code.ts'
import { huffmanDecode, huffmanDecodedMax } from './huffman-decode.ts'
import { huffmanEncode } from './huffman-encode.ts'
import { fieldName, HpackDecoder, HpackEncoder, HpackFault } from './index.ts'

function encode(encoder: HpackEncoder, fields: readonly (readonly [string, string])[]): Uint8Array {
  encoder.begin()
  for (const [name, value] of fields) encoder.named(name, value)
  return encoder.bytes.slice(0, encoder.length)
}

function decode(decoder: HpackDecoder, block: Uint8Array): string[] {
  const out: string[] = []
  expect(decoder.decode(block, 0, block.length, out)).toBe(HpackFault.none)
  return out
}

const names = fc.constantFrom(
  ':path',
  ':method',
  'cookie',
  'authorization',
  'content-type',
  'x-a',
  'x-b',
  'date',
  'etag',
)
const values = fc.oneof(
  fc.constantFrom('', '/', 'GET', 'text/html', 'a', 'b'),
  fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((c) => String.fromCharCode(c)), maxLength: 200 }),
  fc.string({ unit: fc.integer({ min: 0x80, max: 0xff }).map((c) => String.fromCharCode(c)), maxLength: 2000 }),
)

describe('Huffman code', () => {
  test('is complete: the codes fill the space exactly', () => {
    const sum = huffmanBits.reduce((total, bits) => total + 2 ** (30 - bits), 0)

    expect(sum).toBe(2 ** 30)
  })

  test('decodes what it encodes, every octet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        const text = Buffer.from(octets).toString('latin1')
        const encoded = new Uint8Array(octets.length * 4 + 4)
        const end = huffmanEncode(text, encoded, 0)
        const decoded = new Uint8Array(huffmanDecodedMax(end))

        const length = huffmanDecode(encoded, 0, end, decoded)

        expect(decoded.subarray(0, length)).toEqual(octets)
      }),
    )
  })
})

describe('HpackEncoder', () => {
  test('round trip of many blocks over one pair of tables, with table sizes that change', () => {
    const block = fc.record({
      tableBytes: fc.option(fc.integer({ min: 0, max: 4096 })),
      fields: fc.array(fc.tuple(names, values)),
    })
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), (blocks) => {
        const encoder = new HpackEncoder()
        const decoder = new HpackDecoder({ listBytesMax: 1 << 24, fieldsMax: 1000 })
        for (const { tableBytes, fields } of blocks) {
          if (tableBytes !== null) encoder.allowTableBytes(tableBytes)

          expect(decode(decoder, encode(encoder, fields))).toEqual(fields.flat())
        }
      }),
    )
  })

  test('sends the second of two equal blocks as references', () => {
    const encoder = new HpackEncoder()
    const fields = [
      [':method', 'GET'],
      ['x-tenant', 'blue'],
      ['user-agent', 'weft'],
    ] as const
    encode(encoder, fields)

    expect(encode(encoder, fields).length).toBe(3)
  })

  test('indexes a changing field only when it comes twice running', () => {
    const encoder = new HpackEncoder()
    const first = encode(encoder, [[':path', '/pkg.Service/Method']])
    encode(encoder, [[':path', '/pkg.Service/Method']])

    expect(first[0]! & 0xf0, 'without indexing').toBe(0x00)
    expect(encode(encoder, [[':path', '/pkg.Service/Method']]).length).toBe(1)
  })

  test.each([
    ['authorization', 'Bearer abcdefghijklmnopqrstuvwxyz'],
    ['Proxy-Authorization', 'Basic Zm9v'],
    ['cookie', 'sid=1'],
  ])('never indexes a secret: %s', (name, value) => {
    const encoder = new HpackEncoder()
    encode(encoder, [[name, value]])

    const again = encode(encoder, [[name, value]])

    expect(again[0]! & 0xf0).toBe(0x10)
    const decoder = new HpackDecoder()
    decode(decoder, again)
    expect(decoder.sensitiveNames).toEqual([name.toLowerCase()])
  })

  test('states the smallest table in between and the last one', () => {
    const encoder = new HpackEncoder()
    encoder.allowTableBytes(0)
    encoder.allowTableBytes(100)

    expect([...encode(encoder, [])]).toEqual([0x20, 0x3f, 0x45])
    expect([...encode(encoder, [])]).toEqual([])
  })

  test('takes no larger table than its own limit', () => {
    const encoder = new HpackEncoder({ tableBytesMax: 64 })
    encoder.allowTableBytes(1 << 20)

    expect([...encode(encoder, [])]).toEqual([0x3f, 0x21])
  })

  test('sends what may not stand in a value as "?", whatever its low octet', () => {
    const encoder = new HpackEncoder()

    expect(decode(new HpackDecoder(), encode(encoder, [['x', 'a\r\nb: c\u010a\0']]))).toEqual(['x', 'a??b: c??'])
  })

  test('a name in any letter case is one name', () => {
    expect(fieldName('X-Forwarded-For')).toBe(fieldName('x-forwarded-for'))
  })
})

describe('HpackDecoder', () => {
  const seed = 20261122
  test(`survives random and damaged blocks (seed ${seed})`, () => {
    const random = seededRandom(seed)
    for (let round = 0; round < 3000; round++) {
      const encoder = new HpackEncoder()
      const block =
        round % 2 === 0
          ? Uint8Array.from({ length: 1 + random() * 80 }, () => random() * 256)
          : encode(encoder, [
              [':path', '/' + round],
              ['x-a', 'v'.repeat(random() * 50)],
              ['cookie', 'abcdefghijklmnopqrstu'],
            ])
      for (let i = random() * 3; i > 1; i--) block[Math.floor(random() * block.length)] = random() * 256
      const decoder = new HpackDecoder({ listBytesMax: 1000 })

      for (let i = 0; i < 3; i++) {
        const out: string[] = []
        const fault = decoder.decode(block, 0, block.length, out)
        expect(fault).toBeLessThanOrEqual(HpackFault.tableSize)
        expect(out.join('').length).toBeLessThanOrEqual(1000)
        if (fault !== HpackFault.none) break
      }
    }
  })
})
