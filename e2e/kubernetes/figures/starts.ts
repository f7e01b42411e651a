import { MESH } from '../harness/mesh.ts'
import type { ApiServer, SeenPod } from './api-server.ts'
import { fillNode } from './crowd.ts'
import { below, type Chapter, type Figure, figure } from './report.ts'
import { farNode, removePods, type Side, sides } from './scene.ts'
import { type Start, Starter } from './starter.ts'
import { formatNumber, median, quantile } from './statistics.ts'

const STARTS = 30
/** Pods of the scene that are captured on the node where pods are started. */
const CAPTURED_BEFORE = 1
const AIM_MS = 50

/** Starts pods one by one, in the mesh and outside in turn, each asking a server with its first instruction; then fills the node. */
export async function measureStarts(api: ApiServer): Promise<Chapter[]> {
  const since = new Date().toISOString()
  const starts: Record<Side, Start[]> = { mesh: [], plain: [] }
  const names = Array.from({ length: STARTS }, (_, i) => `start-${i}`)
  const starters = { mesh: await Starter.open(api, 'mesh'), plain: await Starter.open(api, 'plain') }
  for (const [i, name] of names.entries())
    for (const side of i % 2 === 0 ? sides : sides.toReversed()) starts[side].push(await starters[side].start(name))
  const tookMs = await captureTimes(api, since)
  await removePods(api, 'plain', names)
  const { chapter, more } = await fillNode(api, starters.mesh, STARTS + CAPTURED_BEFORE)
  for (const side of sides) starters[side].close()
  await removePods(api, 'mesh', [...names, ...more])
  const how =
    `${STARTS} pods in the mesh and ${STARTS} outside, in turn, one at a time, on one node. Enrolment is what the agent takes to capture ` +
    'a pod while the CNI plugin waits (its log); a start is from the creating request to the program’s first instruction; the first ' +
    'answer is of a server on the other node, asked from the first instruction on.'
  return [{ title: 'Start of a pod', how, figures: startFigures(starts, tookMs) }, chapter]
}

/** The lines of the report; `tookMs` is what the agent says of each capture. */
export function startFigures(starts: Readonly<Record<Side, readonly Start[]>>, tookMs: readonly number[]): Figure[] {
  const spread = (values: readonly number[]): string =>
    `${formatNumber(median(values))} ms median, ${formatNumber(quantile(values, 0.99))} ms p99`
  const of = (side: Side, key: keyof Start): number[] => starts[side].map((start) => start[key])
  return [
    figure(`enrolment, ${tookMs.length} pods`, spread(tookMs), below(median(tookMs), AIM_MS, 'ms at the median')),
    figure('start in the mesh', spread(of('mesh', 'startMs'))),
    figure('start outside', spread(of('plain', 'startMs'))),
    figure(
      'difference of the medians',
      `${formatNumber(median(of('mesh', 'startMs')) - median(of('plain', 'startMs')))} ms`,
    ),
    figure('first answer in the mesh', `${spread(of('mesh', 'answerMs'))}, ${inVain(starts.mesh)}`),
    figure('first answer outside', `${spread(of('plain', 'answerMs'))}, ${inVain(starts.plain)}`),
  ]
}

function inVain(starts: readonly Start[]): string {
  return `${starts.filter((start) => start.inVain > 0).length} of ${starts.length} asked more than once`
}

/** What the agent of the node says that it took to capture pods that were starting. */
async function captureTimes(api: ApiServer, since: string): Promise<number[]> {
  const { items } = await api.get<{ items: SeenPod[] }>(`/api/v1/namespaces/${MESH}/pods`)
  const agent = items.find(({ metadata, spec }) => metadata.name.startsWith('weft-agent-') && spec.nodeName === farNode)
  const path = `/api/v1/namespaces/${MESH}/pods/${agent?.metadata.name}/log?sinceTime=${since}`
  return captureTimesOf(await api.text('GET', path))
}

/** Of the agent's log. */
export function captureTimesOf(log: string): number[] {
  return log.split('\n').flatMap((line) => {
    if (!line.includes('"pod is captured before it starts"')) return []
    const { tookMs } = JSON.parse(line) as { tookMs?: number }
    return tookMs === undefined ? [] : [tookMs]
  })
}
