import { resourcePath, type KubernetesClient, type KubernetesObject, type OwnerReference } from '@weft/kubernetes'

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

/** Metadata of an object that the CA creates. Read at each creation: the owner may have been made anew meanwhile. */
export async function ownedMetadata(place: KubernetesPlace, name: string): Promise<KubernetesObject['metadata']> {
  const labels = { 'app.kubernetes.io/name': 'weft-ca', 'app.kubernetes.io/part-of': 'weft' }
  const ownerReferences = await ownersOf(place)
  return { name, namespace: place.namespace, labels, ...(ownerReferences.length > 0 ? { ownerReferences } : {}) }
}

async function ownersOf({ client, namespace, owner: name }: KubernetesPlace): Promise<OwnerReference[]> {
  if (name === '') return []
  const account = await client.get(resourcePath('v1', 'serviceaccounts', namespace, name))
  const uid = account?.metadata.uid
  return uid === undefined ? [] : [{ apiVersion: 'v1', kind: 'ServiceAccount', name, uid }]
}
