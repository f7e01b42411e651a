/** The part of `metadata` that is relied on. */
export interface ObjectMeta {
  readonly name: string
  /** Absent for what belongs to no namespace. */
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly generation?: number
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly finalizers?: readonly string[]
  readonly ownerReferences?: readonly OwnerReference[]
  readonly managedFields?: readonly unknown[]
}

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
}

/** Any object of the API as it is on the wire: times are text, unknown fields are kept. */
export interface KubernetesObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
}

export interface ObjectList<T extends KubernetesObject = KubernetesObject> {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string }
  readonly items: readonly T[]
}

/** An entry of `status.conditions`. */
export interface Condition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
  readonly lastTransitionTime: string
  readonly observedGeneration?: number
}

/** `namespace/name`, or `name` for what belongs to no namespace: unique among the objects of one kind. */
export function objectKey(object: KubernetesObject): string {
  return keyOf(object.metadata.namespace ?? '', object.metadata.name)
}

export function keyOf(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`
}

/**
 * Where the API server serves a kind: `resourcePath('v1', 'pods')` all of them, with a namespace those in it, with a
 * name one object. `namespace` '' for all namespaces and for kinds without.
 */
export function resourcePath(apiVersion: string, plural: string, namespace = '', name = ''): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const within = namespace === '' ? root : `${root}/namespaces/${encodeURIComponent(namespace)}`
  return name === '' ? `${within}/${plural}` : `${within}/${plural}/${encodeURIComponent(name)}`
}

/** Order of two versions of one etcd; the API promises that they are growing numbers. Source: KEP-5504. */
export function versionNumber(resourceVersion: string | undefined): number {
  const number = Number(resourceVersion ?? '')
  return Number.isSafeInteger(number) ? number : 0
}
