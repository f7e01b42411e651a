import { setTimeout as sleep } from 'node:timers/promises'
import { MESH } from '../harness/mesh.ts'
import type { ApiServer, SeenPod } from './api-server.ts'
import { containerGroups, cpuMsOf, type ProcessUse, processesOf } from './container-use.ts'
import { type Chapter, type Figure, figure } from './report.ts'
import { formatNumber, sum } from './statistics.ts'

/** A pod of the mesh, by what runs in it. */
export interface Part {
  /** `agent`, `control-plane`, `ca`, `policy`. */
  readonly name: string
  readonly node: string
  readonly groups: readonly string[]
}

/** What a part took over a while in which nothing was asked of it. */
export interface PartUse {
  readonly part: Part
  readonly processes: readonly (ProcessUse & { readonly milliCpu: number })[]
  readonly milliCpu: number
}

const SETTLE_MS = 15_000
const IDLE_MS = 20_000
const order = ['agent', 'control-plane', 'ca', 'policy']

/** The pods of the mesh as they are now. */
export async function meshParts(api: ApiServer): Promise<Part[]> {
  const { items } = await api.get<{ items: SeenPod[] }>(`/api/v1/namespaces/${MESH}/pods`)
  const parts = items.flatMap((pod) => {
    const name = order.find((word) => pod.metadata.name.startsWith(`weft-${word}-`))
    return name === undefined || pod.status.phase !== 'Running'
      ? []
      : [{ name, node: pod.spec.nodeName ?? '', groups: containerGroups(pod) }]
  })
  return parts.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name) || a.node.localeCompare(b.node))
}

/** CPU over `windowMs`, and memory at its end. */
export async function useOf(parts: readonly Part[], windowMs: number): Promise<PartUse[]> {
  const look = (): { cpuMs: number; processes: Map<number, ProcessUse> }[] =>
    parts.map(({ groups }) => ({
      cpuMs: cpuMsOf(groups),
      processes: new Map(processesOf(groups).map((one) => [one.pid, one])),
    }))
  const before = look()
  const startedMs = performance.now()
  if (windowMs > 0) await sleep(windowMs)
  const tookMs = Math.max(1, performance.now() - startedMs)
  return look().map(({ cpuMs, processes }, i) => ({
    part: parts[i]!,
    milliCpu: milliCpuOf(cpuMs - before[i]!.cpuMs, tookMs),
    processes: [...processes.values()].map((one) => {
      const earlierMs = before[i]!.processes.get(one.pid)?.cpuMs ?? 0
      return { ...one, milliCpu: milliCpuOf(one.cpuMs - earlierMs, tookMs) }
    }),
  }))
}

/** Thousandths of a processor. */
export const milliCpuOf = (cpuMs: number, wallMs: number): number => (cpuMs / wallMs) * 1000

/** Memory and idle CPU of each part. */
export async function measureParts(api: ApiServer): Promise<Chapter> {
  await sleep(SETTLE_MS)
  const parts = await meshParts(api)
  return {
    title: 'Memory and idle CPU of each part',
    how:
      `Nothing is asked of the mesh for ${SETTLE_MS / 1000} s and then ${IDLE_MS / 1000} s of measuring; three pods are captured. ` +
      'CPU in thousandths of a processor: of a container by `cpu.stat` of its control group, of a process by /proc/PID/stat. ' +
      'RSS and PSS by smaps_rollup; kubelet’s probes are part of it.',
    figures: partFigures(await useOf(parts, IDLE_MS)),
  }
}

/** A line per container and, where it has several, one per process. */
export function partFigures(uses: readonly PartUse[]): Figure[] {
  return uses.flatMap(({ part, processes, milliCpu }) => {
    const title = `${part.name} on ${part.node}`
    const all = figure(title, memoryWords(totalOf(processes), milliCpu))
    if (processes.length < 2) return [all]
    return [all, ...processes.map((one) => figure(`– ${one.name}`, memoryWords(one, one.milliCpu)))]
  })
}

/** Memory of all processes together. */
export function totalOf(processes: readonly ProcessUse[]): { rssMiB: number; pssMiB: number } {
  return {
    rssMiB: sum(processes.map(({ rssMiB }) => rssMiB)),
    pssMiB: sum(processes.map(({ pssMiB }) => pssMiB)),
  }
}

function memoryWords({ rssMiB, pssMiB }: { rssMiB: number; pssMiB: number }, milliCpu: number): string {
  return `${formatNumber(rssMiB)} MiB RSS, ${formatNumber(pssMiB)} MiB PSS, ${formatNumber(milliCpu)} mCPU`
}
