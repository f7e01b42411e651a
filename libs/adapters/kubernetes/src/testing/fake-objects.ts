import { objectKey, type KubernetesObject } from '../object.ts'
import type { FakeKind } from './fake-kinds.ts'
import { FieldOwners } from './field-owners.ts'

export interface FakeEvent {
  readonly version: number
  readonly kind: FakeKind
  /** Null: it was not there. */
  readonly before: KubernetesObject | null
  readonly after: KubernetesObject | null
}

/** The objects of a fake API server with their versions and what happened to them; no HTTP. */
export class FakeObjects {
  readonly #objects = new Map<FakeKind, Map<string, { object: KubernetesObject; owners: FieldOwners }>>()
  readonly #listeners = new Set<(event: FakeEvent) => void>()
  #events: FakeEvent[] = []
  #uids = 0
  version = 100
  /** What is older is forgotten. */
  compactedAt = 0

  get(kind: FakeKind, key: string): KubernetesObject | null {
    return this.#of(kind).get(key)?.object ?? null
  }

  owners(kind: FakeKind, key: string): FieldOwners {
    return this.#of(kind).get(key)?.owners ?? new FieldOwners()
  }

  /** In the order of etcd's keys. */
  list(kind: FakeKind): KubernetesObject[] {
    return [...this.#of(kind)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { object }]) => object)
  }

  events(since: number): FakeEvent[] {
    return this.#events.filter(({ version }) => version > since)
  }

  onEvent(listener: (event: FakeEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  compact(): void {
    this.compactedAt = this.version
    this.#events = []
  }

  /** Creates or replaces, whatever versions say; the spec's generation grows when it differs. */
  put(kind: FakeKind, given: KubernetesObject, owners: FieldOwners): KubernetesObject {
    const key = objectKey(given)
    const before = this.get(kind, key)
    const version = ++this.version
    const specOf = (object: KubernetesObject): string => JSON.stringify({ ...object, metadata: 0, status: 0 })
    const generation =
      before === null ? 1 : (before.metadata.generation ?? 1) + (specOf(before) === specOf(given) ? 0 : 1)
    const object: KubernetesObject = {
      ...given,
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: {
        ...given.metadata,
        uid: before?.metadata.uid ?? `uid-${++this.#uids}`,
        creationTimestamp: before?.metadata.creationTimestamp ?? '2026-11-22T10:00:00Z',
        generation,
        resourceVersion: String(version),
      },
    }
    this.#of(kind).set(key, { object, owners })
    this.#happened({ version, kind, before, after: object })
    return object
  }

  remove(kind: FakeKind, key: string): KubernetesObject | null {
    const before = this.get(kind, key)
    if (before === null) return null
    const version = ++this.version
    this.#of(kind).delete(key)
    const last = { ...before, metadata: { ...before.metadata, resourceVersion: String(version) } }
    this.#happened({ version, kind, before: last, after: null })
    return last
  }

  kinds(): FakeKind[] {
    return [...this.#objects.keys()]
  }

  #of(kind: FakeKind): Map<string, { object: KubernetesObject; owners: FieldOwners }> {
    let objects = this.#objects.get(kind)
    if (objects === undefined) this.#objects.set(kind, (objects = new Map()))
    return objects
  }

  #happened(event: FakeEvent): void {
    this.#events.push(event)
    for (const listener of this.#listeners) listener(event)
  }
}
