import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiServer } from './api-server.ts'
import { meshParts, partFigures, type PartUse, totalOf, useOf } from './parts.ts'
import { type Chapter, type Figure, figure } from './report.ts'
import { farNode } from './scene.ts'
import type { Starter } from './starter.ts'
import { formatNumber } from './statistics.ts'

const CAPTURED = 50
const AT_ONCE = 4
const SETTLE_MS = 10_000
const IDLE_MS = 10_000

/** Captures pods that do nothing until there are fifty on the node, and tells what its agent has then. Gives their names. */
export async function fillNode(
  api: ApiServer,
  starter: Starter,
  captured: number,
): Promise<{ chapter: Chapter; more: string[] }> {
  const agents = (await meshParts(api)).filter(({ name }) => name === 'agent')
  await sleep(SETTLE_MS)
  const before = await useOf(agents, 0)
  const more = Array.from({ length: CAPTURED - captured }, (_, i) => `more-${i}`)
  for (let i = 0; i < more.length; i += AT_ONCE)
    await Promise.all(more.slice(i, i + AT_ONCE).map((name) => starter.startQuiet(name)))
  await sleep(SETTLE_MS)
  const after = await useOf(agents, IDLE_MS)
  const chapter = {
    title: `Agent with ${CAPTURED} pods`,
    how:
      `Of ${captured} captured pods each had asked once; then ${more.length} that do nothing came, and ${SETTLE_MS / 1000} s later CPU was ` +
      `measured over ${IDLE_MS / 1000} s.`,
    figures: crowdFigures(before, after, more.length),
  }
  return { chapter, more }
}

/** The agent of the full node, what each pod added, and what those pods are to the agent of the other node. */
export function crowdFigures(before: readonly PartUse[], after: readonly PartUse[], pods: number): Figure[] {
  const grownKiB = ({ processes }: PartUse, i: number): number =>
    ((totalOf(processes).pssMiB - totalOf(before[i]!.processes).pssMiB) * 1024) / pods
  const each = after.map((use, i) => ({ isFull: use.part.node === farNode, kib: formatNumber(grownKiB(use, i)) }))
  return [
    ...partFigures(after.filter(({ part }) => part.node === farNode)),
    ...each.map(({ isFull, kib }) =>
      figure(isFull ? 'more for each pod of its own' : 'more for each pod, agent of the other node', `${kib} KiB PSS`),
    ),
  ]
}
