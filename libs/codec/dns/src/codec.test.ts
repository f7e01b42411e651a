import { seededRandom } from '@weft/time/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { address4Bytes, address6Bytes, address6Text } from './address.ts'
import { DnsRefusal, type DnsMessage, type DnsRecord } from './message.ts'
import { nameLabels } from './name.ts'
import { readMessage, RECORDS_MAX } from './read-message.ts'
import { writeMessage } from './write-message.ts'

const blank: DnsMessage = {
  id: 0x1234,
  isReply: false,
  opcode: 0,
  isAuthoritative: false,
  isTruncated: false,
  recursionDesired: true,
  recursionAvailable: false,
  authenticData: false,
  checkingDisabled: false,
  code: 0,
  questions: [{ name: 'cart.default', type: 1, class: 1 }],
  answers: [],
  authorities: [],
  additionals: [],
  edns: null,
}

function written(message: DnsMessage, bytesMax?: number): Uint8Array {
  const bytes = writeMessage(message, bytesMax)
  if (bytes instanceof DnsRefusal) throw new Error(bytes.message)
  return bytes
}

const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')
const header = (counts: string): string => `1234 0100 ${counts}`

const label = fc.uint8Array({ minLength: 1, maxLength: 20 })
const name = fc
  .array(label, { maxLength: 5 })
  .map((labels) =>
    labels.map((octets) => [...octets].map((octet) => `\\${String(octet).padStart(3, '0')}`).join('')).join('.'),
  )
const plainName = fc.stringMatching(/^[a-zA-Z0-9_-]{1,12}(\.[a-zA-Z0-9-]{1,12}){0,3}$/)
const uint32 = fc.nat(0x7fffffff)
const address4 = fc.uint8Array({ minLength: 4, maxLength: 4 }).map((octets) => octets.join('.'))
const address6 = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((octets) => address6Text(octets))
const owner = fc.record({ name: plainName, class: fc.constant(1), ttlSeconds: uint32 })
const record: fc.Arbitrary<DnsRecord> = fc.oneof(
  fc
    .tuple(owner, address4)
    .map(([rest, address]) => ({ ...rest, type: 1, data: { kind: 'address' as const, address } })),
  fc
    .tuple(owner, address6)
    .map(([rest, address]) => ({ ...rest, type: 28, data: { kind: 'address' as const, address } })),
  fc
    .tuple(owner, plainName, fc.constantFrom(2, 5, 12))
    .map(([rest, target, type]) => ({ ...rest, type, data: { kind: 'name' as const, name: target } })),
  fc
    .tuple(
      owner,
      fc.record({
        primary: plainName,
        mailbox: plainName,
        serial: uint32,
        refreshSeconds: uint32,
        retrySeconds: uint32,
        expireSeconds: uint32,
        minimumSeconds: uint32,
      }),
    )
    .map(([rest, soa]) => ({ ...rest, type: 6, data: { kind: 'soa' as const, soa } })),
  fc
    .tuple(owner, fc.uint8Array({ maxLength: 60 }))
    .map(([rest, data]) => ({ ...rest, type: 16, data: { kind: 'data' as const, data } })),
)
const message: fc.Arbitrary<DnsMessage> = fc.record({
  id: fc.nat(65535),
  isReply: fc.boolean(),
  opcode: fc.nat(15),
  isAuthoritative: fc.boolean(),
  isTruncated: fc.boolean(),
  recursionDesired: fc.boolean(),
  recursionAvailable: fc.boolean(),
  authenticData: fc.boolean(),
  checkingDisabled: fc.boolean(),
  code: fc.nat(15),
  questions: fc.array(fc.record({ name: plainName, type: fc.nat(65535), class: fc.nat(65535) }), { maxLength: 2 }),
  answers: fc.array(record, { maxLength: 4 }),
  authorities: fc.array(record, { maxLength: 2 }),
  additionals: fc.array(record, { maxLength: 2 }),
  edns: fc.option(
    fc.record({
      udpBytesMax: fc.nat(65535),
      version: fc.nat(255),
      dnssecOk: fc.boolean(),
      options: fc.constantFrom(new Uint8Array(), hex('000a 0002 abcd')),
    }),
  ),
})

describe('a DNS message', () => {
  test('that is written is read as it was', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(readMessage(Buffer.from(written(value)))).toEqual(toBuffers(value))
      }),
      { numRuns: 500 },
    )
  })

  test('keeps names of any octets', () => {
    fc.assert(
      fc.property(name, (text) => {
        const back = readMessage(written({ ...blank, questions: [{ name: text, type: 1, class: 1 }] })) as DnsMessage
        expect(nameLabels(back.questions[0]!.name)).toEqual(nameLabels(text))
      }),
    )
  })

  test('says a name twice in few octets', () => {
    const answer: DnsRecord = {
      name: 'cart.default',
      type: 1,
      class: 1,
      ttlSeconds: 5,
      data: { kind: 'address', address: '198.19.0.1' },
    }

    expect(written({ ...blank, answers: [answer] })).toHaveLength(12 + 14 + 4 + 16)
  })

  test('that does not fit keeps its question and EDNS and says that it was cut', () => {
    const answers = Array.from({ length: 40 }, (_, i): DnsRecord => ({
      name: `cart.default`,
      type: 1,
      class: 1,
      ttlSeconds: 5,
      data: { kind: 'address', address: `198.19.0.${i}` },
    }))
    const edns = { udpBytesMax: 512, version: 0, dnssecOk: false, options: new Uint8Array() }

    const cut = readMessage(written({ ...blank, isReply: true, answers, edns }, 512))

    expect(written({ ...blank, answers })).toHaveLength(12 + 18 + 40 * 16)
    expect(cut).toMatchObject({
      isTruncated: true,
      answers: [],
      edns: { udpBytesMax: 512 },
      questions: blank.questions,
    })
  })

  test('carries a code beyond 15 in EDNS only', () => {
    const edns = { udpBytesMax: 1232, version: 0, dnssecOk: true, options: new Uint8Array() }

    expect(readMessage(written({ ...blank, code: 16, edns }))).toMatchObject({ code: 16, edns: { dnssecOk: true } })
    expect(writeMessage({ ...blank, code: 16 })).toBeInstanceOf(DnsRefusal)
  })

  test.each([
    ['a name that points to itself', `${header('0001 0000 0000 0000')} c00c 0001 0001`],
    ['a name that points forward', `${header('0001 0000 0000 0000')} c010 0001 0001 00`],
    ['two names that point to each other', `${header('0002 0000 0000 0000')} 0161 c012 0001 0001 c00c 0001 0001`],
    ['a label that leads back into its own name', `${header('0001 0000 0000 0000')} 0161 c00c 0001 0001`],
    ['a name that points into the header', `${header('0001 0000 0000 0000')} c002 0001 0001`],
    ['a pointer cut in half', `${header('0001 0000 0000 0000')} c0`],
    ['a label of a type not in use', `${header('0001 0000 0000 0000')} 40 61 00 0001 0001`],
    ['a label past the end', `${header('0001 0000 0000 0000')} 05 6161`],
    ['a name over 255 octets', `${header('0001 0000 0000 0000')} ${`3f${'61'.repeat(63)}`.repeat(4)} 00 0001 0001`],
    ['a question cut short', `${header('0001 0000 0000 0000')} 0161 00 0001`],
    ['half a header', '1234 0100 0001'],
    ['a count without its record', `${header('0001 0001 0000 0000')} 0161 00 0001 0001`],
    ['octets after the last record', `${header('0001 0000 0000 0000')} 0161 00 0001 0001 00`],
    ['an address of three octets', `${header('0000 0001 0000 0000')} 00 0001 0001 00000005 0003 010203`],
    ['data past the end', `${header('0000 0001 0000 0000')} 00 0001 0001 00000005 ffff 01020304`],
    ['a name shorter than its data', `${header('0000 0001 0000 0000')} 00 0005 0001 00000005 0003 016100 00`],
    ['two OPT records', `${header('0000 0000 0000 0002')} 00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000`],
    ['an OPT record among the answers', `${header('0000 0001 0000 0000')} 00 0029 04d0 00000000 0000`],
    ['an OPT record with a name', `${header('0000 0000 0000 0001')} 016100 0029 04d0 00000000 0000`],
    ['an EDNS option past its end', `${header('0000 0000 0000 0001')} 00 0029 04d0 00000000 0005 000a 0002 ab`],
    ['more records than are read', `${header(`${(RECORDS_MAX + 1).toString(16).padStart(4, '0')} 0000 0000 0000`)}`],
  ])('is refused with %s', (_, octets) => {
    const refusal = readMessage(hex(octets))

    expect(refusal).toBeInstanceOf(DnsRefusal)
    expect((refusal as DnsRefusal).message).toMatch(/^Found .*: expected /)
  })

  test('is refused at every length but its own', () => {
    const answers: DnsRecord[] = [
      { name: 'cart.default', type: 28, class: 1, ttlSeconds: 5, data: { kind: 'address', address: 'fd77::1' } },
    ]
    const bytes = written({
      ...blank,
      answers,
      edns: { udpBytesMax: 1232, version: 0, dnssecOk: false, options: new Uint8Array() },
    })

    for (let length = 0; length < bytes.length; length++) {
      expect(readMessage(bytes.subarray(0, length)), `${length} octets`).toBeInstanceOf(DnsRefusal)
    }
  })

  test.each(['a..b', '.a', 'a'.repeat(64), `${'a'.repeat(63)}.`.repeat(4), 'a\\', 'a\\999', 'é\u0100'])(
    'is not written with the name %j',
    (text) => {
      expect(writeMessage({ ...blank, questions: [{ name: text, type: 1, class: 1 }] })).toBeInstanceOf(DnsRefusal)
    },
  )

  test('ends in order whatever octets are changed (seed 20261122)', () => {
    const random = seededRandom(20261122)
    const answers: DnsRecord[] = [
      { name: 'cart.default', type: 5, class: 1, ttlSeconds: 5, data: { kind: 'name', name: 'b.cart.default' } },
      { name: 'b.cart.default', type: 1, class: 1, ttlSeconds: 5, data: { kind: 'address', address: '198.19.0.1' } },
    ]
    const original = written({ ...blank, answers })
    for (let round = 0; round < 20_000; round++) {
      const bytes = Uint8Array.from(original)
      for (let n = 1 + random() * 4; n > 0; n--) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
      const found = readMessage(bytes)
      if (!(found instanceof DnsRefusal)) expect(writeMessage(found), `round ${round}`).not.toBeInstanceOf(DnsRefusal)
    }
  })
})

describe('addresses', () => {
  test.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['fd777566740000000000000000000001', 'fd77:7566:7400::1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db8000100020003000400050006', '2001:db8:1:2:3:4:5:6'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ])('%s is written %s, and back', (octets, text) => {
    expect(address6Text(hex(octets))).toBe(text)
    expect(Buffer.from(address6Bytes(text)!).toString('hex')).toBe(octets)
  })

  test.each([
    '',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    'g::',
    '1.2.3.4',
    '::1.2.3',
    'fe80::1%lo',
  ])('%j is no IPv6 address', (text) => {
    expect(address6Bytes(text)).toBe(null)
  })

  test.each(['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.1.1.1', 'a.b.c.d', '1.2.3.4 '])(
    '%j is no IPv4 address',
    (text) => {
      expect(address4Bytes(text)).toBe(null)
    },
  )
})

/** Octets that are read are views of a Buffer. */
function toBuffers(value: DnsMessage): DnsMessage {
  const convert = (item: DnsRecord): DnsRecord =>
    item.data.kind === 'data' ? { ...item, data: { kind: 'data', data: Buffer.from(item.data.data) } } : item
  return {
    ...value,
    answers: value.answers.map(convert),
    authorities: value.authorities.map(convert),
    additionals: value.additionals.map(convert),
    edns: value.edns === null ? null : { ...value.edns, options: Buffer.from(value.edns.options) },
  }
}
