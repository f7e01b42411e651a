import { join } from 'node:path'
import type { Clock } from '@weft/time'
import { removeCgroupTree } from '../machine/cgroups.ts'
import { isAlive, signalProcess } from '../machine/process-identity.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { readRunFiles } from '../mesh/run-file.ts'

/**
 * Ends the programs of a mesh that goes down: every `weft run` is asked, passes the signal to its program and takes away
 * what it made. After `timeoutMs` what is left of the programs is killed.
 */
export async function endRuns(plan: MeshPlan, clock: Clock, timeoutMs: number): Promise<void> {
  const runs = readRunFiles(plan)
  for (const { run } of runs) signalProcess(run, 'SIGTERM')
  const deadlineMs = clock.nowMs() + timeoutMs
  while (runs.some(({ run }) => isAlive(run)) && clock.nowMs() < deadlineMs) await clock.sleepUntil(clock.nowMs() + 20)
  if (plan.cgroup !== '') {
    await Promise.all(plan.nodes.map((node) => removeCgroupTree(join(plan.cgroupMount, node.cgroup, 'workloads'))))
  }
  for (const { run } of runs) signalProcess(run, 'SIGKILL')
}
