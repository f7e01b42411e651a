import { type Fault, fault } from '@weft/faults'
import type { RequestHead } from '@weft/message'
import type { Caller, Destination, Origin } from '@weft/stack'
import type { GatewayPortTable } from '../snapshot/gateway-table.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { SnapshotStore } from '../snapshot/snapshot-store.ts'

/** A connection to a listening port: each request goes where the routes of that moment lead for its host. */
export class GatewayOrigin implements Origin {
  readonly caller: Caller
  readonly #snapshots: SnapshotStore
  readonly portName: string
  /** What TLS was made for; '' in plaintext, where each request says its host. */
  readonly #serverName: string
  #snapshot: Snapshot | null
  #table: GatewayPortTable | null

  constructor(snapshots: SnapshotStore, caller: Caller, portName: string, serverName: string) {
    this.caller = caller
    this.#snapshots = snapshots
    this.portName = portName
    this.#serverName = serverName
    this.#snapshot = null
    this.#table = null
  }

  destination(head: RequestHead): Destination | Fault {
    const snapshot = this.#snapshots.current
    if (snapshot !== this.#snapshot) {
      this.#snapshot = snapshot
      // A port that is closed is served on by what it had last, until its connections have finished.
      this.#table = snapshot.gateways.port(this.portName) ?? this.#table
    }
    const name = this.#serverName === '' ? head.authority : this.#serverName
    const listener = this.#table === null ? null : this.#table.listeners.find(name)
    const destination = listener === null ? null : listener.destination(head)
    if (destination !== null) return destination
    const message = `Found no route for host ${JSON.stringify(head.authority)} on ${this.portName}: expected one`
    return fault('no_route', 'gateway', message, '', snapshot.revisionText)
  }
}
