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
 * will do. Faults: ApiFailure when the server is away.
 */
export async function findServed(client: Pick<KubernetesClient, 'send'>, entry: KindEntry): Promise<Served> {
  for (const apiVersion of entry.apiVersions) {
    if (await serves(client, apiVersion, entry.plural)) return { apiVersion, why: '' }
  }
  const group = entry.apiVersions[0]!.split('/')[0]!
  const others = await versionsOf(client, group)
  const readable = entry.apiVersions.join(', ')
  const found = others.length === 0 ? `no group ${group}` : `group ${group} in ${others.join(', ')}`
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
