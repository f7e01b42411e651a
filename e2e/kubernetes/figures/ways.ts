import { setTimeout as sleep } from 'node:timers/promises'
import { MESH } from '../harness/mesh.ts'
import type { ApiServer, SeenPod } from './api-server.ts'
import { namespaceOf } from './scene.ts'

/** How often a way was gone: `mtls`, `direct`, as the agents' metrics call it. */
export type Ways = ReadonlyMap<string, number>

/** Workers report once a second. */
const REPORTED_MS = 1_500

/** Which ways the agents say that the scene's traffic went, until now. */
export async function waysOf(api: ApiServer): Promise<Ways> {
  await sleep(REPORTED_MS)
  const { items } = await api.get<{ items: SeenPod[] }>(`/api/v1/namespaces/${MESH}/pods`)
  const agents = items.filter(({ metadata }) => metadata.name.startsWith('weft-agent-'))
  const pages = await Promise.all(
    agents.map(({ metadata }) =>
      api.text('GET', `/api/v1/namespaces/${MESH}/pods/${metadata.name}:15020/proxy/metrics`),
    ),
  )
  return parseWays(pages.join('\n'), namespaceOf('mesh'))
}

/** Of metrics: what is counted for services of a namespace, by the label `security`. */
export function parseWays(metrics: string, namespace: string): Ways {
  const ways = new Map<string, number>()
  for (const line of metrics.split('\n')) {
    const [, labels = '', count] = /^weft_(?:requests|connections_opened)_total\{(.*)\} (\S+)$/.exec(line) ?? []
    if (count === undefined || !labels.includes('direction="outbound"') || !labels.includes(namespace)) continue
    const way = /security="([^"]*)"/.exec(labels)?.[1] ?? ''
    ways.set(way, (ways.get(way) ?? 0) + Number(count))
  }
  return ways
}

/** Ways that were gone between two looks, in words; '' for none. */
export function waysSince(before: Ways, after: Ways): string {
  return [...after].flatMap(([way, count]) => (count > (before.get(way) ?? 0) ? [way] : [])).join(' and ')
}
