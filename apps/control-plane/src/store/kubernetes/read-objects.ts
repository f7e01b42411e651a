import type { KubernetesObject } from '@weft/kubernetes'
import type { Resource } from '@weft/resources'
import type { Logger } from '@weft/telemetry'
import { readObject, type ReadObject } from './object-form.ts'

/** An object that can't be used, and why. */
export interface Rejected {
  readonly object: KubernetesObject
  readonly problem: string
}

/** The objects of a cluster as resources, by `Kind/namespace/name`; and those that are none. */
export class ReadObjects {
  readonly #log: Logger
  readonly #resources = new Map<string, Resource>()
  readonly #rejected = new Map<string, Rejected>()
  #listed: readonly Resource[] | null = null

  constructor(log: Logger) {
    this.#log = log
  }

  /** In the order of their ids. The same array while nothing changes. */
  list(): readonly Resource[] {
    this.#listed ??= [...this.#resources].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => resource)
    return this.#listed
  }

  get(id: string): Resource | null {
    return this.#resources.get(id) ?? null
  }

  rejected(): readonly Rejected[] {
    return [...this.#rejected.values()]
  }

  /** Takes an object as it is now, null when it is gone. False when that says nothing new, as when only its status changed. */
  take(id: string, object: KubernetesObject | null): boolean {
    const read = object === null ? null : readObject(object)
    const [before, after] = [this.get(id), read?.resource ?? null]
    if (after === null) this.#resources.delete(id)
    else this.#resources.set(id, after)
    if (read !== null && read.problem !== '') this.#reject(id, object!, read)
    else this.#rejected.delete(id)
    this.#listed = null
    return !isSameContent(before, after)
  }

  #reject(id: string, object: KubernetesObject, { resource, problem }: NonNullable<ReadObject>): void {
    const known = this.#rejected.get(id)
    this.#rejected.set(id, { object, problem })
    if (known?.problem === problem) return
    const effect = resource === null ? 'has no effect' : 'refuses what it is about'
    this.#log.warn(`a resource is malformed and ${effect}`, { resource: id, problem })
  }
}

/** Whether two versions of a resource mean the same: all but the number of the version. */
function isSameContent(a: Resource | null, b: Resource | null): boolean {
  const content = (resource: Resource | null): string =>
    JSON.stringify(resource, (key, value: unknown) => (key === 'resourceVersion' ? undefined : value))
  return content(a) === content(b)
}
