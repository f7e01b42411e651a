import { Agent, request } from 'node:http'
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { Readable } from 'node:stream'
import { Arrived, type Block } from './block.ts'
import { LoopWatch } from './loop-watch.ts'
import { HEADER_BYTES, STATUS_GOOD, writeHeader } from './wire.ts'

/** How an operation ended, as its client saw it. */
export type Ending =
  | 'whole' /** every octet, both ways, unchanged */
  | 'changed' /** other octets than were sent: never */
  | 'short' /** fewer octets, and nobody said so */
  | 'told' /** it failed, and the client was told */
  | 'left' /** the client went away on purpose */
  | 'stuck' /** neither, within the time */

export interface Operation {
  readonly kind: string
  run(): Promise<Ending>
}

/** Told of an operation that takes so long that it may be stuck, with what its client sees of it. */
export type Overdue = (kind: string, startedAtMs: number, facts: object) => void

/** More than anything may wait for an agent or a network that is gone, see docs/decisions/0139. */
export const OPERATION_MS = 40_000
/** What takes longer is looked at while it can be, and told. */
const OVERDUE_MS = 10_000

/** What is known of an operation while it runs. */
interface Sight {
  facts: () => object
}

interface Bodies {
  readonly upOffset: number
  readonly upLength: number
  readonly downOffset: number
  readonly downLength: number
}

/** Everything that clients do, chosen at random. */
export class Clients {
  readonly #block: Block
  readonly #random: () => number
  readonly #host: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 })
  readonly #sessions = new Map<number, ClientHttp2Session>()
  readonly #loop: LoopWatch
  readonly #overdue: Overdue

  constructor(
    block: Block,
    random: () => number,
    host = '127.0.0.1',
    loop = new LoopWatch().start(),
    overdue: Overdue = () => {},
  ) {
    this.#block = block
    this.#host = host
    this.#random = random
    this.#loop = loop
    this.#overdue = overdue
  }

  /** One operation on one of the ports; HTTP/2 has ports of its own where nobody translates. */
  choose(httpPorts: readonly number[], tcpPorts: readonly number[], http2Ports = httpPorts): Operation {
    const at = this.#below(httpPorts.length)
    const http = httpPorts[at]!
    const tcp = tcpPorts[this.#below(tcpPorts.length)]!
    const bodies = this.#bodies()
    const way = (port: number): string => (port === httpPorts[0] || port === tcpPorts[0] ? '' : ' by the pair')
    const chance = this.#random()
    if (chance < 0.3)
      return this.#operation(`http1${way(http)}`, (sight) => this.#http1(sight, http, bodies, '', false))
    if (chance < 0.36)
      return this.#operation(`http1-chunked${way(http)}`, (sight) =>
        this.#http1(sight, http, bodies, '&chunked', false),
      )
    if (chance < 0.4)
      return this.#operation(`http1-slow${way(http)}`, (sight) => this.#http1(sight, http, large(bodies), '', true))
    if (chance < 0.44)
      return this.#operation(`http1-reset${way(http)}`, (sight) => this.#http1Reset(sight, http, large(bodies)))
    if (chance < 0.6)
      return this.#operation(`http2${way(http)}`, (sight) => this.#http2(sight, http2Ports[at]!, bodies))
    if (chance < 0.8) return this.#operation(`tcp${way(tcp)}`, (sight) => this.#tcp(sight, tcp, bodies, false, false))
    if (chance < 0.9)
      return this.#operation(`tcp-half-close${way(tcp)}`, (sight) => this.#tcp(sight, tcp, bodies, true, false))
    if (chance < 0.94)
      return this.#operation(`tcp-slow${way(tcp)}`, (sight) => this.#tcp(sight, tcp, large(bodies), false, true))
    return this.#operation(`tcp-leave${way(tcp)}`, (sight) => this.#tcpLeave(sight, tcp, large(bodies)))
  }

  close(): void {
    this.#agent.destroy()
    for (const session of this.#sessions.values()) session.destroy()
  }

  #operation(kind: string, run: (sight: Sight) => Promise<Ending>): Operation {
    return {
      kind,
      run: () => {
        const startedAtMs = performance.now()
        const sight: Sight = { facts: () => ({}) }
        const told = this.#loop.after(OVERDUE_MS, () => this.#overdue(kind, startedAtMs, sight.facts()))
        const late = Promise.withResolvers<Ending>()
        const timer = this.#loop.after(OPERATION_MS, () => {
          this.#overdue(kind, startedAtMs, sight.facts())
          late.resolve('stuck')
        })
        return Promise.race([run(sight), late.promise]).finally(() => {
          told.cancel()
          timer.cancel()
        })
      },
    }
  }

  #http1(sight: Sight, port: number, bodies: Bodies, extra: string, isSlow: boolean): Promise<Ending> {
    return new Promise((resolve) => {
      const path = pathOf(bodies) + extra
      const arrived = new Arrived()
      let status = 0
      const outgoing = request({ port, host: this.#host, path, method: 'POST', agent: this.#agent }, (reply) => {
        const { statusCode = 0 } = reply
        status = statusCode
        this.#judge(reply, bodies, isSlow, arrived).then(
          (ending) => resolve(statusCode === 200 ? ending : statusCode === 418 ? 'changed' : 'told'),
          () => resolve('told'),
        )
      })
      sight.facts = () => ({
        status,
        ...flowOf(arrived, bodies),
        unsentBytes: outgoing.writableLength,
        ...factsOf(outgoing.socket),
      })
      outgoing.on('error', () => resolve('told'))
      outgoing.setHeader('content-length', bodies.upLength)
      outgoing.end(this.#block.body(bodies.upOffset, bodies.upLength))
    })
  }

  /** The origin breaks off in the middle: to be taken for a whole reply would be a lie. */
  async #http1Reset(sight: Sight, port: number, bodies: Bodies): Promise<Ending> {
    const ending = await this.#http1(sight, port, bodies, '&reset', false)
    return ending === 'told' ? 'left' : ending === 'whole' ? 'changed' : ending
  }

  #http2(sight: Sight, port: number, bodies: Bodies): Promise<Ending> {
    return new Promise((resolve) => {
      const session = this.#session(port)
      const stream = session.request({ ':method': 'POST', ':path': pathOf(bodies), ':authority': 'soak' })
      const arrived = new Arrived()
      let status = 0
      sight.facts = () => ({
        status,
        ...flowOf(arrived, bodies),
        id: stream.id,
        isPending: stream.pending,
        unsentBytes: stream.writableLength,
        streamState: stream.state,
        session: {
          isConnecting: session.connecting,
          isClosed: session.closed,
          isDestroyed: session.destroyed,
          ...session.state,
        },
        ...factsOf(session.socket),
      })
      stream.on('response', (headers) => (status = Number(headers[':status'])))
      stream.on('error', () => resolve('told'))
      this.#judge(stream, bodies, false, arrived).then(
        (ending) => resolve(stream.rstCode !== 0 || status !== 200 ? (status === 418 ? 'changed' : 'told') : ending),
        () => resolve('told'),
      )
      stream.end(this.#block.body(bodies.upOffset, bodies.upLength))
    })
  }

  #session(port: number): ClientHttp2Session {
    const known = this.#sessions.get(port)
    if (known !== undefined && !known.closed && !known.destroyed) return known
    const session = connectHttp2(`http://${this.#host}:${port}`)
    session.on('error', () => {})
    session.on('goaway', () => session.close())
    this.#sessions.set(port, session)
    return session
  }

  #tcp(sight: Sight, port: number, bodies: Bodies, answersAfterEnd: boolean, isSlow: boolean): Promise<Ending> {
    return new Promise((resolve) => {
      const socket = connect({ port, host: this.#host, allowHalfOpen: true, noDelay: true })
      socket.on('error', () => resolve('told'))
      socket.write(writeHeader({ ...bodies, answersAfterEnd }))
      socket.write(this.#block.body(bodies.upOffset, bodies.upLength))
      if (answersAfterEnd) socket.end()
      const arrived = new Arrived()
      let status = -1
      sight.facts = () => ({
        status,
        ...flowOf(arrived, bodies),
        unsentBytes: socket.writableLength,
        ...factsOf(socket),
      })
      void this.#read(socket, isSlow, (chunk) => {
        if (status < 0) {
          status = chunk[0]!
          chunk = chunk.subarray(1)
        }
        arrived.add(chunk)
        if (arrived.bytes >= bodies.downLength && !answersAfterEnd) socket.end()
      }).then(
        () => {
          socket.destroy()
          if (status < 0 || arrived.bytes < bodies.downLength) return resolve('short')
          resolve(status === STATUS_GOOD ? this.#compare(arrived, bodies) : 'changed')
        },
        () => resolve('told'),
      )
    })
  }

  /** Goes away in the middle, by a reset or in order. */
  #tcpLeave(sight: Sight, port: number, bodies: Bodies): Promise<Ending> {
    return new Promise((resolve) => {
      const socket = connect({ port, host: this.#host })
      socket.on('error', () => resolve('told'))
      socket.on('close', () => resolve('left'))
      sight.facts = () => factsOf(socket)
      socket.write(writeHeader({ ...bodies, answersAfterEnd: false }))
      socket.write(this.#block.body(bodies.upOffset, Math.max(bodies.upLength - HEADER_BYTES, 0)))
      const leave = (): void => void (this.#random() < 0.5 ? socket.resetAndDestroy() : socket.destroy())
      setTimeout(leave, this.#below(30))
    })
  }

  async #judge(body: Readable, bodies: Bodies, isSlow: boolean, arrived: Arrived): Promise<Ending> {
    await this.#read(body, isSlow, (chunk) => arrived.add(chunk))
    return arrived.bytes < bodies.downLength ? 'short' : this.#compare(arrived, bodies)
  }

  #compare(arrived: Arrived, { downOffset, downLength }: Bodies): Ending {
    const isSame = arrived.bytes === downLength && arrived.checksum === this.#block.checksum(downOffset, downLength)
    return isSame ? 'whole' : 'changed'
  }

  async #read(source: Readable, isSlow: boolean, take: (chunk: Buffer) => void): Promise<void> {
    for await (const chunk of source) {
      take(chunk as Buffer)
      if (isSlow) await new Promise((resolve) => setTimeout(resolve, this.#below(40)))
    }
  }

  /** Most are small, some are up to a mebibyte. */
  #bodies(): Bodies {
    const length = (): number => {
      const chance = this.#random()
      return this.#below(chance < 0.7 ? 2_000 : chance < 0.95 ? 70_000 : 1_000_000)
    }
    return {
      upOffset: this.#below(1 << 20),
      upLength: length(),
      downOffset: this.#below(1 << 20),
      downLength: length(),
    }
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }
}

function flowOf(arrived: Arrived, { upLength, downLength }: Bodies): object {
  return { upLength, downLength, arrivedBytes: arrived.bytes }
}

function factsOf(socket: Socket | null | undefined): object {
  if (socket == null) return { socket: null }
  const { localPort, connecting, destroyed, bytesRead, bytesWritten } = socket
  return { localPort, socket: { connecting, destroyed, bytesRead, bytesWritten } }
}

function large(bodies: Bodies): Bodies {
  return { ...bodies, downLength: 200_000 + bodies.downLength / 2 > 1_000_000 ? 1_000_000 : 200_000 }
}

function pathOf({ upOffset, upLength, downOffset, downLength }: Bodies): string {
  return `/?upOffset=${upOffset}&upLength=${upLength}&downOffset=${downOffset}&downLength=${downLength}`
}
