import {
  isApiFailure,
  resourcePath,
  type KubernetesClient,
  type KubernetesObject,
  type OwnerReference,
} from '@weft/kubernetes'
import { names } from './names.ts'

export interface Secret extends KubernetesObject {
  readonly type?: string
  /** Base64. */
  readonly data?: Readonly<Record<string, string>>
}

export interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>
}

/** Where the CA keeps what it makes, and with which ServiceAccount that goes. */
export interface KubernetesPlace {
  readonly client: KubernetesClient
  readonly namespace: string
  /** Name of the ServiceAccount whose removal removes the objects too; '' keeps them. */
  readonly owner: string
}

export function secretPath(namespace: string, name = ''): string {
  return resourcePath('v1', 'secrets', namespace, name)
}

export function configMapPath(namespace: string, name = ''): string {
  return resourcePath('v1', 'configmaps', namespace, name)
}

const MADE_BY = 'app.kubernetes.io/name'

/** Metadata of an object that the CA creates. Read at each creation: the owner may have been made anew meanwhile. */
export async function ownedMetadata(place: KubernetesPlace, name: string): Promise<KubernetesObject['metadata']> {
  const labels = { [MADE_BY]: 'weft-ca', 'app.kubernetes.io/part-of': 'weft' }
  const ownerReferences = await ownersOf(place)
  return { name, namespace: place.namespace, labels, ...(ownerReferences.length > 0 ? { ownerReferences } : {}) }
}

async function ownersOf({ client, namespace, owner: name }: KubernetesPlace): Promise<OwnerReference[]> {
  if (name === '') return []
  const account = await client.get(resourcePath('v1', 'serviceaccounts', namespace, name))
  const uid = account?.metadata.uid
  return uid === undefined ? [] : [{ apiVersion: 'v1', kind: 'ServiceAccount', name, uid }]
}

/**
 * Gives what the CA has made the owner that it is to have now: the setting may have changed, or the ServiceAccount been made anew.
 * A Secret that somebody else has made stays as it is. Faults: ApiFailure.
 */
export async function settleOwners(place: KubernetesPlace): Promise<void> {
  const { client, namespace } = place
  const wanted = await ownersOf(place)
  const paths = [
    secretPath(namespace, names.authorities),
    secretPath(namespace, names.keyEncryptionKey),
    configMapPath(namespace, names.roots),
  ]
  for (const path of paths) {
    const object = await client.get(path)
    if (object?.metadata.labels?.[MADE_BY] !== 'weft-ca') continue
    if (uidsOf(object.metadata.ownerReferences) === uidsOf(wanted)) continue
    const owned = { ...object, metadata: { ...object.metadata, ownerReferences: wanted } }
    await client.replace(path, owned).catch((error: unknown) => {
      // Another replica settles it, too.
      if (!isApiFailure(error, 'conflict') && !isApiFailure(error, 'not_found')) throw error
    })
  }
}

function uidsOf(owners: readonly OwnerReference[] = []): string {
  return owners
    .map(({ uid }) => uid)
    .toSorted()
    .join()
}
