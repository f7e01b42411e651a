import { Failure, describeError } from '@weft/faults'
import type { weft } from '@weft/proto'
import type { DeltaServer } from './delta-server.ts'
import type { Batch } from './frames.ts'
import { type ResourceKey, type ResourceKind, resourceKinds } from './kinds.ts'

/** Nodes of Kubernetes are named as hosts are. Source: Kubernetes, object names (DNS subdomain names). */
const NODE_NAME_LENGTH_MAX = 253

/** Where a subscriber's responses go. */
export interface DeltaSink {
  /** Sends one encoded DeltaResponse. The octets are shared: they must not be changed. */
  send(frame: Uint8Array): void
  /** Ends the stream with this error. */
  refuse(failure: Failure): void
}

interface InFlight {
  readonly firstNonce: number
  readonly lastNonce: number
  readonly step: number
  readonly revision: number
}

/**
 * One subscriber as the server sees it. States: waiting for hello → idle ⇄ in flight → closed.
 *
 * `step` is the point of the server's table that the subscriber is known to have in force. It is null between hello and
 * the first ack, when `held` says it instead.
 */
export class DeltaSubscription {
  readonly #server: DeltaServer
  readonly #sink: DeltaSink
  #node = ''
  #version = ''
  #kinds: ReadonlySet<ResourceKind> | null = null
  #held: ReadonlyMap<ResourceKey, string> | null = null
  #step: number | null = null
  #inFlight: InFlight | null = null
  /** The step that was refused; not offered again until there is a newer one. */
  #refusedStep = -1
  #refusedRevision = 0
  #revision = 0
  #error = ''
  #isClosed = false

  constructor(server: DeltaServer, sink: DeltaSink) {
    this.#server = server
    this.#sink = sink
  }

  get node(): string {
    return this.#node
  }

  get version(): string {
    return this.#version
  }

  get kinds(): ReadonlySet<ResourceKind> {
    return this.#kinds ?? new Set()
  }

  /** The last revision it acknowledged; 0 for none. */
  get revision(): number {
    return this.#revision
  }

  /** Why it refused the last change, '' when it did not. */
  get error(): string {
    return this.#error
  }

  /** The revision of the change that it refused, 0 when it did not refuse the last one. */
  get refusedRevision(): number {
    return this.#error === '' ? 0 : this.#refusedRevision
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** The point since when removals must be remembered for it; null when it will be compared with what it holds. */
  get neededStep(): number | null {
    return this.#step ?? this.#inFlight?.step ?? null
  }

  /** Takes one message of the subscriber. A message that is wrong ends the stream with what was expected. */
  receive(message: weft.discovery.v1.DeltaRequest.$Properties): void {
    if (this.#isClosed) return
    try {
      this.#receive(message)
    } catch (error) {
      this.refuse(error instanceof Failure ? error : new Failure('malformed', describeError(error), error))
    }
  }

  /** Sends what is new, unless a change is in flight. */
  pump(): void {
    const kinds = this.#kinds
    if (this.#isClosed || kinds === null || this.#inFlight !== null) return
    const { step, revision } = this.#server.table
    // Before the server knows anything, silence: an empty truth would make subscribers give up all that they hold.
    if (step === 0 || this.#step === step || this.#refusedStep === step) return
    const batch = this.#batch(kinds)
    if (batch === null) {
      this.#step = step
      return
    }
    this.#inFlight = { firstNonce: batch.firstNonce, lastNonce: batch.lastNonce, step, revision }
    for (const frame of batch.frames) this.#sink.send(frame)
  }

  #batch(kinds: ReadonlySet<ResourceKind>): Batch | null {
    if (this.#step !== null) return this.#server.batchSince(this.#step, kinds)
    const fromNothing = this.#held!.size === 0 ? this.#server.batchSince(0, kinds) : null
    return fromNothing ?? this.#server.batchAgainst(this.#held!, kinds)
  }

  refuse(failure: Failure): void {
    if (this.#isClosed) return
    this.close()
    this.#sink.refuse(failure)
  }

  /** The stream is gone. Safe twice. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#server.forget(this)
  }

  #receive(message: weft.discovery.v1.DeltaRequest.$Properties): void {
    const given = (['hello', 'ack', 'nack', 'status'] as const).filter((field) => (message[field] ?? null) !== null)
    const expected = this.#kinds === null ? 'hello' : 'ack, nack or status'
    if (given.length !== 1 || (given[0] === 'hello') !== (this.#kinds === null)) {
      throw new Failure('malformed', `DeltaRequest: found ${given.join(' and ') || 'no field'}, expected ${expected}`)
    }
    if (message.hello) this.#hello(message.hello)
    else if (message.ack) this.#ack(message.ack.nonce ?? 0)
    else if (message.nack) this.#nack(message.nack.nonce ?? 0, message.nack.error ?? '')
    else this.#server.events.status?.(this, message.status!)
  }

  #hello(hello: weft.discovery.v1.Hello.$Properties): void {
    const held = Object.entries(hello.held ?? {})
    if (!hello.node || hello.node.length > NODE_NAME_LENGTH_MAX)
      refuseHello('node', hello.node ?? '', `a name of 1 to ${NODE_NAME_LENGTH_MAX} characters`)
    if (held.length > this.#server.heldMax)
      refuseHello('held', held.length, `at most ${this.#server.heldMax} resources`)
    const kinds = (hello.kinds ?? []).map((name, index) => {
      const kind = resourceKinds.find((candidate) => candidate === name)
      if (kind !== undefined && this.#server.kinds.has(kind)) return kind
      return refuseHello(`kinds[${index}]`, name, `one of ${[...this.#server.kinds].join(', ')}`)
    })
    if (kinds.length === 0) refuseHello('kinds', [], `some of ${[...this.#server.kinds].join(', ')}`)
    this.#node = hello.node!
    this.#version = (hello.version ?? '').slice(0, 64)
    this.#held = new Map(held)
    this.#kinds = new Set(kinds)
    this.#server.events.hello?.(this)
    this.pump()
  }

  #ack(nonce: number): void {
    const done = this.#inFlight
    if (done === null || nonce !== done.lastNonce) {
      throw new Failure(
        'malformed',
        `DeltaRequest: ack.nonce: found ${nonce}, expected ${done?.lastNonce ?? 'none: nothing is in flight'}`,
      )
    }
    this.#inFlight = null
    this.#held = null
    this.#step = done.step
    this.#revision = done.revision
    this.#error = ''
    this.#server.events.progress?.(this)
    this.pump()
  }

  #nack(nonce: number, error: string): void {
    const refused = this.#inFlight
    if (refused === null || nonce < refused.firstNonce || nonce > refused.lastNonce) {
      throw new Failure('malformed', `DeltaRequest: nack.nonce: found ${nonce}, expected that of a response in flight`)
    }
    this.#inFlight = null
    this.#refusedStep = refused.step
    this.#refusedRevision = refused.revision
    this.#error = error.slice(0, 4096) || 'refused without saying why'
    this.#server.events.progress?.(this)
    this.pump()
  }
}

function refuseHello(field: string, found: unknown, expected: string): never {
  throw new Failure('malformed', `DeltaRequest: hello.${field}: found ${JSON.stringify(found)}, expected ${expected}`)
}
