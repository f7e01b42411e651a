import { execIn } from '../harness/cluster.ts'
import { service } from '../harness/objects.ts'
import type { ApiServer } from './api-server.ts'
import { answersOf } from './install.ts'
import { isReady, PodWatch } from './pod-watch.ts'
import { type Chapter, figure } from './report.ts'
import { addressOf, namespaceOf, nginxPod, ports, removePods, type Side, sides } from './scene.ts'
import { formatNumber, median } from './statistics.ts'

const PODS = 20
const AT_ONCE = 5
const EVERY_MS = 5

/** How long after a pod became ready a pod on the other node gets its first answer from it by its Service. */
export async function measureReadiness(api: ApiServer): Promise<Chapter> {
  const names = Array.from({ length: PODS }, (_, i) => `ready-${i}`)
  const waits: Record<Side, number[]> = { mesh: [], plain: [] }
  for (const side of sides)
    for (const name of names)
      await api.create(
        `/api/v1/namespaces/${namespaceOf(side)}/services`,
        service(namespaceOf(side), name, ports.http1),
      )
  for (let i = 0; i < PODS; i += AT_ONCE)
    for (const side of sides) waits[side].push(...(await waitsOf(api, side, names.slice(i, i + AT_ONCE))))
  for (const side of sides) {
    await removePods(api, side, names)
    for (const name of names) await api.delete(`/api/v1/namespaces/${namespaceOf(side)}/services/${name}`)
  }
  return {
    title: 'A pod’s readiness to its first request',
    how:
      `${PODS} pods of nginx with a Service each, ${AT_ONCE} at a time, in the mesh and outside in turn; a pod on the other node asks each Service ` +
      `every ${EVERY_MS} ms. From the moment the API server tells that the pod is ready to the end of the first answer.`,
    figures: sides.map((side) =>
      figure(
        side === 'mesh' ? 'through the mesh' : 'outside',
        `${formatNumber(median(waits[side]))} ms median, ${formatNumber(Math.max(...waits[side]))} ms at most`,
      ),
    ),
  }
}

async function waitsOf(api: ApiServer, side: Side, names: readonly string[]): Promise<number[]> {
  const namespace = namespaceOf(side)
  const watch = await PodWatch.open(api, namespace)
  try {
    const targets = await Promise.all(names.map(async (name) => `${await addressOf(api, side, name)}:${ports.http1}`))
    const asked = execIn(namespace, 'far', '/bin/first', `every=${EVERY_MS}`, ...targets)
    const readyMs = names.map((name) => watch.until(name, isReady))
    for (const name of names) await api.create(`/api/v1/namespaces/${namespace}/pods`, nginxPod(side, name, false))
    const [said, ...ready] = await Promise.all([asked, ...readyMs])
    const answers = new Map(answersOf(said).map((answer) => [answer.target, answer.endedMs]))
    return targets.map((target, i) => answers.get(target)! - ready[i]!)
  } finally {
    watch.close()
  }
}
