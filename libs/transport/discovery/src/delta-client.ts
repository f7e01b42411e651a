import { assert, describeError, Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'
import type { weft } from '@weft/proto'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random, Timer } from '@weft/time'
import { type AssembledDelta, DeltaAssembly } from './delta-assembly.ts'
import type { DeltaConnector, DeltaStream } from './delta-stream.ts'
import { decodeResource } from './encoded-resource.ts'
import { type ModelResource, type ResourceKey, resourceKey, type ResourceKind } from './kinds.ts'

/** One change as the subscriber gets it: whole, decoded and checked. */
export interface Delta {
  readonly revision: number
  readonly upserts: readonly ModelResource[]
  readonly removals: readonly ResourceKey[]
}

export interface DeltaClientOptions {
  /** Name of the node or part that subscribes. */
  readonly node: string
  readonly kinds: readonly ResourceKind[]
  /** Semantic version of this program. */
  readonly version: string
  /** What is in force already, from a snapshot: keys and their content hashes. */
  readonly held?: ReadonlyMap<ResourceKey, string>
  /**
   * Puts one change in force, all of it or nothing. Called with one change at a time; what it throws is told to the
   * server, which offers the change again together with the next one.
   */
  readonly apply: (delta: Delta) => Promise<void>
  /** Wait before the first reconnect, doubled each time up to `backoffMaxMs`, less up to half at random. */
  readonly backoffMinMs?: number
  readonly backoffMaxMs?: number
  /** Octets of one change. */
  readonly deltaBytesMax?: number
  /** Octets of keys and hashes said to be held; past it everything is asked for anew. */
  readonly helloBytesMax?: number
}

const HASH_FIELD_BYTES = 72

/**
 * The subscribing side of the delta protocol: keeps one stream open for ever, applies each change whole and in order,
 * acknowledges it once in force, and after any break resumes from what it holds.
 *
 * States: new → streaming ⇄ waiting → stopped. `start` does not wait for the server, because a subscriber runs on what
 * it has; `synced` resolves when the first change is in force.
 */
export class DeltaClient implements Component {
  readonly #options: DeltaClientOptions
  readonly #connect: DeltaConnector
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Logger
  readonly #held: Map<ResourceKey, string>
  readonly #synced = Promise.withResolvers<void>()
  #state: 'new' | 'streaming' | 'waiting' | 'stopped' = 'new'
  #stream: DeltaStream | null = null
  #retry: Timer | null = null
  #status: weft.discovery.v1.StatusReport.$Properties | null = null
  #applying: Promise<void> | null = null
  #failures = 0
  #revision = 0
  #lastError = ''

  constructor(options: DeltaClientOptions, connect: DeltaConnector, clock: Clock, random: Random, log: Logger) {
    this.#options = options
    this.#connect = connect
    this.#clock = clock
    this.#random = random
    this.#log = log
    this.#held = new Map(options.held)
  }

  /** Resolves once the first change from the server is in force. */
  get synced(): Promise<void> {
    return this.#synced.promise
  }

  /** What is in force, by key, with content hashes. */
  get held(): ReadonlyMap<ResourceKey, string> {
    return this.#held
  }

  /** The last revision in force; 0 before the first. */
  get revision(): number {
    return this.#revision
  }

  /** Why there is no stream, or why the last change was refused; '' when all is well. */
  get lastError(): string {
    return this.#lastError
  }

  async start(): Promise<void> {
    assert(this.#state === 'new', 'a DeltaClient starts once')
    this.#open()
  }

  /** Asks for no more; resolves when a change that is being applied is done. */
  async drain(): Promise<void> {
    this.stop()
    await this.#applying
  }

  stop(): void {
    this.#state = 'stopped'
    this.#retry?.cancel()
    this.#stream?.close()
    this.#stream = null
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain()
  }

  /** Tells the server how things stand here; told again after every reconnect. */
  reportStatus(status: weft.discovery.v1.StatusReport.$Properties): void {
    this.#status = status
    this.#stream?.send({ status })
  }

  #open(): void {
    if (this.#state === 'stopped') return
    this.#state = 'streaming'
    const assembly = new DeltaAssembly(this.#options.deltaBytesMax ?? 256 * 1024 * 1024)
    const held = this.#heldBytes() <= (this.#options.helloBytesMax ?? 3_000_000) ? Object.fromEntries(this.#held) : null
    // Only the first change after a hello that lists nothing is the whole truth.
    let isWhole = held === null
    const stream = this.#connect({
      response: (message) => {
        if (stream !== this.#stream) return
        try {
          const delta = assembly.add(message)
          if (delta === null) return
          if (this.#applying !== null)
            throw new Failure(
              'malformed',
              'DeltaResponse: found a change before the last was acknowledged, expected none',
            )
          this.#applying = this.#apply(stream, delta, isWhole).then((isInForce) => {
            if (isInForce) isWhole = false
          })
        } catch (error) {
          this.#reopenLater(stream, error)
        }
      },
      closed: (failure) =>
        this.#reopenLater(stream, failure ?? new Failure('unavailable', 'the server ended the stream')),
    })
    this.#stream = stream
    const { node, kinds, version } = this.#options
    stream.send({ hello: { node, kinds: [...kinds], held: held ?? {}, version } })
    if (this.#status !== null) stream.send({ status: this.#status })
  }

  /** Whether the change is in force now. Never rejects: what goes wrong is told to the server. */
  async #apply(stream: DeltaStream, delta: AssembledDelta, isWhole: boolean): Promise<boolean> {
    let refusal: weft.discovery.v1.Nack.$Properties | null = null
    try {
      const upserts = delta.upserts.map(decodeResource)
      const removals = isWhole ? this.#missingFrom(upserts) : delta.removals
      await this.#options.apply({ revision: delta.revision, upserts, removals })
      for (const key of removals) this.#held.delete(key)
      upserts.forEach(({ kind, name }, index) => this.#held.set(resourceKey(kind, name), delta.upserts[index]!.hash!))
      this.#revision = delta.revision
      this.#failures = 0
      this.#lastError = ''
      this.#synced.resolve()
    } catch (error) {
      this.#lastError = describeError(error)
      this.#log.error('refused a change', { revision: delta.revision, error: this.#lastError })
      refusal = { nonce: delta.nonce, error: this.#lastError }
    }
    this.#applying = null
    if (stream === this.#stream) stream.send(refusal === null ? { ack: { nonce: delta.nonce } } : { nack: refusal })
    return refusal === null
  }

  #reopenLater(stream: DeltaStream, error: unknown): void {
    if (this.#state === 'stopped' || stream !== this.#stream) return
    stream.close()
    this.#stream = null
    this.#state = 'waiting'
    this.#lastError = describeError(error)
    const { backoffMinMs = 100, backoffMaxMs = 10_000 } = this.#options
    const fullMs = Math.min(backoffMaxMs, backoffMinMs * 2 ** Math.min(this.#failures++, 20))
    const delayMs = fullMs * (1 - this.#random() / 2)
    this.#log.warn('lost the stream', { error: this.#lastError, retryInMs: Math.round(delayMs) })
    this.#retry = this.#clock.after(delayMs, () => {
      // A change that is still being applied belongs to what the next hello says is held.
      void (this.#applying ?? Promise.resolve()).then(() => this.#open())
    })
  }

  #missingFrom(upserts: readonly ModelResource[]): ResourceKey[] {
    const present = new Set(upserts.map(({ kind, name }) => resourceKey(kind, name)))
    return [...this.#held.keys()].filter((key) => !present.has(key))
  }

  #heldBytes(): number {
    let sizeBytes = 0
    for (const key of this.#held.keys()) sizeBytes += key.length + HASH_FIELD_BYTES
    return sizeBytes
  }
}
