import type { Channel, TcpChannel } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'
import { type HttpService, refuseWithReply } from '@weft/http-proxy'
import type { Connector } from '@weft/layers'
import { chooseBackend } from '@weft/routing'
import type { Caller, Destination, Origin } from '@weft/stack'
import type { Addressed, Snapshot } from '../snapshot/snapshot.ts'
import type { DataPlane } from '../worker/data-plane.ts'
import { Detection, type DetectionHandler } from '../worker/detection.ts'
import { httpServiceOf, serveHttp } from '../worker/http-connections.ts'
import type { LearnedProtocols } from './learned-protocols.ts'
import { outboundStack } from './stack.ts'
import { UnknownCallers } from './unknown-callers.ts'
import { type OpenedTcp, openTcp, relayTcp, releaseTcp } from './tcp.ts'

/** What a connection means to reach, as a snapshot has it; null when it has no such thing. */
export type Find = (snapshot: Snapshot) => Addressed | null

/** On a port known for HTTP the upstream is dialled only for a client that stays silent so long. */
const LEARNED_HTTP_OPEN_AFTER_MS = 200
const PATIENCE_MS = 3_000
/** How long a client that was told of a refusal may take to close. */
const LINGER_MS = 5_000

/** The way out: takes a connection of a workload, whoever accepted it, to what it addressed. */
export class Outbound {
  readonly #plane: DataPlane
  readonly #connector: Connector
  readonly #service: HttpService
  readonly learned: LearnedProtocols
  readonly unknownCallers: UnknownCallers

  constructor(plane: DataPlane, connector: Connector, learned: LearnedProtocols) {
    this.#plane = plane
    this.learned = learned
    this.unknownCallers = new UnknownCallers(plane.clock)
    plane.snapshots.onChange(() => this.unknownCallers.look())
    this.#connector = connector
    this.#service = httpServiceOf(plane, outboundStack(plane))
  }

  /** Counts a connection towards what `name` may have open; false when that is too much and it was refused. */
  admits(channel: TcpChannel, caller: Caller, name: string, find: Find): boolean {
    const refusal = this.#plane.admission.hold(channel, name)
    if (refusal === null) return true
    const addressed = find(this.#plane.snapshots.current)
    const isHttp = addressed !== null && addressed.isHttpRequired
    if (!isHttp) this.#refused(channel, caller, addressed?.service ?? '', refusal)
    else {
      this.#count(channel, caller, addressed.service, refusal)
      this.#plane.overloadReplies.answer(channel, refusal)
    }
    return false
  }

  /** `where` is the address that was meant, for messages. */
  serve(channel: Channel, caller: Caller, find: Find, where: string): void {
    const addressed = find(this.#plane.snapshots.current)
    if (addressed === null) {
      const message = `Found nothing of the mesh at ${where}: expected a port of a service or workload`
      return this.#refused(channel, caller, '', fault('no_route', 'outbound', message))
    }
    const origin = new OutboundOrigin(this.#plane, caller, find, where)
    if (addressed.isHttpRequired) return this.#serveHttpOnly(channel, origin, addressed)
    if (addressed.protocol === 'detect') return this.#detect(channel, origin, addressed)
    // The client is read only once there is somebody to give it to.
    void this.#openFor(caller, addressed, 'tcp').then((opened) => {
      if (!opened.ok) return this.#refused(channel, caller, addressed.service, opened)
      relayTcp(this.#plane, caller, channel, opened, opened.channel)
    })
  }

  /** What was declared HTTP is HTTP or nothing: relaying it as octets would get around every rule. */
  #serveHttpOnly(channel: Channel, origin: OutboundOrigin, addressed: Addressed): void {
    const { protocol, service, port } = addressed
    const name = service === '' ? origin.where : `${service}:${port}`
    const message = `${name} is declared ${protocol}: found octets that are no HTTP, expected HTTP/1.1 or HTTP/2`
    const mismatch = fault('protocol_mismatch', 'outbound', message, '', addressed.revision)
    const open = (): Promise<Fault> => Promise.resolve(mismatch)
    new Detection<OpenedTcp>(
      channel,
      open,
      { openAfterMs: Infinity, patienceMs: PATIENCE_MS },
      {
        ...this.#handlers(origin, addressed),
        refused: (client, refusal) => {
          this.#count(client, origin.caller, service, refusal)
          refuseWithReply(client, refusal)
          this.#plane.clock.after(LINGER_MS, () => client.destroy())
        },
      },
      this.#plane.clock,
      this.#plane.connections,
    )
  }

  #detect(channel: Channel, origin: OutboundOrigin, addressed: Addressed): void {
    const isHttp = this.learned.isHttp(learnedKey(origin, addressed))
    new Detection<OpenedTcp>(
      channel,
      () => this.#openFor(origin.caller, addressed, 'detect'),
      { openAfterMs: isHttp ? LEARNED_HTTP_OPEN_AFTER_MS : 0, patienceMs: PATIENCE_MS },
      this.#handlers(origin, addressed),
      this.#plane.clock,
      this.#plane.connections,
    )
  }

  #handlers(origin: OutboundOrigin, addressed: Addressed): DetectionHandler<OpenedTcp> {
    const { service } = addressed
    return {
      http: (client, version) => {
        this.learned.learn(learnedKey(origin, addressed), true)
        serveHttp(this.#plane, this.#plane.outboundTable, this.#service, client, version, origin, service)
      },
      octets: (client, opened, upstream) => {
        this.learned.learn(learnedKey(origin, addressed), false)
        relayTcp(this.#plane, origin.caller, client, opened, upstream)
      },
      refused: (client, refusal) => this.#refused(client, origin.caller, service, refusal),
      discarded: (opened) => {
        releaseTcp(opened)
        opened.channel.destroy()
      },
      gone: () => {},
    }
  }

  #openFor(caller: Caller, addressed: Addressed, protocol: 'tcp' | 'detect'): Promise<OpenedTcp | Fault> {
    const { relay, backend } = addressed
    if (relay === null) return openTcp(this.#plane, this.#connector, caller, backend, protocol)
    const reference = chooseBackend(relay.backends, this.#plane.random)
    const chosen = reference === null ? null : addressed.backendOf(reference)
    if (chosen !== null) return openTcp(this.#plane, this.#connector, caller, chosen, protocol)
    const message = `${relay.name} leads to no backend: expected a port of a service that exists`
    return Promise.resolve(fault('backend_invalid', 'outbound', message, relay.name, addressed.revision))
  }

  #refused(channel: Channel, caller: Caller, service: string, refusal: Fault): void {
    this.#count(channel, caller, service, refusal)
    channel.destroy(new Error(refusal.reason.message))
  }

  #count(channel: Channel, caller: Caller, service: string, refusal: Fault): void {
    this.#plane.outboundTable.counter(caller, service, null, 'tcp').fault(refusal.code)
    this.#plane.accessLog.refused('outbound', caller.identity, channel.remote, service, refusal)
  }
}

function learnedKey(origin: OutboundOrigin, addressed: Addressed): string {
  return addressed.service === '' ? origin.where : `${addressed.service}:${addressed.port}`
}

/** A connection of a workload: who it is, and what it addressed, looked up anew in each snapshot. */
class OutboundOrigin implements Origin {
  readonly caller: Caller
  readonly where: string
  readonly #plane: DataPlane
  readonly #find: Find
  #snapshot: Snapshot | null
  #destination: Destination | Fault

  constructor(plane: DataPlane, caller: Caller, find: Find, where: string) {
    this.caller = caller
    this.where = where
    this.#plane = plane
    this.#find = find
    this.#snapshot = null
    this.#destination = fault('no_route', 'outbound', `Found nothing of the mesh at ${where}`)
  }

  destination(): Destination | Fault {
    const snapshot = this.#plane.snapshots.current
    if (snapshot === this.#snapshot) return this.#destination
    this.#snapshot = snapshot
    const message = `Found nothing of the mesh at ${this.where} any more: expected a port of a service or workload`
    this.#destination = this.#find(snapshot) ?? fault('no_route', 'outbound', message, '', snapshot.revisionText)
    return this.#destination
  }
}
