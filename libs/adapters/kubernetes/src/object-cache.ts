import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import { objectKey, type KubernetesObject, type ObjectList, versionNumber } from './object.ts'

/** `object` is null when it is gone. */
export type ChangeListener<T> = (key: string, object: T | null) => void

/** What is known of the objects of one kind; tells each change once. The rules of order are here, connections are not. */
export class ObjectCache<T extends KubernetesObject> {
  readonly #keep: (object: T) => T
  readonly #objectsMax: number
  readonly #path: string
  readonly #log: Logger
  readonly #objects = new Map<string, T>()
  readonly #listeners = new Set<ChangeListener<T>>()
  #isFull = false
  #version = ''

  constructor(keep: (object: T) => T, objectsMax: number, path: string, log: Logger) {
    this.#keep = keep
    this.#objectsMax = objectsMax
    this.#path = path
    this.#log = log
  }

  /** The latest version told. */
  get version(): string {
    return this.#version
  }

  get size(): number {
    return this.#objects.size
  }

  get(key: string): T | null {
    return this.#objects.get(key) ?? null
  }

  list(): T[] {
    return [...this.#objects.values()]
  }

  onChange(listener: ChangeListener<T>): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes a whole list: tells what differs. What is gone first, so that two never seem to hold one address. */
  replace(list: ObjectList<T>): void {
    const kind = list.kind?.replace(/List$/, '')
    const listed = new Map(list.items.map((item) => [objectKey(item), item]))
    this.#version = list.metadata.resourceVersion
    for (const [key, known] of this.#objects) {
      const item = listed.get(key)
      if (item === undefined || item.metadata.uid !== known.metadata.uid) this.#forget(key)
    }
    for (const [key, item] of listed) {
      if (this.#objects.get(key)?.metadata.resourceVersion === item.metadata.resourceVersion) continue
      const named = item.kind === undefined ? { apiVersion: list.apiVersion, kind, ...item } : item
      this.#put(key, named)
    }
  }

  clear(): void {
    for (const key of [...this.#objects.keys()]) this.#forget(key)
  }

  /**
   * Takes one event. One that was told before is passed over.
   * False when it is out of turn, so that something may have been missed: the caller must list.
   */
  take(type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK', object: T): boolean {
    const { resourceVersion = '' } = object.metadata
    const [now, last] = [versionNumber(resourceVersion), versionNumber(this.#version)]
    const isOrdered = now > last || now === 0 || last === 0
    if (type === 'BOOKMARK') {
      if (!isOrdered) return now === last
      this.#version = resourceVersion
      return true
    }
    const key = objectKey(object)
    const known = this.#objects.get(key)
    if (!isOrdered) return this.#isRepeat(type, object, known)
    this.#version = resourceVersion
    if (type === 'DELETED') {
      if (known !== undefined) this.#forget(key)
      return true
    }
    if (known !== undefined && known.metadata.uid !== object.metadata.uid) this.#forget(key)
    else if (known?.metadata.resourceVersion === resourceVersion) return true
    this.#put(key, object)
    return true
  }

  /** Whether an old event says nothing new: what is known is at least as new. */
  #isRepeat(type: string, object: T, known: T | undefined): boolean {
    if (known === undefined) return type === 'DELETED'
    const isNewer = versionNumber(known.metadata.resourceVersion) >= versionNumber(object.metadata.resourceVersion)
    return type === 'DELETED' ? isNewer && known.metadata.uid !== object.metadata.uid : isNewer
  }

  #put(key: string, object: T): void {
    if (this.#objects.size >= this.#objectsMax && !this.#objects.has(key)) {
      if (!this.#isFull) {
        const fields = { path: this.#path, objectsMax: this.#objectsMax }
        this.#log.error('too many objects; those beyond the limit are not seen', fields)
      }
      this.#isFull = true
      return
    }
    const kept = this.#keep(object)
    this.#objects.set(key, kept)
    this.#tell(key, kept)
  }

  #forget(key: string): void {
    this.#objects.delete(key)
    this.#tell(key, null)
  }

  /** One object that a listener can't bear must not keep all others from being told. */
  #tell(key: string, object: T | null): void {
    for (const listener of this.#listeners) {
      try {
        listener(key, object)
      } catch (error) {
        const fields = { path: this.#path, object: key, error: describeError(error) }
        this.#log.error('bug: an object could not be taken in; the others are', fields)
      }
    }
  }
}
