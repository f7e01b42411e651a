import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { Failure } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { DnsListener, ListenAt, ListenerContext } from './listener.ts'
import { idOf } from './raw-message.ts'

/**
 * Answers queries that come as datagrams, each to whom it came from, out of the socket it came in by.
 *
 * At most `inFlightMax` questions wait for resolvers; beyond, SERVFAIL at once. States: listening → draining → closed.
 */
export class UdpListener implements DnsListener {
  readonly host: string
  readonly port: number
  readonly #socket: Socket
  readonly #context: ListenerContext
  readonly #log: Logger
  #inFlight: number
  #hasToldOfLoop: boolean
  #isDraining: boolean
  #isClosed: boolean

  /** Resolves once bound. Faults: Failure `dns_listen`. */
  static open(at: ListenAt, context: ListenerContext): Promise<UdpListener> {
    return new Promise((resolve, reject) => {
      const isSix = 'host' in at && isIPv6(at.host)
      const socket = createSocket(isSix ? { type: 'udp6', ipv6Only: true } : { type: 'udp4' })
      const fail = (error: unknown): void => {
        socket.close()
        const message = `Cannot listen for DNS by UDP at ${JSON.stringify(at)}: expected a UDP socket or a free port`
        reject(new Failure('dns_listen', message, error))
      }
      socket.once('error', fail)
      try {
        socket.bind('fd' in at ? { fd: at.fd } : { address: at.host, port: at.port, exclusive: true }, () => {
          socket.removeListener('error', fail)
          resolve(new UdpListener(socket, context))
        })
      } catch (error) {
        fail(error)
      }
    })
  }

  private constructor(socket: Socket, context: ListenerContext) {
    const { address, port } = socket.address()
    this.host = address
    this.port = port
    this.#socket = socket
    this.#context = context
    this.#log = context.log
    this.#inFlight = 0
    this.#hasToldOfLoop = false
    this.#isDraining = false
    this.#isClosed = false
    socket.on('message', (bytes, from) => this.#take(bytes, from))
    socket.on('error', (error) => this.#log.warn('DNS socket', { error: error.message, port }))
  }

  get inFlight(): number {
    return this.#inFlight
  }

  drain(): void {
    this.#isDraining = true
    if (this.#inFlight === 0) this.close()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#socket.close()
    this.#context.closed(this)
  }

  #take(bytes: Buffer, from: RemoteInfo): void {
    const { responder, forwarder } = this.#context
    if (this.#isDraining) return
    if (bytes.length > 2 && forwarder.isOwnQuery(from.port, idOf(bytes))) {
      responder.counters.dropped++
      // Each answer may be a question again: told once, counted always.
      if (this.#hasToldOfLoop) return
      this.#hasToldOfLoop = true
      this.#log.error('a resolver sends our questions back to us: expected resolvers outside the mesh', {
        port: this.port,
      })
      return
    }
    const reply = responder.respond(bytes, this.#context.callerNamespaces(), false)
    if (reply === null) return
    if (reply !== 'forward') return this.#send(reply, from)
    if (this.#inFlight >= this.#context.inFlightMax) return this.#send(responder.failure(bytes), from)
    void this.#forward(bytes, from)
  }

  async #forward(bytes: Buffer, from: RemoteInfo): Promise<void> {
    this.#inFlight++
    const reply = await this.#context.responder.forward(bytes, false)
    if (!this.#isClosed) this.#send(reply, from, this.#answered)
  }

  /** Bound once: one question fewer waits, and a draining listener may be done. */
  readonly #answered = (): void => {
    this.#inFlight--
    if (this.#isDraining && this.#inFlight === 0) this.close()
  }

  #send(reply: Uint8Array, to: RemoteInfo, sent: () => void = ignore): void {
    // What cannot be sent is lost, as datagrams are; the asker asks again.
    this.#socket.send(reply, to.port, to.address, sent)
  }
}

function ignore(): void {}
