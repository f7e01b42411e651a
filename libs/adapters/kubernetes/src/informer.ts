import type { IncomingMessage } from 'node:http'
import { describeError, Failure } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random } from '@weft/time'
import { ApiFailure, isApiFailure } from './api-failure.ts'
import { Backoff } from './backoff.ts'
import type { ListOptions } from './client.ts'
import type { ApiRequest } from './connection.ts'
import { ObjectCache, type ChangeListener } from './object-cache.ts'
import { keyOf, type KubernetesObject, type ObjectList } from './object.ts'
import { watchEvents } from './watch-events.ts'

/** What an informer asks of a KubernetesClient. */
export interface InformerSource {
  list<T extends KubernetesObject>(path: string, options?: ListOptions): Promise<ObjectList<T>>
  watch(path: string, query: ApiRequest['query'], signal: AbortSignal): Promise<IncomingMessage>
}

export interface InformerOptions<T extends KubernetesObject> {
  readonly client: InformerSource
  /** Of the collection, from `resourcePath`. */
  readonly path: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** What is kept of an object; without it all but the bookkeeping of who applied what. Memory is held by what this returns. */
  readonly keep?: (object: T) => T
  /** The cluster may not know the kind: then there are none, and it is looked for again. */
  readonly isOptional?: boolean
  /** Objects beyond it are not kept, counted, and told in the log. */
  readonly objectsMax?: number
  /** Objects per answer when everything is read. */
  readonly pageSize?: number
  /** How often everything is read again, in case the server forgot to tell something. */
  readonly resyncMs?: number
}

const RESYNC_MS = 30 * 60_000
const ABSENT_MS = 10_000
/** For how long a kind whose objects are known must be said not to be there: a server that starts may not know it yet. */
const ABSENT_SURE_MS = 30_000
const WATCH_MS_MIN = 300_000
const SILENCE_MS_MAX = 150_000
/** How long `start` bears a refusal that need not pass: rights take a moment to arrive. */
const REFUSED_MS_MAX = 10_000
/** A watch that lived that long was a good one; when it ends the next begins at once. */
const WATCH_GOOD_MS = 5_000

/**
 * All objects of one kind, as the API server has them: listed once, then followed.
 *
 * Each change reaches the listeners once, and in order: an object when it is new or has another version than was told
 * before, null when it is gone; a name that was removed and made again meanwhile is told as both. Connections that break
 * are made again from the last version seen; when the server has forgotten that (410), everything is listed and only
 * what differs is told. An event that is older than the one before it proves that the stream can't be relied on: also
 * then. While the server is away the objects stay as they were.
 *
 * States: new → listing → following ⇄ listing, → stopped.
 * Source: Kubernetes, "Efficient detection of changes"; KEP-956 (bookmarks); KEP-5504 (versions are numbers).
 */
export class Informer<T extends KubernetesObject = KubernetesObject> {
  readonly #options: InformerOptions<T>
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Logger
  readonly #cache: ObjectCache<T>
  readonly #backoff: Backoff
  #abort: AbortController | null = null
  /** Where to go on; '' when everything must be listed. */
  #followFrom = ''
  #relistAtMs = 0
  #contactAtMs = 0
  #isListed = false
  #isAbsent = false
  #absentSinceMs: number | null = null
  #refusedSinceMs: number | null = null

  constructor(options: InformerOptions<T>, clock: Clock, random: Random, log: Logger) {
    this.#options = options
    this.#clock = clock
    this.#random = random
    this.#log = log
    this.#cache = new ObjectCache(options.keep ?? withoutBookkeeping, options.objectsMax ?? 250_000, options.path, log)
    this.#backoff = new Backoff(200, 5_000, random)
  }

  /**
   * Resolves when all objects are known; waits for a server that is away.
   * Faults: ApiFailure when the server keeps refusing (no right, no such kind); Failure `stopped`.
   */
  async start(): Promise<void> {
    this.#abort = new AbortController()
    const { signal } = this.#abort
    for (;;) {
      const waitMs = await this.#list(signal)
      if (signal.aborted) throw new Failure('stopped', `${this.#options.path}: stopped before it was listed`)
      if (this.#isListed) break
      await this.#pause(waitMs, signal)
    }
    void this.#run(signal)
  }

  get(namespace: string, name: string): T | null {
    return this.#cache.get(keyOf(namespace, name))
  }

  /** All of them, in no order. */
  list(): T[] {
    return this.#cache.list()
  }

  get size(): number {
    return this.#cache.size
  }

  /** Everything up to it has been told; '' before the first list. A number that grows, of the whole cluster. */
  get resourceVersion(): string {
    return this.#cache.version
  }

  /** False where the cluster does not know the kind. */
  get isServed(): boolean {
    return !this.#isAbsent
  }

  /** How long the server has told nothing, not even that it is there; it does so about once a minute. */
  get silentMs(): number {
    return this.#clock.nowMs() - this.#contactAtMs
  }

  /** Calls `listener` with each change from now on, during `start` too. The result stops it. */
  onChange(listener: ChangeListener<T>): () => void {
    return this.#cache.onChange(listener)
  }

  stop(): void {
    this.#abort?.abort()
    this.#abort = null
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const waitMs = this.#followFrom === '' ? await this.#list(signal) : await this.#follow(signal)
      if (waitMs > 0) await this.#pause(waitMs, signal)
    }
  }

  /** Reads everything. The result is 0, or how long to wait before it is tried again. */
  async #list(signal: AbortSignal): Promise<number> {
    const { client, path, pageSize } = this.#options
    try {
      const pages = pageSize === undefined ? {} : { pageSize }
      const list = await client.list<T>(path, { ...this.#selectors(), ...pages })
      if (signal.aborted) return 0
      if (this.#isAbsent) this.#log.info('the cluster knows this kind now', { path })
      this.#isAbsent = false
      this.#contacted()
      this.#cache.replace(list)
      this.#followFrom = list.metadata.resourceVersion
      this.#relistAtMs = this.#clock.nowMs() + (this.#options.resyncMs ?? RESYNC_MS) * (0.9 + this.#random() / 5)
      return 0
    } catch (error) {
      if (signal.aborted) return 0
      if (isApiFailure(error, 'not_found') && this.#options.isOptional === true) return this.#absent()
      return this.#refused(error)
    }
  }

  /** Follows until the connection ends. The result is how long to wait before it is made again. */
  async #follow(signal: AbortSignal): Promise<number> {
    const { client, path } = this.#options
    const startedAtMs = this.#clock.nowMs()
    let told = 0
    try {
      const query = {
        ...this.#selectors(),
        resourceVersion: this.#followFrom,
        allowWatchBookmarks: true,
        timeoutSeconds: Math.round((WATCH_MS_MIN * (1 + this.#random())) / 1_000),
      }
      const answer = await client.watch(path, query, signal)
      for await (const event of watchEvents<T>(answer, SILENCE_MS_MAX, this.#clock)) {
        if (signal.aborted) return 0
        if (event.type === 'ERROR') throw new ApiFailure(`watch of ${path}`, event.object.code ?? 500, event.object)
        this.#contacted()
        if (!this.#cache.take(event.type, event.object)) return this.#distrust(event.object)
        this.#followFrom = this.#cache.version
        if (event.type !== 'BOOKMARK') told++
      }
    } catch (error) {
      if (signal.aborted) return 0
      if (isApiFailure(error, 'gone')) this.#followFrom = ''
      else if (isApiFailure(error, 'not_found')) this.#followFrom = ''
      else if (error instanceof ApiFailure) return this.#refused(error)
    }
    const nowMs = this.#clock.nowMs()
    if (nowMs >= this.#relistAtMs) this.#followFrom = ''
    if (told > 0 || nowMs - startedAtMs >= WATCH_GOOD_MS) this.#backoff.reset()
    else return this.#backoff.nextMs()
    return 0
  }

  #distrust(object: KubernetesObject): number {
    this.#log.warn('the API server told a change out of turn; everything is read again', {
      path: this.#options.path,
      object: object.metadata.name,
    })
    this.#followFrom = ''
    return this.#backoff.nextMs()
  }

  #contacted(): void {
    this.#contactAtMs = this.#clock.nowMs()
    this.#absentSinceMs = null
    this.#isListed = true
    if (this.#refusedSinceMs !== null) this.#log.info('can be read again', { path: this.#options.path })
    this.#refusedSinceMs = null
  }

  /** When a kind is removed its objects go first, by events; one that vanishes with its objects is not believed at once. */
  #absent(): number {
    const nowMs = this.#clock.nowMs()
    this.#absentSinceMs ??= nowMs
    if (this.#cache.size > 0 && nowMs - this.#absentSinceMs < ABSENT_SURE_MS) return this.#backoff.nextMs()
    if (!this.#isAbsent) {
      this.#log.info('the cluster does not know this kind; there are none until it does', { path: this.#options.path })
      this.#isAbsent = true
    }
    this.#contactAtMs = nowMs
    this.#isListed = true
    this.#cache.clear()
    return ABSENT_MS * (1 - this.#random() / 2)
  }

  #refused(error: unknown): number {
    const isPassing = !(error instanceof Failure) || (error instanceof ApiFailure && error.isPassing)
    if (!isPassing) {
      const nowMs = this.#clock.nowMs()
      // Told once; a server that is away is told by the client, for all.
      if (this.#refusedSinceMs === null) {
        this.#log.warn('cannot be read; what was read before stays in force', {
          path: this.#options.path,
          error: describeError(error),
        })
        this.#refusedSinceMs = nowMs
      }
      if (!this.#isListed && nowMs - this.#refusedSinceMs >= REFUSED_MS_MAX) throw error
    }
    const askedMs = error instanceof ApiFailure ? error.retryAfterMs : 0
    return Math.max(this.#backoff.nextMs(), Math.min(askedMs, 30_000))
  }

  #selectors(): { labelSelector?: string; fieldSelector?: string } {
    const { labelSelector, fieldSelector } = this.#options
    return {
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
    }
  }

  async #pause(waitMs: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = (): void => resolve()
    signal.addEventListener('abort', stop)
    await Promise.race([this.#clock.sleepUntil(this.#clock.nowMs() + waitMs), promise])
    signal.removeEventListener('abort', stop)
  }
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** Both say again, at greater length, what the object says. */
function withoutBookkeeping<T extends KubernetesObject>(object: T): T {
  const { managedFields: _fields, annotations, ...metadata } = object.metadata
  if (annotations === undefined) return { ...object, metadata }
  const { [LAST_APPLIED]: _applied, ...kept } = annotations
  return { ...object, metadata: { ...metadata, annotations: kept } }
}
