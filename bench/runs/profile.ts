import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runClosed } from '../load/run-load.ts'
import { Inspector, type CpuProfile } from '../measure/inspector.ts'
import { cpuSecondsOf, familyOf } from '../measure/processes.ts'
import { selfTimes } from '../measure/self-time.ts'
import type { Peer } from '../peers/peer.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { Contender } from './contender.ts'
import { startContenders, type Session } from './session.ts'

const LINES = 45
const SAMPLE_US = 200

/**
 * Loads our proxy and samples the process that spends most, after a warm-up. Of a pair, the one at the client first,
 * then the one at the origin. Prints self time by function, and leaves profiles for a viewer in `directory`.
 */
export async function profile(
  session: Session,
  scenario: Scenario,
  peer: Peer,
  seconds: number,
  directory: string,
): Promise<string> {
  const wish = { topology: scenario.topology, entry: scenario.entry, workers: 1 }
  const { contenders, failures } = await startContenders(session, [peer], wish)
  const contender = contenders[0]
  if (contender === undefined) throw new Error([...failures.values()].join())
  try {
    const before = new Map(contender.pids.flatMap(familyOf).map((pid) => [pid, cpuOf(pid)]))
    await runClosed(session.tools, scenario, contender.layout.entryPort, 3)
    const spent = (pid: number): number => cpuOf(pid) - (before.get(pid) ?? 0)
    const workers = contender.pids.map((root) => familyOf(root).toSorted((a, b) => spent(b) - spent(a))[0]!)
    const texts: string[] = []
    for (const [i, pid] of workers.toReversed().entries()) {
      const file = join(directory, `${scenario.name}${i === 0 ? '' : '-server'}.cpuprofile`)
      texts.push(await sample(session, scenario, contender, pid, seconds, file))
    }
    return texts.join('\n')
  } finally {
    await contender.end()
  }
}

async function sample(
  session: Session,
  scenario: Scenario,
  contender: Contender,
  pid: number,
  seconds: number,
  file: string,
): Promise<string> {
  const inspector = await Inspector.open(pid)
  try {
    await inspector.send('Profiler.enable')
    await inspector.send('Profiler.setSamplingInterval', { interval: SAMPLE_US })
    await inspector.send('Profiler.start')
    const outcome = await runClosed(session.tools, scenario, contender.layout.entryPort, seconds)
    const { profile: taken } = (await inspector.send('Profiler.stop')) as { profile: CpuProfile }
    writeFileSync(file, JSON.stringify(taken))
    const lines = selfTimes(taken)
      .slice(0, LINES)
      .map(({ name, place, share }) => `${(share * 100).toFixed(1).padStart(6)} %  ${name.padEnd(36)} ${place}`)
    const head = `${scenario.name}: ${outcome.operations} ${scenario.unit}; self time of process ${pid}, sleep left out`
    return [head, ...lines, `whole profile: ${file}`, ''].join('\n')
  } finally {
    await inspector.close()
  }
}

/** Of the process alone. */
function cpuOf(pid: number): number {
  return cpuSecondsOf([pid]) - cpuSecondsOf(familyOf(pid).filter((other) => other !== pid))
}
