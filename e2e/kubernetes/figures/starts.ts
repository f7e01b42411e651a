import { setTimeout as sleep } from 'node:timers/promises'
import { MESH } from '../harness/mesh.ts'
import type { ApiServer, SeenPod } from './api-server.ts'
import { processesOf } from './container-use.ts'
import { type Answer, answersOf } from './install.ts'
import { meshParts, totalOf, useOf } from './parts.ts'
import { PodWatch } from './pod-watch.ts'
import { below, type Chapter, type Figure, figure } from './report.ts'
import { addressOf, benchPod, namespaceOf, ports, removePods, type Side, sides } from './scene.ts'
import { formatNumber, median, quantile } from './statistics.ts'

const STARTS = 30
const CAPTURED = 50
/** Pods of the scene that are captured on the node where pods are started. */
const CAPTURED_BEFORE = 1
const AT_ONCE = 4
const SETTLE_MS = 12_000
const IDLE_MS = 10_000
const AIM_MS = 50
const NODE = 'node2'

/** What a pod told of its start. */
export interface Start {
  /** From the request that creates the pod to its program's first instruction. */
  readonly startMs: number
  /** From there to its first answer. */
  readonly answerMs: number
  readonly inVain: number
}

/** Starts pods one by one, in the mesh and outside in turn, each asking a server with its first instruction; then fills the node. */
export async function measureStarts(api: ApiServer): Promise<Chapter[]> {
  const agents = (await meshParts(api)).filter(({ name }) => name === 'agent')
  const before = agents.map(({ groups }) => totalOf(processesOf(groups)))
  const since = new Date().toISOString()
  const starts: Record<Side, Start[]> = { mesh: [], plain: [] }
  const names: Record<Side, string[]> = { mesh: [], plain: [] }
  const starters = { mesh: await Starter.open(api, 'mesh'), plain: await Starter.open(api, 'plain') }
  for (let i = 0; i < STARTS; i++)
    for (const side of i % 2 === 0 ? sides : sides.toReversed()) {
      names[side].push(`start-${i}`)
      starts[side].push(await starters[side].start(`start-${i}`))
    }
  const tookMs = await captureTimes(api, since)
  const more = Array.from({ length: CAPTURED - CAPTURED_BEFORE - STARTS }, (_, i) => `more-${i}`)
  for (let i = 0; i < more.length; i += AT_ONCE)
    await Promise.all(more.slice(i, i + AT_ONCE).map((name) => starters.mesh.start(name)))
  for (const side of sides) starters[side].close()
  await sleep(SETTLE_MS)
  const uses = await useOf(agents, IDLE_MS)
  const memory = uses.flatMap(({ part, processes, milliCpu }, i): Figure[] => {
    const now = totalOf(processes)
    const grown = (key: 'rssMiB' | 'pssMiB'): number => now[key] - before[i]![key]
    const both = `${formatNumber(now.rssMiB)} MiB RSS, ${formatNumber(now.pssMiB)} MiB PSS, ${formatNumber(milliCpu)} mCPU idle`
    if (part.node !== NODE)
      return [figure('agent of the other node then', `${both}; grown by ${formatNumber(grown('pssMiB'))} MiB PSS`)]
    const perPodKiB = (grown('pssMiB') * 1024) / (CAPTURED - CAPTURED_BEFORE)
    return [
      figure(`agent with ${CAPTURED} captured pods`, both),
      figure('more for each pod', `${formatNumber(perPodKiB)} KiB PSS`),
    ]
  })
  await Promise.all([removePods(api, 'mesh', [...names.mesh, ...more]), removePods(api, 'plain', names.plain)])
  return [
    {
      title: 'Start of a pod',
      how:
        `${STARTS} pods in the mesh and ${STARTS} outside, in turn, one at a time, on one node. Enrolment is what the agent takes to capture ` +
        'a pod while the CNI plugin waits (its log); a start is from the creating request to the program’s first instruction; the first ' +
        'answer is of a server on the other node, asked from the first instruction on.',
      figures: startFigures(starts, tookMs),
    },
    {
      title: `Agent with ${CAPTURED} pods`,
      how: `Tiny programs that do nothing; ${SETTLE_MS / 1000} s after the last start, CPU over ${IDLE_MS / 1000} s.`,
      figures: memory,
    },
  ]
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

/** Makes pods of one side and waits for what they tell. */
class Starter {
  readonly #api: ApiServer
  readonly #side: Side
  readonly #target: string
  readonly #watch: PodWatch

  private constructor(api: ApiServer, side: Side, target: string, watch: PodWatch) {
    this.#api = api
    this.#side = side
    this.#target = target
    this.#watch = watch
  }

  static async open(api: ApiServer, side: Side): Promise<Starter> {
    const target = `${await addressOf(api, side, 'server')}:${ports.http1}`
    return new Starter(api, side, target, await PodWatch.open(api, namespaceOf(side)))
  }

  async start(name: string): Promise<Start> {
    const pods = `/api/v1/namespaces/${namespaceOf(this.#side)}/pods`
    const createdMs = Date.now()
    await this.#api.create(pods, benchPod(this.#side, name, true, ['/bin/first', 'hold', this.#target]))
    await this.#watch.until(name, (pod) => pod.status.phase === 'Running')
    const { startedMs, endedMs, inVain } = await this.#answer(`${pods}/${name}/log`)
    return { startMs: startedMs - createdMs, answerMs: endedMs - startedMs, inVain }
  }

  close(): void {
    this.#watch.close()
  }

  async #answer(path: string): Promise<Answer> {
    for (const untilMs = Date.now() + 15_000; ;) {
      const [answer] = answersOf(await this.#api.text('GET', path))
      if (answer !== undefined) return answer
      if (Date.now() > untilMs) throw new Error(`${path}: found no answer within 15 s of the start`)
      await sleep(20)
    }
  }
}

/** What the agent of the node says that it took to capture pods that were starting. */
async function captureTimes(api: ApiServer, since: string): Promise<number[]> {
  const { items } = await api.get<{ items: SeenPod[] }>(`/api/v1/namespaces/${MESH}/pods`)
  const agent = items.find(({ metadata, spec }) => metadata.name.startsWith('weft-agent-') && spec.nodeName === NODE)
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
