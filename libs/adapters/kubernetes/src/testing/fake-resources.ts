import { keyOf, type KubernetesObject } from '../object.ts'
import type { FakeKind } from './fake-kinds.ts'
import { FakeObjects } from './fake-objects.ts'
import { FakeRefusal } from './fake-refusal.ts'

/** What a request is about. */
export interface FakeTarget {
  readonly kind: FakeKind
  readonly namespace: string
  readonly name: string
  readonly subresource: string
}

export interface FakeWrite {
  readonly manager: string
  readonly isDryRun: boolean
  readonly isForced: boolean
}

/** Changes an object before it is stored, or refuses it with a FakeRefusal. */
export type FakeAdmission = (
  kind: FakeKind,
  object: KubernetesObject,
  before: KubernetesObject | null,
) => KubernetesObject

type WithStatus = KubernetesObject & { readonly status?: unknown }

/** What the verbs of the API do to the objects of a fake API server. */
export class FakeResources {
  readonly objects = new FakeObjects()
  readonly admissions: FakeAdmission[] = []
  #names = 0

  create({ kind, namespace }: FakeTarget, given: KubernetesObject, write: FakeWrite): KubernetesObject {
    const { generateName } = given.metadata as { generateName?: string }
    const name = given.metadata.name ?? `${generateName ?? ''}${(++this.#names).toString(36).padStart(5, '0')}`
    const key = keyOf(kind.isNamespaced ? namespace : '', name)
    if (this.objects.get(kind, key) !== null) {
      throw new FakeRefusal(409, 'AlreadyExists', `${kind.plural} "${name}" already exists`)
    }
    const metadata = { ...given.metadata, name, ...(kind.isNamespaced ? { namespace } : {}) }
    const { status: _dropped, ...rest } = { ...given, metadata } as WithStatus
    return this.#store(kind, key, (kind.hasStatus ? rest : { ...given, metadata }) as KubernetesObject, write)
  }

  replace(target: FakeTarget, given: KubernetesObject, write: FakeWrite): KubernetesObject {
    const before = this.found(target)
    const asked = given.metadata.resourceVersion
    if (asked !== undefined && asked !== '' && asked !== before.metadata.resourceVersion) {
      throw new FakeRefusal(
        409,
        'Conflict',
        `Operation cannot be fulfilled on ${target.kind.plural} "${target.name}": the object has been modified`,
      )
    }
    if (given.metadata.uid !== undefined && given.metadata.uid !== before.metadata.uid) {
      throw new FakeRefusal(409, 'Conflict', `Precondition failed: UID of ${target.name}`)
    }
    return this.#store(target.kind, keyOfTarget(target), this.#within(target, before, given), write)
  }

  patch(target: FakeTarget, patch: unknown, write: FakeWrite): KubernetesObject {
    const before = this.found(target)
    return this.replace(target, mergePatch(before, patch) as KubernetesObject, write)
  }

  apply(target: FakeTarget, given: KubernetesObject, write: FakeWrite): KubernetesObject {
    const { kind, namespace, name } = target
    const key = keyOfTarget(target)
    const before = this.objects.get(kind, key)
    if (before === null && target.subresource !== '') throw this.#missing(target)
    const { resourceVersion } = given.metadata
    if (resourceVersion !== undefined && resourceVersion !== before?.metadata.resourceVersion) {
      throw new FakeRefusal(409, 'Conflict', `cannot apply ${kind.plural} "${name}": the object has been modified`)
    }
    const metadata = { name, ...(kind.isNamespaced ? { namespace } : {}) }
    const start = before ?? ({ apiVersion: kind.apiVersion, kind: kind.kind, metadata } as KubernetesObject)
    const owners = this.objects.owners(kind, key)
    const conflicts = owners.conflicts(start, given, write.manager)
    if (conflicts.length > 0 && !write.isForced) {
      const causes = conflicts.map((path) => ({
        field: `.${(JSON.parse(path) as string[]).join('.')}`,
        message: 'conflict',
      }))
      throw new FakeRefusal(409, 'Conflict', `Apply failed with ${conflicts.length} conflicts`, causes)
    }
    const scratch = write.isDryRun ? owners.copy() : owners
    const merged = scratch.applied(start as never, given as never, write.manager) as unknown as KubernetesObject
    const wanted = this.#admitted(kind, this.#within(target, start, merged), before)
    if (before !== null && same(wanted, before)) return before
    if (write.isDryRun) return wanted
    return this.objects.put(kind, wanted, owners)
  }

  remove(target: FakeTarget, resourceVersion: string | undefined, write: FakeWrite): KubernetesObject {
    const before = this.found(target)
    if (resourceVersion !== undefined && resourceVersion !== before.metadata.resourceVersion) {
      throw new FakeRefusal(409, 'Conflict', `Precondition failed: ResourceVersion of ${target.name}`)
    }
    if (write.isDryRun) return before
    if ((before.metadata.finalizers ?? []).length > 0) {
      const metadata = { ...before.metadata, deletionTimestamp: '2026-11-22T10:00:00Z' }
      return this.objects.put(
        target.kind,
        { ...before, metadata },
        this.objects.owners(target.kind, keyOfTarget(target)),
      )
    }
    this.objects.remove(target.kind, keyOfTarget(target))
    if (target.kind.kind === 'Namespace') this.#removeAllIn(target.name)
    return before
  }

  found(target: FakeTarget): KubernetesObject {
    const object = this.objects.get(target.kind, keyOfTarget(target))
    if (object === null) throw this.#missing(target)
    return object
  }

  /** Everything in a namespace goes with it. */
  #removeAllIn(namespace: string): void {
    for (const kind of this.objects.kinds()) {
      for (const { metadata } of this.objects.list(kind)) {
        if (metadata.namespace === namespace) this.objects.remove(kind, keyOf(namespace, metadata.name))
      }
    }
  }

  #missing({ kind, name }: FakeTarget): FakeRefusal {
    return new FakeRefusal(404, 'NotFound', `${kind.plural} "${name}" not found`)
  }

  /** A write of the status leaves the rest alone, and the reverse. */
  #within(target: FakeTarget, before: KubernetesObject, given: KubernetesObject): KubernetesObject {
    if (!target.kind.hasStatus) return given
    const { status } = (target.subresource === 'status' ? given : before) as WithStatus
    const { status: _dropped, ...rest } = (target.subresource === 'status' ? before : given) as WithStatus
    return (status === undefined ? rest : { ...rest, status }) as KubernetesObject
  }

  #admitted(kind: FakeKind, object: KubernetesObject, before: KubernetesObject | null): KubernetesObject {
    return this.admissions.reduce((admitted, admission) => admission(kind, admitted, before), object)
  }

  #store(kind: FakeKind, key: string, given: KubernetesObject, write: FakeWrite): KubernetesObject {
    const before = this.objects.get(kind, key)
    const object = this.#admitted(kind, given, before)
    if (before !== null && same(object, before)) return before
    if (write.isDryRun) return object
    const owners = this.objects.owners(kind, key)
    owners.updated(before ?? {}, object, write.manager)
    const stored = this.objects.put(kind, object, owners)
    const isOver = stored.metadata.deletionTimestamp !== undefined && (stored.metadata.finalizers ?? []).length === 0
    if (isOver && kind.kind !== 'Pod') this.objects.remove(kind, key)
    return stored
  }
}

export function keyOfTarget({ kind, namespace, name }: FakeTarget): string {
  return keyOf(kind.isNamespaced ? namespace : '', name)
}

/** Source: RFC 7386. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch
  const result = {
    ...(target !== null && typeof target === 'object' && !Array.isArray(target) ? target : {}),
  } as Record<string, unknown>
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name]
    else result[name] = mergePatch(result[name], value)
  }
  return result
}

/** Whether a write changes nothing: no new version then, as with the real one. */
function same(a: KubernetesObject, b: KubernetesObject): boolean {
  const sorted = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([x], [y]) => (x < y ? -1 : 1))
            .map(([k, v]) => [k, sorted(v)]),
        )
      : Array.isArray(value)
        ? value.map(sorted)
        : value
  const content = ({ metadata, ...rest }: KubernetesObject): string => {
    const { resourceVersion: _v, generation: _g, uid: _u, creationTimestamp: _c, ...kept } = metadata
    return JSON.stringify(sorted({ ...rest, apiVersion: 0, kind: 0, metadata: kept }))
  }
  return content(a) === content(b)
}
