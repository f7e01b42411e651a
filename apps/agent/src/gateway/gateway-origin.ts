import type { Channel } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'
import type { RequestHead } from '@weft/message'
import type { Caller, Destination, Origin } from '@weft/stack'
import type { GatewayPortTable } from '../snapshot/gateway-table.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { SnapshotStore } from '../snapshot/snapshot-store.ts'

/** A connection to a listening port: each request goes where the routes of that moment lead for its host. */
export class GatewayOrigin implements Origin {
  readonly caller: Caller
  readonly portName: string
  readonly #snapshots: SnapshotStore
  readonly #channel: Pick<Channel, 'remote'>
  /** What TLS was made for; '' in plaintext, where each request says its host. */
  readonly #serverName: string
  #snapshot: Snapshot | null
  #table: GatewayPortTable | null
  /** Host of the request before and where it led: nearly always that of the next one too. */
  #authority: string
  #destination: Destination | null

  constructor(
    snapshots: SnapshotStore,
    caller: Caller,
    channel: Pick<Channel, 'remote'>,
    portName: string,
    serverName: string,
  ) {
    this.caller = caller
    this.portName = portName
    this.#snapshots = snapshots
    this.#channel = channel
    this.#serverName = serverName
    this.#snapshot = null
    this.#table = null
    this.#authority = ''
    this.#destination = null
  }

  clientAddress(): string {
    const { remote } = this.#channel
    return remote.slice(0, remote.lastIndexOf(':'))
  }

  destination(head: RequestHead): Destination | Fault {
    const snapshot = this.#snapshots.current
    const { authority } = head
    if (snapshot === this.#snapshot && authority === this.#authority && this.#destination !== null) {
      return this.#destination
    }
    if (snapshot !== this.#snapshot) {
      this.#snapshot = snapshot
      // A port that is closed is served on by what it had last, until its connections have finished.
      this.#table = snapshot.gateways.port(this.portName) ?? this.#table
    }
    const name = this.#serverName === '' ? authority : this.#serverName
    const listener = this.#table === null ? null : this.#table.listeners.find(name)
    this.#authority = authority
    this.#destination = listener === null ? null : listener.destination(head)
    if (this.#destination !== null) return this.#destination
    const message = `Found no route for host ${JSON.stringify(authority)} on ${this.portName}: expected one`
    return fault('no_route', 'gateway', message, '', snapshot.revisionText)
  }
}
