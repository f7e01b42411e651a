import type { KubernetesClient } from '@weft/kubernetes'
import { isApiFailure } from '@weft/kubernetes'
import type { KindEntry } from '@weft/resources'

interface ApiResources {
  readonly resources?: readonly { readonly name: string }[]
}

/** What a cluster knows of a kind. */
export interface Served {
  /** The first of the versions that we read which it serves; '' for none. */
  readonly apiVersion: string
  /** In words, for a kind that it does not serve as we need it. */
  readonly why: string
}

/**
 * Looks up in which version the cluster serves a kind: the API server converts between all it serves, so any that we read
 * will do. The group is asked first: one question settles the kinds of a group that is not there, and they are asked for
 * again and again. Faults: ApiFailure when the server is away.
 */
export async function findServed(client: Pick<KubernetesClient, 'send'>, entry: KindEntry): Promise<Served> {
  const [group, version] = entry.apiVersions[0]!.split('/') as [string, string?]
  const versions = version === undefined ? [] : await versionsOf(client, group)
  for (const apiVersion of entry.apiVersions) {
    const isThere = version === undefined || versions.includes(apiVersion.split('/')[1]!)
    if (isThere && (await serves(client, apiVersion, entry.plural))) return { apiVersion, why: '' }
  }
  const readable = entry.apiVersions.join(', ')
  const found = versions.length === 0 ? `no group ${group}` : `group ${group} in ${versions.join(', ')}`
  return { apiVersion: '', why: `found ${found}, expected ${entry.kind} in ${readable}` }
}

async function serves(client: Pick<KubernetesClient, 'send'>, apiVersion: string, plural: string): Promise<boolean> {
  const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const { resources = [] } = await answerOr<ApiResources>(client, path, {})
  return resources.some(({ name }) => name === plural)
}

async function versionsOf(client: Pick<KubernetesClient, 'send'>, group: string): Promise<string[]> {
  const { versions = [] } = await answerOr<{ versions?: { version: string }[] }>(client, `/apis/${group}`, {})
  return versions.map(({ version }) => version)
}

async function answerOr<T>(client: Pick<KubernetesClient, 'send'>, path: string, absent: T): Promise<T> {
  try {
    return (await client.send({ method: 'GET', path })) as T
  } catch (error) {
    if (isApiFailure(error, 'not_found')) return absent
    throw error
  }
}
