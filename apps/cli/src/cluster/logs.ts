import { createInterface } from 'node:readline'
import { nearest } from '@weft/config'
import { Failure } from '@weft/faults'
import { type KubernetesClient, resourcePath } from '@weft/kubernetes'
import { printable } from '@weft/terminal'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { partPods, type PodObject, withCluster } from './cluster.ts'
import type { ClusterTarget } from './target.ts'

/**
 * Prints the last lines of the parts of a mesh on a cluster, and with `isFollowed` what is logged from then on. `part` is
 * `control-plane`, `ca`, `policy`, `agent-NODE` or the name of a pod; '' for all of them.
 * Faults: Failure `not_found` when nothing is called so; those of the cluster.
 */
export function clusterLogs(
  target: ClusterTarget,
  part: string,
  lines: number,
  isFollowed: boolean,
  context: Context,
): Promise<number> {
  return withCluster(target, context.clock, async (client) => {
    const all = await partPods(client, target.namespace)
    const pods = all.filter((pod) => part === '' || namesOf(pod).includes(part))
    if (pods.length === 0) {
      const names = [...new Set(all.flatMap(namesOf))].toSorted()
      const found = part === '' ? 'no part of a mesh' : `no part ${JSON.stringify(part)}${nearest(part, names)}`
      const expected = names.length === 0 ? 'a mesh there' : `one of ${names.join(', ')}`
      throw new Failure('not_found', `found ${found} in namespace ${target.namespace}, expected ${expected}`)
    }
    const prefixed = pods.length > 1
    const print = (pod: PodObject): Promise<void> =>
      copyLog(client, pod, lines, isFollowed, (line) =>
        context.out.write(`${prefixed ? `${pod.metadata.name}: ` : ''}${printable(line)}\n`),
      )
    if (isFollowed) await Promise.all(pods.map(print))
    else for (const pod of pods) await print(pod)
    return exitCodes.ok.code
  })
}

/** What a pod may be called: its own name, its part, and for an agent its node. */
function namesOf({ metadata, spec }: PodObject): string[] {
  const part = (metadata.labels?.['app.kubernetes.io/name'] ?? '').replace(/^weft-/, '')
  return [metadata.name, part, ...(part === 'agent' ? [`agent-${spec?.nodeName ?? ''}`] : [])]
}

async function copyLog(
  client: KubernetesClient,
  { metadata, spec }: PodObject,
  lines: number,
  isFollowed: boolean,
  print: (line: string) => void,
): Promise<void> {
  const path = `${resourcePath('v1', 'pods', metadata.namespace ?? '', metadata.name)}/log`
  const query = { tailLines: lines, follow: isFollowed, container: spec?.containers?.[0]?.name }
  const answer = await client.stream(path, query, new AbortController().signal)
  for await (const line of createInterface({ input: answer, crlfDelay: Infinity })) print(line)
}
