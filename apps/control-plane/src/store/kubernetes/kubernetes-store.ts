import { describeError, Failure } from '@weft/faults'
import { type KubernetesClient, type KubernetesObject, patiently, versionNumber } from '@weft/kubernetes'
import { kindTable, resourceId, type KindEntry, type Resource, storedKinds, type StoredKind } from '@weft/resources'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random } from '@weft/time'
import type { ApplyResult, ResourceRef, ResourceStore, ResourceVersion } from '../resource-store.ts'
import { applyAll, type Applied, Overtaken, planAll, type Wanted } from './apply-all.ts'
import { History } from './history.ts'
import { KindSource } from './kind-source.ts'
import { Numbers } from './numbers.ts'
import { objectOf, readObject } from './object-form.ts'
import { ReadObjects, type Rejected } from './read-objects.ts'

export interface KubernetesStoreOptions {
  /** Of the mesh, for history and numbers. */
  readonly namespace: string
}

/** How long a change that was made may take to come back in a watch. */
const SEEN_MS = 5_000
/** How often a change is tried when others change the same at the same time. */
const ATTEMPTS_MAX = 5

/**
 * The store on a cluster: the objects of the API server. Whatever changes them changes the mesh, `weft apply` and kubectl
 * alike. Reading is from memory and goes on while the server is away. `revision` is the greatest resourceVersion seen of
 * all kinds, numbers of one etcd, so that replicas agree.
 *
 * What `apply` of several guarantees is said at applyAll. An object that is no resource of ours is left out of `list` and
 * found in `rejected`.
 */
export class KubernetesStore implements ResourceStore {
  readonly #client: KubernetesClient
  readonly #clock: Clock
  readonly #log: Logger
  readonly #history: History
  readonly #numbers: Numbers
  readonly #sources: ReadonlyMap<StoredKind, KindSource>
  readonly #objects: ReadObjects
  readonly #listeners = new Set<(revision: number) => void>()
  readonly #waiters = new Set<() => void>()
  readonly #objectListeners = new Set<() => void>()
  #revision = 1
  #isTelling = false
  #isChanged = false
  #isClosed = false

  constructor(
    client: KubernetesClient,
    { namespace }: KubernetesStoreOptions,
    clock: Clock,
    random: Random,
    log: Logger,
  ) {
    this.#client = client
    this.#clock = clock
    this.#log = log
    this.#history = new History(client, namespace, clock, log)
    this.#numbers = new Numbers(client, namespace)
    this.#objects = new ReadObjects(log)
    this.#sources = new Map(
      storedKinds.map((kind) => {
        const listener = (key: string, object: KubernetesObject | null): void => this.#changed(kind, key, object)
        return [kind, new KindSource(kindTable[kind] as KindEntry, client, listener, clock, random, log)]
      }),
    )
  }

  /** Resolves when all there is has been read; waits for an API server that is away. Faults: ApiFailure when it refuses. */
  async start(): Promise<void> {
    const start = (source: KindSource): Promise<void> =>
      patiently(
        () => source.start(),
        this.#clock,
        this.#log,
        () => this.#isClosed,
      )
    await Promise.all([...this.#sources.values()].map(start))
    for (const source of this.#sources.values()) this.#revise(source.version)
    const unserved = this.unserved()
    if (unserved.length === 0) return
    this.#log.warn('this cluster does not serve some kinds; they have no effect until it does', {
      kinds: unserved.map(({ kind }) => kind).join(', '),
      why: unserved.map(({ why }) => why).join('; '),
    })
  }

  get revision(): number {
    return this.#revision
  }

  /** The same array while nothing changes. */
  async list(): Promise<readonly Resource[]> {
    return this.#objects.list()
  }

  async get(ref: ResourceRef): Promise<Resource | null> {
    return this.#objects.get(idOf(ref))
  }

  /** Objects of the kinds of a mesh that are not resources. */
  rejected(): readonly Rejected[] {
    return this.#objects.rejected()
  }

  /** Kinds that the cluster does not serve in a version that is read, and why. */
  unserved(): { readonly kind: StoredKind; readonly why: string }[] {
    return [...this.#sources].flatMap(([kind, { why }]) => (why === '' ? [] : [{ kind, why }]))
  }

  /** The objects of a kind as they are stored, status and all. */
  objects(kind: StoredKind): readonly KubernetesObject[] {
    return this.#sources.get(kind)?.list() ?? []
  }

  /** Calls `listener` when any object changed, be it in its status alone. The result stops it. */
  watchObjects(listener: () => void): () => void {
    this.#objectListeners.add(listener)
    return () => this.#objectListeners.delete(listener)
  }

  /** The object as it is stored, status and all; null when there is none. */
  object(kind: StoredKind, namespace: string, name: string): KubernetesObject | null {
    return this.#sources.get(kind)?.get(namespace, name) ?? null
  }

  /** Path of an object. Faults: Failure `unsupported` when the cluster does not serve its kind. */
  path({ kind, namespace, name }: ResourceRef): string {
    return this.#source(kind).path(namespace, name)
  }

  async apply(resources: readonly Resource[], author: string): Promise<ApplyResult> {
    const applied = await this.#guard(() => this.#applyAll(resources))
    const changed = applied.filter(({ outcome }) => outcome !== 'unchanged')
    await Promise.all(
      changed.map(async ({ wanted, after }) => {
        const resource = resources.find((one) => resourceId(one) === wanted.id)!
        const ref = refOf(resource)
        const version = versionNumber(after.metadata.resourceVersion)
        await this.#history.record(ref, readObject(after)?.resource ?? resource, version, author)
        await this.#seen(() => this.#isAt(ref, version))
      }),
    )
    return { revision: this.#revision, outcomes: outcomesOf(applied) }
  }

  async dryRun(resources: readonly Resource[]): Promise<ApplyResult> {
    return { revision: this.#revision, outcomes: outcomesOf(await this.#guard(() => this.#plan(resources))) }
  }

  async remove(ref: ResourceRef, author: string): Promise<number | null> {
    const { uid } = this.object(ref.kind, ref.namespace, ref.name)?.metadata ?? {}
    const isRemoved = await this.#guard(() => this.#client.remove(this.path(ref)))
    if (!isRemoved) return null
    // Finalizers of others may keep it for a while: then its end comes later, as any change of others does.
    await this.#seen(() => this.object(ref.kind, ref.namespace, ref.name)?.metadata.uid !== uid)
    await this.#history.record(ref, null, this.#revision, author)
    return this.#revision
  }

  async history(ref: ResourceRef, limit: number): Promise<readonly ResourceVersion[]> {
    return this.#guard(() => this.#history.of(ref, limit))
  }

  async numberOf(key: string, max: number): Promise<number> {
    return this.#guard(() => this.#numbers.numberOf(key, max))
  }

  watch(listener: (revision: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#isClosed = true
    for (const source of this.#sources.values()) source.stop()
  }

  /** Whoever comes last wins, unless a version was asked for. */
  async #applyAll(resources: readonly Resource[]): Promise<Applied[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await applyAll(this.#client, await this.#plan(resources))
      } catch (error) {
        if (!(error instanceof Overtaken) || attempt === ATTEMPTS_MAX) throw error
      }
    }
  }

  async #plan(resources: readonly Resource[]): Promise<Applied[]> {
    const wanted = resources.map((resource): Wanted => {
      const ref = refOf(resource)
      const source = this.#source(ref.kind)
      const path = source.path(ref.namespace, ref.name)
      const object = objectOf(resource, source.apiVersion)
      return { id: resourceId(resource), path, object, readVersion: resource.metadata.resourceVersion ?? '' }
    })
    return planAll(this.#client, wanted)
  }

  #source(kind: StoredKind): KindSource {
    const source = this.#sources.get(kind)
    if (source === undefined) throw new Failure('unsupported', `a mesh keeps no ${kind}`)
    return source
  }

  #changed(kind: StoredKind, key: string, object: KubernetesObject | null): void {
    // Conditions are written by ourselves too: they are no change of the configuration.
    const isChange = this.#objects.take(`${kind}/${key}`, object)
    if (isChange) {
      this.#revise(this.#sources.get(kind)?.version ?? '')
      this.#revise(object?.metadata.resourceVersion ?? '')
    }
    this.#tellSoon(isChange)
  }

  #revise(version: string): void {
    this.#revision = Math.max(this.#revision, versionNumber(version))
  }

  /** After everything that comes together has been taken in. */
  #tellSoon(isChange: boolean): void {
    this.#isChanged ||= isChange
    if (this.#isTelling) return
    this.#isTelling = true
    queueMicrotask(() => {
      const isChanged = this.#isChanged
      this.#isTelling = false
      this.#isChanged = false
      for (const waiter of [...this.#waiters]) waiter()
      for (const listener of this.#objectListeners) listener()
      if (isChanged) for (const listener of this.#listeners) listener(this.#revision)
    })
  }

  #isAt({ kind, namespace, name }: ResourceRef, version: number): boolean {
    const source = this.#source(kind)
    const known = versionNumber(source.get(namespace, name)?.metadata.resourceVersion)
    return Math.max(known, versionNumber(source.version)) >= version
  }

  /** Waits until what was written here has come back, so that who wrote it reads it. */
  async #seen(isSeen: () => boolean): Promise<void> {
    if (isSeen()) return
    await new Promise<void>((resolve) => {
      const done = (): void => {
        timer.cancel()
        this.#waiters.delete(look)
        resolve()
      }
      const look = (): void => {
        if (isSeen()) done()
      }
      const timer = this.#clock.after(SEEN_MS, done)
      this.#waiters.add(look)
    })
  }

  async #guard<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (error) {
      if (error instanceof Failure) throw error
      throw new Failure('store_failed', `cannot use the API server: ${describeError(error)}`, error)
    }
  }
}

function refOf({ kind, metadata: { namespace, name } }: Resource): ResourceRef {
  return { kind, namespace, name }
}

function idOf({ kind, namespace, name }: ResourceRef): string {
  return `${kind}/${namespace}/${name}`
}

function outcomesOf(applied: readonly Applied[]): ApplyResult['outcomes'] {
  return applied.map(({ outcome }) => outcome)
}
