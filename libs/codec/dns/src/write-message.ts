import { address4Bytes, address6Bytes } from './address.ts'
import { DnsRefusal, MESSAGE_BYTES_MAX, recordType, type DnsMessage, type DnsRecord, type Edns } from './message.ts'
import { nameLabels } from './name.ts'

/**
 * Writes a message of at most `bytesMax` octets, names compressed.
 *
 * When the records do not fit, none of them is written and the truncation bit is set: the asker comes back by TCP. The
 * question and EDNS always stay. Refuses, as a value, what cannot be said on the wire. Source: RFC 1035 4.1, RFC 2181 9.
 */
export function writeMessage(message: DnsMessage, bytesMax: number = MESSAGE_BYTES_MAX): Uint8Array | DnsRefusal {
  const writer = new MessageWriter(message, true)
  if (writer.refusal !== null) return writer.refusal
  if (writer.size <= bytesMax) return writer.bytes()
  const truncated = new MessageWriter({ ...message, isTruncated: true }, false)
  return truncated.refusal ?? truncated.bytes()
}

/** Writes one message into a list of octets; what goes wrong first is kept in `refusal`. */
class MessageWriter {
  refusal: DnsRefusal | null
  readonly #octets: number[]
  /** Where each name that was written begins, for pointers. */
  readonly #names: Map<string, number>

  constructor(message: DnsMessage, withRecords: boolean) {
    this.refusal = null
    this.#octets = []
    this.#names = new Map()
    const sections = withRecords ? [message.answers, message.authorities, message.additionals] : [[], [], []]
    this.#header(message, sections)
    for (const question of message.questions) {
      this.#name(question.name)
      this.#uint16(question.type)
      this.#uint16(question.class)
    }
    for (const section of sections) for (const record of section) this.#record(record)
    if (message.edns !== null) this.#opt(message.edns, message.code)
    if (this.size > MESSAGE_BYTES_MAX && !withRecords)
      this.#refuse(`a message of ${this.size} octets`, `at most ${MESSAGE_BYTES_MAX}`)
  }

  get size(): number {
    return this.#octets.length
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#octets)
  }

  #header(message: DnsMessage, sections: readonly (readonly DnsRecord[])[]): void {
    if (message.code > 15 && message.edns === null) this.#refuse(`code ${message.code} without EDNS`, 'a code up to 15')
    this.#uint16(message.id)
    this.#uint16(
      (message.isReply ? 0x8000 : 0) |
        ((message.opcode & 15) << 11) |
        (message.isAuthoritative ? 0x0400 : 0) |
        (message.isTruncated ? 0x0200 : 0) |
        (message.recursionDesired ? 0x0100 : 0) |
        (message.recursionAvailable ? 0x0080 : 0) |
        (message.authenticData ? 0x0020 : 0) |
        (message.checkingDisabled ? 0x0010 : 0) |
        (message.code & 15),
    )
    this.#uint16(message.questions.length)
    this.#uint16(sections[0]!.length)
    this.#uint16(sections[1]!.length)
    this.#uint16(sections[2]!.length + (message.edns === null ? 0 : 1))
  }

  #record(record: DnsRecord): void {
    this.#name(record.name)
    this.#uint16(record.type)
    this.#uint16(record.class)
    this.#uint32(record.ttlSeconds)
    const lengthAt = this.size
    this.#uint16(0)
    this.#data(record)
    const length = this.size - lengthAt - 2
    if (length > 65535) this.#refuse(`data of ${length} octets`, 'at most 65535')
    this.#octets[lengthAt] = length >> 8
    this.#octets[lengthAt + 1] = length & 255
  }

  #data(record: DnsRecord): void {
    const data = record.data
    switch (data.kind) {
      case 'address': {
        const bytes = record.type === recordType.A ? address4Bytes(data.address) : address6Bytes(data.address)
        if (bytes === null)
          return this.#refuse(`address ${JSON.stringify(data.address)}`, 'one of the type of the record')
        return this.#bytes(bytes)
      }
      case 'name':
        return this.#name(data.name)
      case 'soa':
        this.#name(data.soa.primary)
        this.#name(data.soa.mailbox)
        this.#uint32(data.soa.serial)
        this.#uint32(data.soa.refreshSeconds)
        this.#uint32(data.soa.retrySeconds)
        this.#uint32(data.soa.expireSeconds)
        return this.#uint32(data.soa.minimumSeconds)
      case 'data':
        return this.#bytes(data.data)
    }
  }

  #opt(edns: Edns, code: number): void {
    this.#octets.push(0)
    this.#uint16(recordType.OPT)
    this.#uint16(edns.udpBytesMax)
    this.#octets.push(code >> 4, edns.version)
    this.#uint16(edns.dnssecOk ? 0x8000 : 0)
    this.#uint16(edns.options.length)
    this.#bytes(edns.options)
  }

  #name(text: string): void {
    const labels = nameLabels(text)
    if (labels === null) return this.#refuse(`name ${JSON.stringify(text)}`, 'labels of 1 to 63 octets, 255 in all')
    for (let i = 0; i < labels.length; i++) {
      const rest = keyOf(labels, i)
      const known = this.#names.get(rest)
      if (known !== undefined) return this.#uint16(0xc000 | known)
      if (this.size < 0x4000) this.#names.set(rest, this.size)
      this.#octets.push(labels[i]!.length)
      this.#bytes(labels[i]!)
    }
    this.#octets.push(0)
  }

  #bytes(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) this.#octets.push(bytes[i]!)
  }

  #uint16(value: number): void {
    this.#octets.push((value >> 8) & 255, value & 255)
  }

  #uint32(value: number): void {
    this.#octets.push((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
  }

  #refuse(found: string, expected: string): void {
    this.refusal ??= new DnsRefusal(`Cannot write ${found}: expected ${expected}`)
  }
}

/** The labels from `from` on as one string; lengths keep labels apart. Case counts, so that a name is read as it was written. */
function keyOf(labels: readonly Uint8Array[], from: number): string {
  let key = ''
  for (let i = from; i < labels.length; i++) {
    key += String.fromCharCode(labels[i]!.length)
    for (const octet of labels[i]!) key += String.fromCharCode(octet)
  }
  return key
}
