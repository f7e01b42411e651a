import type { ConnectionHolder, TcpChannel } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'

/** Connections of one caller that are open in this worker. */
export class CallerConnections implements ConnectionHolder {
  readonly #admission: { left(caller: CallerConnections): void }
  readonly name: string
  open: number

  constructor(admission: { left(caller: CallerConnections): void }, name: string) {
    this.#admission = admission
    this.name = name
    this.open = 0
  }

  /** One of them is closed. */
  released(): void {
    this.open--
    this.#admission.left(this)
  }
}

/**
 * Bounds how many accepted connections are open, of one caller and of all, so that no caller takes the worker's memory and
 * descriptors from the others. Whoever is beyond is refused at once; what is open stays.
 */
export class Admission {
  readonly #connectionsMax: number
  readonly #perCallerMax: number
  readonly #callers = new Map<string, CallerConnections>()
  open = 0

  constructor(connectionsMax: number, perCallerMax: number) {
    this.#connectionsMax = connectionsMax
    this.#perCallerMax = perCallerMax
  }

  /** Counts a connection until `released` of what it returns is called. Faults: `overloaded`. */
  admit(name: string): CallerConnections | Fault {
    if (this.open >= this.#connectionsMax) return full(`${this.open} connections of all callers are open here`)
    let caller = this.#callers.get(name)
    if (caller !== undefined && caller.open >= this.#perCallerMax)
      return full(`${caller.open} connections of ${name} are open here`)
    if (caller === undefined) {
      caller = new CallerConnections(this, name)
      this.#callers.set(name, caller)
    }
    caller.open++
    this.open++
    return caller
  }

  /** As {@link admit}, for as long as the channel is open; null when it may stay. */
  hold(channel: TcpChannel, name: string): Fault | null {
    const admitted = this.admit(name)
    if ('code' in admitted) return admitted
    channel.holder = admitted
    return null
  }

  left(caller: CallerConnections): void {
    this.open--
    if (caller.open === 0) this.#callers.delete(caller.name)
  }
}

function full(found: string): Fault {
  return fault('overloaded', 'admission', `A connection is refused: ${found}, expected fewer`)
}
