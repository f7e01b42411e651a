import { address4Text, address6Text } from './address.ts'
import {
  DnsRefusal,
  HEADER_BYTES,
  recordType,
  type DnsMessage,
  type DnsQuestion,
  type DnsRecord,
  type Edns,
  type RecordData,
  type StartOfAuthority,
} from './message.ts'
import { NameReading, readName } from './name.ts'

/** Records of a message, all sections together; more are refused before they are read. */
export const RECORDS_MAX = 1024

/**
 * Reads a whole message. Refuses, as a value, whatever does not add up: a count without its record, a record that goes past
 * the end, octets after the last record, names that loop. Never throws; its work is bounded by the size and {@link RECORDS_MAX}.
 *
 * Source: RFC 1035 section 4, RFC 6891 section 6, RFC 3596.
 */
export function readMessage(bytes: Uint8Array): DnsMessage | DnsRefusal {
  if (bytes.length < HEADER_BYTES) {
    return new DnsRefusal(`Found ${bytes.length} octets: expected a header of ${HEADER_BYTES}`)
  }
  const counts = [4, 6, 8, 10].map((at) => uint16(bytes, at))
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total > RECORDS_MAX) return new DnsRefusal(`Found ${total} records announced: expected at most ${RECORDS_MAX}`)
  const reader = new RecordReader(bytes)
  const questions: DnsQuestion[] = []
  for (let i = 0; i < counts[0]!; i++) {
    const question = reader.question()
    if (question instanceof DnsRefusal) return question
    questions.push(question)
  }
  const sections: DnsRecord[][] = [[], [], []]
  for (let section = 0; section < 3; section++) {
    for (let i = 0; i < counts[section + 1]!; i++) {
      const record = reader.record(section === 2)
      if (record instanceof DnsRefusal) return record
      if (record !== null) sections[section]!.push(record)
    }
  }
  if (reader.at < bytes.length) {
    return new DnsRefusal(`Found ${bytes.length - reader.at} octets after the last record: expected none`)
  }
  const flags = uint16(bytes, 2)
  return {
    id: uint16(bytes, 0),
    isReply: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 15,
    isAuthoritative: (flags & 0x0400) !== 0,
    isTruncated: (flags & 0x0200) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    authenticData: (flags & 0x0020) !== 0,
    checkingDisabled: (flags & 0x0010) !== 0,
    code: (flags & 15) | (reader.extendedCode << 4),
    questions,
    answers: sections[0]!,
    authorities: sections[1]!,
    additionals: sections[2]!,
    edns: reader.edns,
  }
}

/** Goes from record to record; `at` is the octet after the last one read. */
class RecordReader {
  at: number
  edns: Edns | null
  extendedCode: number
  readonly #bytes: Uint8Array
  readonly #name: NameReading

  constructor(bytes: Uint8Array) {
    this.at = HEADER_BYTES
    this.edns = null
    this.extendedCode = 0
    this.#bytes = bytes
    this.#name = new NameReading()
  }

  question(): DnsQuestion | DnsRefusal {
    const refusal = readName(this.#bytes, this.at, this.#name)
    if (refusal !== null) return refusal
    const at = this.#name.end
    if (at + 4 > this.#bytes.length) return this.#short('a question', at)
    this.at = at + 4
    return { name: this.#name.text, type: uint16(this.#bytes, at), class: uint16(this.#bytes, at + 2) }
  }

  /** Null for the OPT record, which is taken in. */
  record(isAdditional: boolean): DnsRecord | DnsRefusal | null {
    const bytes = this.#bytes
    const refusal = readName(bytes, this.at, this.#name)
    if (refusal !== null) return refusal
    const name = this.#name.text
    const at = this.#name.end
    if (at + 10 > bytes.length) return this.#short('a record', at)
    const type = uint16(bytes, at)
    const start = at + 10
    const end = start + uint16(bytes, at + 8)
    if (end > bytes.length) return this.#short('the data of a record', start)
    this.at = end
    if (type === recordType.OPT) return this.#takeOpt(name, at, start, end, isAdditional)
    const data = this.#data(type, start, end)
    if (data instanceof DnsRefusal) return data
    // RFC 2181 8: a lifetime with the highest bit set counts as zero.
    const ttlSeconds = uint32(bytes, at + 4)
    return { name, type, class: uint16(bytes, at + 2), ttlSeconds: ttlSeconds > 0x7fffffff ? 0 : ttlSeconds, data }
  }

  #takeOpt(name: string, at: number, start: number, end: number, isAdditional: boolean): DnsRefusal | null {
    if (name !== '' || !isAdditional || this.edns !== null) {
      return new DnsRefusal(
        'Found an OPT record twice or out of place: expected one, of the root, among the additionals',
      )
    }
    const bytes = this.#bytes
    for (let option = start; option < end; option += 4 + uint16(bytes, option + 2)) {
      if (option + 4 > end || option + 4 + uint16(bytes, option + 2) > end) return this.#short('an EDNS option', option)
    }
    this.extendedCode = bytes[at + 4]!
    this.edns = {
      udpBytesMax: uint16(bytes, at + 2),
      version: bytes[at + 5]!,
      dnssecOk: (bytes[at + 6]! & 0x80) !== 0,
      options: bytes.subarray(start, end),
    }
    return null
  }

  #data(type: number, start: number, end: number): RecordData | DnsRefusal {
    const bytes = this.#bytes
    switch (type) {
      case recordType.A:
        if (end - start !== 4) return this.#wrongSize('A', start, end)
        return { kind: 'address', address: address4Text(bytes.subarray(start, end)) }
      case recordType.AAAA:
        if (end - start !== 16) return this.#wrongSize('AAAA', start, end)
        return { kind: 'address', address: address6Text(bytes.subarray(start, end)) }
      case recordType.NS:
      case recordType.CNAME:
      case recordType.PTR: {
        const refusal = readName(bytes, start, this.#name)
        if (refusal !== null) return refusal
        if (this.#name.end !== end) return this.#wrongSize('name', start, end)
        return { kind: 'name', name: this.#name.text }
      }
      case recordType.SOA:
        return this.#soa(start, end)
      default:
        return { kind: 'data', data: bytes.subarray(start, end) }
    }
  }

  #soa(start: number, end: number): RecordData | DnsRefusal {
    const bytes = this.#bytes
    const first = readName(bytes, start, this.#name)
    if (first !== null) return first
    const primary = this.#name.text
    const second = readName(bytes, this.#name.end, this.#name)
    if (second !== null) return second
    const at = this.#name.end
    if (at + 20 !== end) return this.#wrongSize('SOA', start, end)
    const soa: StartOfAuthority = {
      primary,
      mailbox: this.#name.text,
      serial: uint32(bytes, at),
      refreshSeconds: uint32(bytes, at + 4),
      retrySeconds: uint32(bytes, at + 8),
      expireSeconds: uint32(bytes, at + 12),
      minimumSeconds: uint32(bytes, at + 16),
    }
    return { kind: 'soa', soa }
  }

  #short(what: string, at: number): DnsRefusal {
    return new DnsRefusal(`Found the end within ${what} at octet ${at}: expected more octets`)
  }

  #wrongSize(what: string, start: number, end: number): DnsRefusal {
    return new DnsRefusal(`Found ${what} data of ${end - start} octets at octet ${start}: expected its own size`)
  }
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!
}

function uint32(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) * 65536 + uint16(bytes, at + 2)
}
