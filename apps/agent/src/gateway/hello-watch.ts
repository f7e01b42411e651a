import type { Socket } from 'node:net'
import { type Channel, type ChannelHandler, PrefixedChannel } from '@weft/channel'
import { readClientHello } from '@weft/detect'
import type { Clock, Timer } from '@weft/time'
import type { Connections, Open } from '../worker/connections.ts'

/** How long a client may take to say its ClientHello. */
const HELLO_MS = 10_000

/** What a look needs of the worker. */
export interface HelloPlane {
  readonly connections: Connections
  readonly clock: Clock
}

/**
 * Looks at the ClientHello of a TLS connection that is passed on, without taking any of it. `found` gets the name that the
 * client asks for, '' for none, and a channel that gives what was read first. What is no ClientHello is closed.
 *
 * States: looking → done.
 */
export class HelloWatch implements ChannelHandler, Open {
  readonly #channel: Channel
  readonly #connections: Connections
  readonly #found: (serverName: string, channel: Channel) => void
  readonly #timer: Timer
  readonly #read: Uint8Array[]

  constructor(channel: Channel, plane: HelloPlane, found: (serverName: string, channel: Channel) => void) {
    this.#channel = channel
    this.#connections = plane.connections
    this.#found = found
    this.#read = []
    this.#timer = plane.clock.after(HELLO_MS, () => channel.destroy())
    plane.connections.add(this)
    channel.handler = this
  }

  drain(): void {
    this.#channel.destroy()
  }

  destroy(error: Error): void {
    this.#channel.destroy(error)
  }

  bytes(bytes: Uint8Array): void {
    this.#read.push(bytes)
    const hello = readClientHello(this.#read.length === 1 ? bytes : Buffer.concat(this.#read))
    if (hello === 'more') return
    if (hello === 'malformed') return this.#channel.destroy(new Error('found no ClientHello, expected TLS'))
    this.#finish()
    this.#channel.pause()
    this.#found(hello.serverName, new PrefixedChannel(this.#channel, this.#read))
  }

  end(): void {
    this.#channel.destroy()
  }

  drained(): void {}

  closed(): void {
    this.#finish()
  }

  #finish(): void {
    this.#timer.cancel()
    this.#connections.remove(this)
  }
}

/**
 * The same on a socket of Node, which is given back as if nothing had been read, so that TLS may still be taken off it:
 * for ports where some names are passed on and others are not.
 */
export function peekHello(socket: Socket, clock: Clock, found: (serverName: string) => void): void {
  const read: Buffer[] = []
  const stop = (): void => {
    timer.cancel()
    socket.off('readable', look)
    socket.off('error', giveUp)
    socket.off('close', stop)
  }
  const giveUp = (): void => {
    stop()
    socket.on('error', () => {})
    socket.destroy()
  }
  const look = (): void => {
    for (let piece = socket.read() as Buffer | null; piece !== null; piece = socket.read() as Buffer | null) {
      read.push(piece)
    }
    const bytes = Buffer.concat(read)
    const hello = readClientHello(bytes)
    if (hello === 'malformed' || (hello === 'more' && socket.readableEnded)) return giveUp()
    if (hello === 'more') return
    stop()
    socket.unshift(bytes)
    found(hello.serverName)
  }
  const timer = clock.after(HELLO_MS, giveUp)
  socket.on('readable', look)
  socket.on('error', giveUp)
  socket.on('close', stop)
}
