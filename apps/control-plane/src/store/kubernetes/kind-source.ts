import { Failure } from '@weft/faults'
import { Informer, type KubernetesClient, type KubernetesObject, keyOf, resourcePath } from '@weft/kubernetes'
import type { KindEntry } from '@weft/resources'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random, Timer } from '@weft/time'
import { findServed } from './served-version.ts'

export type KindListener = (key: string, object: KubernetesObject | null) => void

/** How soon a kind is noticed that the cluster learns to know. */
const LOOK_MS = 10_000
/** The same while starting waits for it. */
const WAIT_MS = 1_000

/**
 * The objects of one kind, in whatever version the cluster serves it; none while it knows the kind in no version that we
 * read, which is told once and looked after.
 */
export class KindSource {
  readonly entry: KindEntry
  readonly #client: KubernetesClient
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Logger
  readonly #listener: KindListener
  #informer: Informer | null = null
  #starting: Informer | null = null
  #apiVersion = ''
  #why = ''
  #timer: Timer | null = null
  #isStopped = false

  constructor(
    entry: KindEntry,
    client: KubernetesClient,
    listener: KindListener,
    clock: Clock,
    random: Random,
    log: Logger,
  ) {
    this.entry = entry
    this.#client = client
    this.#listener = listener
    this.#clock = clock
    this.#random = random
    this.#log = log
  }

  /**
   * Resolves when its objects are known, or that there is no such kind; a kind of ours is waited for, since without it nobody
   * knows which policies there are. Faults: of the Informer; Failure `stopped`.
   */
  async start(): Promise<void> {
    for (;;) {
      const { apiVersion, why } = await findServed(this.#client, this.entry)
      if (apiVersion !== this.#apiVersion) await this.#follow(apiVersion)
      this.#tell(apiVersion, why)
      if (apiVersion !== '' || !this.#isOurs) break
      if (this.#isStopped) throw new Failure('stopped', `${this.entry.kind}: stopped before it was served`)
      await this.#clock.sleepUntil(this.#clock.nowMs() + WAIT_MS)
    }
    this.#lookLater()
  }

  get #isOurs(): boolean {
    return this.entry.apiVersions[0]!.startsWith('weft.dev/')
  }

  /** Once when it is waited for, once when it is there. What else is missing the store tells, in one line for all. */
  #tell(apiVersion: string, why: string): void {
    const { kind } = this.entry
    if (why !== '' && this.#why === '' && this.#isOurs) this.#log.warn('waiting for a kind of ours', { kind, why })
    if (why === '' && this.#why !== '') this.#log.info('a kind is served now', { kind, apiVersion })
    this.#why = why
  }

  /** '' while the cluster does not serve it. */
  get apiVersion(): string {
    return this.#informer?.isServed === true ? this.#apiVersion : ''
  }

  /** Why it is not served, '' when it is. */
  get why(): string {
    return this.#why
  }

  get version(): string {
    return this.#informer?.resourceVersion ?? ''
  }

  get(namespace: string, name: string): KubernetesObject | null {
    return this.#informer?.get(namespace, name) ?? null
  }

  list(): readonly KubernetesObject[] {
    return this.#informer?.list() ?? []
  }

  /** Path of one object, or of all of a namespace. Faults: Failure `unsupported` when the cluster does not serve the kind. */
  path(namespace: string, name = ''): string {
    const { entry, apiVersion } = this
    if (apiVersion === '') {
      const why = this.#why === '' ? '' : `: ${this.#why}`
      throw new Failure(
        'unsupported',
        `this cluster does not serve ${entry.kind}${why}; install its CustomResourceDefinition`,
      )
    }
    return resourcePath(apiVersion, entry.plural, namespace, name)
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
    this.#starting?.stop()
    this.#informer?.stop()
  }

  /** Changes nothing when it fails: then nothing is known, and not that there is nothing. */
  async #follow(apiVersion: string): Promise<void> {
    const former = this.#informer
    const informer = apiVersion === '' ? null : this.#informerOf(apiVersion)
    this.#starting = informer
    await informer?.start()
    this.#starting = null
    former?.stop()
    this.#apiVersion = apiVersion
    this.#informer = informer
    if (this.#isStopped) return informer?.stop()
    this.#forget(former, informer?.list() ?? [])
    for (const object of informer?.list() ?? []) this.#listener(this.#keyOf(object), object)
    informer?.onChange(this.#listener)
  }

  #informerOf(apiVersion: string): Informer {
    const path = resourcePath(apiVersion, this.entry.plural)
    return new Informer({ client: this.#client, path, isOptional: true }, this.#clock, this.#random, this.#log)
  }

  #forget(former: Informer | null, present: readonly KubernetesObject[]): void {
    const kept = new Set(present.map((object) => this.#keyOf(object)))
    for (const object of former?.list() ?? []) {
      const key = this.#keyOf(object)
      if (!kept.has(key)) this.#listener(key, null)
    }
  }

  #keyOf({ metadata }: KubernetesObject): string {
    return keyOf(metadata.namespace ?? '', metadata.name)
  }

  /** While it is not served, or no longer as it was. */
  #lookLater(): void {
    if (this.#isStopped) return
    this.#timer = this.#clock.after(LOOK_MS * (1 - this.#random() / 4), () => {
      if (this.#informer?.isServed === true) return this.#lookLater()
      if (this.#informer !== null) this.#apiVersion = ''
      // A server that is away says nothing about the kind.
      this.start().catch(() => this.#lookLater())
    })
  }
}
