import { describe, expect, test } from 'vitest'
import { HpackDecoder, HpackFault } from './index.ts'
import { fromHex } from './testing/index.ts'

function decodeHex(decoder: HpackDecoder, hex: string): string[] {
  const out: string[] = []
  const block = fromHex(hex)
  expect(decoder.decode(block, 0, block.length, out)).toBe(HpackFault.none)
  expect(decoder.isMalformed).toBe(false)
  return out
}

const GET = [':method', 'GET', ':scheme', 'http', ':path', '/', ':authority', 'www.example.com']
const GET_AGAIN = [...GET, 'cache-control', 'no-cache']
const GET_OTHER = [
  ...[':method', 'GET', ':scheme', 'https', ':path', '/index.html', ':authority', 'www.example.com'],
  ...['custom-key', 'custom-value'],
]
const DATE = 'Mon, 21 Oct 2013 20:13:21 GMT'
const REDIRECT = [':status', '302', 'cache-control', 'private', 'date', DATE, 'location', 'https://www.example.com']
const REDIRECT_AGAIN = [':status', '307', ...REDIRECT.slice(2)]
const OK = [
  ...[':status', '200', 'cache-control', 'private', 'date', 'Mon, 21 Oct 2013 20:13:22 GMT'],
  ...['location', 'https://www.example.com', 'content-encoding', 'gzip'],
  ...['set-cookie', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'],
]

describe('RFC 7541 appendix C', () => {
  test.each([
    ['C.2.1', '400a637573746f6d2d6b65790d637573746f6d2d686561646572', ['custom-key', 'custom-header']],
    ['C.2.2', '040c2f73616d706c652f70617468', [':path', '/sample/path']],
    ['C.2.3', '100870617373776f726406736563726574', ['password', 'secret']],
    ['C.2.4', '82', [':method', 'GET']],
  ])('%s', (_, hex, fields) => {
    expect(decodeHex(new HpackDecoder(), hex)).toEqual(fields)
  })

  test('C.2.3 is told as sensitive', () => {
    const decoder = new HpackDecoder()
    decodeHex(decoder, '100870617373776f726406736563726574')

    expect(decoder.sensitiveNames).toEqual(['password'])
  })

  test('C.3 requests without Huffman', () => {
    const decoder = new HpackDecoder()

    expect(decodeHex(decoder, '828684410f7777772e6578616d706c652e636f6d')).toEqual(GET)
    expect(decodeHex(decoder, '828684be58086e6f2d6361636865')).toEqual(GET_AGAIN)
    expect(decodeHex(decoder, '828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565')).toEqual(GET_OTHER)
  })

  test('C.4 requests with Huffman', () => {
    const decoder = new HpackDecoder()

    expect(decodeHex(decoder, '828684418cf1e3c2e5f23a6ba0ab90f4ff')).toEqual(GET)
    expect(decodeHex(decoder, '828684be5886a8eb10649cbf')).toEqual(GET_AGAIN)
    expect(decodeHex(decoder, '828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf')).toEqual(GET_OTHER)
  })

  test('C.5 replies without Huffman, in a table of 256 octets', () => {
    const decoder = new HpackDecoder({ tableBytesMax: 4096 })
    const shrink = '3fe101'

    expect(
      decodeHex(
        decoder,
        shrink +
          '4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54' +
          '6e1768747470733a2f2f7777772e6578616d706c652e636f6d',
      ),
    ).toEqual(REDIRECT)
    expect(decodeHex(decoder, '4803333037c1c0bf')).toEqual(REDIRECT_AGAIN)
    expect(
      decodeHex(
        decoder,
        '88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d' +
          '4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31',
      ),
    ).toEqual(OK)
  })

  test('C.6 replies with Huffman, in a table of 256 octets', () => {
    const decoder = new HpackDecoder()

    expect(
      decodeHex(
        decoder,
        '3fe101488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff' +
          '6e919d29ad171863c78f0b97c8e9ae82ae43d3',
      ),
    ).toEqual(REDIRECT)
    expect(decodeHex(decoder, '4883640effc1c0bf')).toEqual(REDIRECT_AGAIN)
    expect(
      decodeHex(
        decoder,
        '88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b' +
          '3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
      ),
    ).toEqual(OK)
  })
})

describe('HpackDecoder refuses', () => {
  test.each([
    ['an index of 0', '80', HpackFault.index],
    ['an index beyond both tables', 'be', HpackFault.index],
    ['a literal whose name index is beyond both tables', '7f0001', HpackFault.index],
    ['an integer cut short', 'ff', HpackFault.truncated],
    ['an integer above 2^28', 'ffffffffff7f', HpackFault.integer],
    ['an integer of endless octets', 'ff808080808080808000', HpackFault.integer],
    ['a string cut short', '000261', HpackFault.truncated],
    ['a value that is missing', '000161', HpackFault.truncated],
    ['a string of 2^27 octets that are not there', '007fffffff3f', HpackFault.truncated],
    ['Huffman padding of zeros', '0001618118', HpackFault.huffman],
    ['Huffman padding of a whole octet', '00016183ffffff', HpackFault.huffman],
    ['EOS in a Huffman string', '00016184ffffffff', HpackFault.huffman],
    ['a table larger than announced', '3fe21f', HpackFault.tableSize],
    ['a size update after a field', '8220', HpackFault.tableSize],
  ])('%s', (_, hex, fault) => {
    const block = fromHex(hex)

    expect(new HpackDecoder().decode(block, 0, block.length, [])).toBe(fault)
  })

  test('a block without the size update that a lowered limit demands', () => {
    const decoder = new HpackDecoder({ tableBytesMax: 1024 })
    const block = fromHex('82')
    expect(decoder.decode(block, 0, 1, []), 'before the peer has seen our SETTINGS').toBe(HpackFault.none)

    decoder.acknowledgeTableBytesMax()

    expect(decoder.decode(block, 0, 1, [])).toBe(HpackFault.tableSize)
  })

  test('a size update to more than the lowered limit; to as much is right', () => {
    const over = new HpackDecoder({ tableBytesMax: 30 })
    over.acknowledgeTableBytesMax()
    expect(over.decode(fromHex('3f00'), 0, 2, [])).toBe(HpackFault.tableSize)
    const exact = new HpackDecoder({ tableBytesMax: 30 })
    exact.acknowledgeTableBytesMax()
    expect(exact.decode(fromHex('3e82'), 0, 2, [])).toBe(HpackFault.none)
    expect(exact.decode(fromHex('82'), 0, 1, [])).toBe(HpackFault.none)
  })
})

describe('HpackDecoder marks as malformed', () => {
  test.each([
    ['an upper-case name', '0001410162'],
    ['an empty name', '00000162'],
    ['a space in a name', '0002612001 62'],
    ['a colon inside a name', '0003613a620162'],
    ['a line break in a value', '000161020d0a'],
    ['a NUL in a value', '0001610100'],
    ['a space before a value', '000161022062'],
    ['a tab after a value', '000161026209'],
  ])('%s', (_, hex) => {
    const decoder = new HpackDecoder()
    const block = fromHex(hex)

    expect(decoder.decode(block, 0, block.length, [])).toBe(HpackFault.none)
    expect(decoder.isMalformed).toBe(true)
  })

  test('a later reference to a malformed entry', () => {
    const decoder = new HpackDecoder()
    decoder.decode(fromHex('4001410162'), 0, 5, [])

    decoder.decode(fromHex('be'), 0, 1, [])

    expect(decoder.isMalformed).toBe(true)
  })
})

describe('HpackDecoder bounds', () => {
  test('a bomb of references: nothing is kept beyond the list limit, and the table stays in step', () => {
    const decoder = new HpackDecoder({ listBytesMax: 16_384 })
    const value = 'v'.repeat(3900)
    const bomb = Buffer.concat([
      Buffer.from([0x40, 0x01, 0x61, 0x7f, 0xbd, 0x1d]),
      Buffer.from(value),
      Buffer.alloc(50_000, 0xbe),
    ])
    const out: string[] = []

    expect(decoder.decode(bomb, 0, bomb.length, out)).toBe(HpackFault.none)

    expect(decoder.isTooLarge).toBe(true)
    expect(out.length / 2).toBe(4)
    expect(decodeHex(decoder, 'be')).toEqual(['a', value])
  })

  test('the number of fields', () => {
    const decoder = new HpackDecoder({ fieldsMax: 10 })
    const out: string[] = []

    decoder.decode(new Uint8Array(11).fill(0x82), 0, 11, out)

    expect(decoder.isTooLarge).toBe(true)
    expect(out.length).toBe(20)
  })

  test('an entry larger than the table empties it', () => {
    const decoder = new HpackDecoder()
    decodeHex(decoder, '3f214001610162') // a table of 64 octets
    const large = Buffer.concat([fromHex('40016240'), Buffer.alloc(64, 0x63)])

    decoder.decode(large, 0, large.length, [])

    expect(decoder.decode(fromHex('be'), 0, 1, [])).toBe(HpackFault.index)
  })
})
