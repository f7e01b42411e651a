import type { CpuProfile } from './inspector.ts'

export interface SelfTime {
  readonly name: string
  /** File, from the folder that says what it is, and line. */
  readonly place: string
  /** Part of the time that the process did not sleep, 0 to 1. */
  readonly share: number
}

/** Self time by function, most first. Time asleep in the event loop is not counted; the collector's is a line of its own. */
export function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): SelfTime[] {
  const byNode = new Map<number, number>()
  for (const [i, node] of samples.entries()) byNode.set(node, (byNode.get(node) ?? 0) + timeDeltas[i]!)
  const byFunction = new Map<string, { name: string; place: string; time: number }>()
  let awake = 0
  for (const { id, callFrame } of nodes) {
    const time = byNode.get(id) ?? 0
    if (time <= 0 || callFrame.functionName === '(idle)') continue
    awake += time
    const name = callFrame.functionName || '(anonymous)'
    const place = placeOf(callFrame.url, callFrame.lineNumber)
    const entry = byFunction.get(`${name} ${place}`) ?? { name, place, time: 0 }
    entry.time += time
    byFunction.set(`${name} ${place}`, entry)
  }
  return [...byFunction.values()]
    .toSorted((a, b) => b.time - a.time)
    .map(({ name, place, time }) => ({ name, place, share: time / awake }))
}

function placeOf(url: string, line: number): string {
  if (url === '') return ''
  return `${url.replace(/^.*\/(?=(?:apps|libs|native|node_modules)\/)/, '')}:${line + 1}`
}
