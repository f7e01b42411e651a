import { createSocket } from 'node:dgram'
import { connect, type Socket } from 'node:net'
import { DnsRefusal, readMessage, writeMessage, type DnsMessage } from '@weft/dns'
import { copyFrame, FrameReader } from '../frame.ts'

let lastId = 100

export function queryFor(name: string, type: number, change: Partial<DnsMessage> = {}): DnsMessage {
  return {
    id: ++lastId,
    isReply: false,
    opcode: 0,
    isAuthoritative: false,
    isTruncated: false,
    recursionDesired: true,
    recursionAvailable: false,
    authenticData: false,
    checkingDisabled: false,
    code: 0,
    questions: [{ name, type, class: 1 }],
    answers: [],
    authorities: [],
    additionals: [],
    edns: null,
    ...change,
  }
}

export function octetsOf(query: DnsMessage): Buffer {
  const octets = writeMessage(query)
  if (octets instanceof DnsRefusal) throw new Error(octets.message)
  return Buffer.from(octets)
}

export function messageOf(octets: Uint8Array): DnsMessage {
  const message = readMessage(octets)
  if (message instanceof DnsRefusal) throw new Error(message.message)
  return message
}

/** Sends octets by UDP and resolves with the first reply. */
export function exchangeUdp(port: number, query: Uint8Array, host = '127.0.0.1'): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.on('error', reject)
    socket.on('message', (reply) => {
      socket.close()
      resolve(reply)
    })
    socket.send(query, port, host)
  })
}

/** A TCP client that hands out replies one by one. */
export class TcpClient {
  readonly socket: Socket
  readonly closed: Promise<void>
  readonly #frames = new FrameReader()
  readonly #waiting: ((reply: Buffer) => void)[] = []
  readonly #ready: Buffer[] = []

  constructor(port: number) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true })
    this.closed = new Promise((resolve) => this.socket.on('close', () => resolve()))
    this.socket.on('error', () => {})
    this.socket.on('end', () => this.socket.end())
    this.socket.on('data', (bytes) => {
      this.#frames.feed(bytes)
      for (let reply = this.#frames.next(); reply !== null; reply = this.#frames.next()) {
        const waiting = this.#waiting.shift()
        if (waiting === undefined) this.#ready.push(reply)
        else waiting(reply)
      }
    })
  }

  send(query: Uint8Array): void {
    this.socket.write(copyFrame(query))
  }

  reply(): Promise<Buffer> {
    const ready = this.#ready.shift()
    return ready === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(ready)
  }
}
