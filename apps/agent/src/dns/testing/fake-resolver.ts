import { createSocket, type Socket } from 'node:dgram'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { DnsRefusal, readMessage, recordType, writeMessage, type DnsMessage } from '@weft/dns'
import { copyFrame, FrameReader } from '../frame.ts'

/** What the fake replies: octets as they are, a message, or nothing. */
export type FakeReply = (query: DnsMessage, overTcp: boolean) => DnsMessage | Uint8Array | null

/** A resolver on loopback, at one port by UDP and TCP. It answers every A query with 192.0.2.1 unless told otherwise. */
export class FakeResolver implements AsyncDisposable {
  reply: FakeReply = answerAddress
  readonly queries: DnsMessage[] = []
  /** Ports that UDP queries came from. */
  readonly fromPorts: number[] = []
  /** Called when a query has come. */
  onQuery: () => void = () => {}
  port = 0
  #udp: Socket | null = null
  #tcp: Server | null = null

  static async start(): Promise<FakeResolver> {
    const fake = new FakeResolver()
    fake.#tcp = createServer((socket) => {
      const frames = new FrameReader()
      socket.on('error', () => {})
      socket.on('data', (bytes) => {
        frames.feed(bytes)
        for (let query = frames.next(); query !== null; query = frames.next()) {
          const reply = fake.#answer(query, true)
          if (reply !== null) socket.write(copyFrame(reply))
        }
      })
    })
    await new Promise<void>((resolve) => void fake.#tcp!.listen(0, '127.0.0.1', resolve))
    fake.port = (fake.#tcp.address() as AddressInfo).port
    fake.#udp = createSocket('udp4')
    fake.#udp.on('message', (bytes, from) => {
      fake.fromPorts.push(from.port)
      const reply = fake.#answer(bytes, false)
      if (reply !== null) fake.#udp!.send(reply, from.port, from.address)
    })
    await new Promise<void>((resolve) => fake.#udp!.bind(fake.port, '127.0.0.1', resolve))
    return fake
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#udp?.close()
    this.#tcp?.close()
  }

  #answer(bytes: Buffer, overTcp: boolean): Uint8Array | null {
    const query = readMessage(bytes)
    if (query instanceof DnsRefusal) throw new Error(query.message)
    this.queries.push(query)
    const reply = this.reply(query, overTcp)
    this.onQuery()
    if (reply === null || reply instanceof Uint8Array) return reply
    const written = writeMessage(reply)
    if (written instanceof DnsRefusal) throw new Error(written.message)
    return written
  }
}

export function answerAddress(query: DnsMessage): DnsMessage {
  const { name, type } = query.questions[0]!
  const answer = {
    name,
    type: recordType.A,
    class: 1,
    ttlSeconds: 60,
    data: { kind: 'address' as const, address: '192.0.2.1' },
  }
  return { ...query, isReply: true, recursionAvailable: true, answers: type === recordType.A ? [answer] : [] }
}
