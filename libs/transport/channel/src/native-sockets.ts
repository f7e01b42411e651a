import type { Addon } from '@weft/addon'
import type { NativeChannel } from './native-channel.ts'
import { inTurn } from './flush.ts'
import { keptBytes } from './kept-bytes.ts'

/** The part of the addon that is used here. */
export type EngineAddon = Pick<
  Addon,
  | 'engineStart'
  | 'engineListen'
  | 'engineConnect'
  | 'engineSend'
  | 'engineSendMany'
  | 'engineAwaitWritable'
  | 'enginePause'
  | 'engineShutdown'
  | 'engineClose'
  | 'engineDetach'
  | 'engineFd'
  | 'engineAddress'
  | 'tcpListen'
  | 'tcpSocket'
>

/** Listens, or is about to be connected: hears of a number before there is a channel for it. */
export interface SocketOwner {
  accepted(id: number): void
  connected(id: number): void
  failed(id: number, errno: number): void
}

const EVENT_WORDS = 4
const EVENTS_MAX = 512
const INPUT_BYTES = 1024 * 1024

const BYTES = 1
const END = 2
const WRITABLE = 3
const FAILED = 4
const CONNECTED = 5
const ACCEPTED = 6

/** The engine's sockets of this process by number, and the turn in which all of them are told what happened. */
export class NativeSockets {
  readonly addon: EngineAddon
  readonly #channels: (NativeChannel | null)[]
  readonly #owners: Map<number, SocketOwner>
  readonly #input: Buffer
  readonly #events: Int32Array
  /** Descriptors ran out: listeners rest until one is closed. */
  #resting: (() => void)[]

  constructor(addon: EngineAddon) {
    this.addon = addon
    this.#channels = []
    this.#owners = new Map()
    this.#input = Buffer.allocUnsafeSlow(INPUT_BYTES)
    this.#events = new Int32Array(EVENTS_MAX * EVENT_WORDS)
    this.#resting = []
    const walk = (count: number): void => this.#walk(count)
    addon.engineStart((count) => inTurn(walk, count), this.#input, this.#events)
  }

  own(id: number, owner: SocketOwner): void {
    this.#owners.set(id, owner)
  }

  disown(id: number): void {
    this.#owners.delete(id)
  }

  add(id: number, channel: NativeChannel): void {
    while (this.#channels.length < id) this.#channels.push(null)
    this.#channels[id] = channel
  }

  close(id: number, isReset: boolean): void {
    if (id < this.#channels.length) this.#channels[id] = null
    this.addon.engineClose(id, isReset)
    if (this.#resting.length > 0) for (const wake of this.#resting.splice(0)) wake()
  }

  /** The descriptor, no longer the engine's. */
  detach(id: number): number {
    this.#channels[id] = null
    return this.addon.engineDetach(id)
  }

  /** Calls `wake` when a descriptor has been closed. */
  whenFreed(wake: () => void): void {
    this.#resting.push(wake)
  }

  /** Octets of this turn, for as long as it lasts. */
  lend(offset: number, length: number): Uint8Array {
    return this.#input.subarray(offset, offset + length)
  }

  /** Octets of this turn, to keep. */
  copyOf(offset: number, length: number): Uint8Array {
    return keptBytes(this.#input, offset, offset + length)
  }

  #walk(count: number): void {
    const events = this.#events
    for (let at = 0; at < count * EVENT_WORDS; at += EVENT_WORDS) {
      const id = events[at]!
      const kind = events[at + 1]!
      if (kind >= CONNECTED) {
        this.#tellOwner(kind, id, events[at + 3]!)
        continue
      }
      const channel = id < this.#channels.length ? this.#channels[id]! : null
      if (channel === null) {
        if (kind === FAILED) this.#owners.get(id)?.failed(id, events[at + 3]!)
        continue
      }
      if (kind === BYTES) channel.received(events[at + 2]!, events[at + 3]!)
      else if (kind === WRITABLE) channel.writable()
      else if (kind === END) channel.receivedEnd()
      else channel.failed(events[at + 3]!)
    }
  }

  #tellOwner(kind: number, id: number, listener: number): void {
    if (kind === CONNECTED) return this.#owners.get(id)?.connected(id)
    const owner = this.#owners.get(listener)
    // Closed in this very turn: nobody is there for it any more.
    if (owner === undefined || kind !== ACCEPTED) this.addon.engineClose(id, true)
    else owner.accepted(id)
  }
}
