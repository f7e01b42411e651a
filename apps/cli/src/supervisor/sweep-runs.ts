import type { Logger } from '@weft/telemetry'
import { describeError } from '@weft/faults'
import { isAlive } from '../machine/process-identity.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { readRunFiles } from '../mesh/run-file.ts'
import { removePlace } from '../run/place.ts'

/** Takes away what a `weft run` left that was killed before it could: its cgroup with everything in it, its network. */
export async function sweepRuns(plan: MeshPlan, log: Logger): Promise<void> {
  for (const file of readRunFiles(plan)) {
    if (isAlive(file.run)) continue
    log.warn('removing what a killed run left', { id: file.id, cgroup: file.cgroup })
    await removePlace(plan, file).catch((error) =>
      log.error('cannot remove it', { id: file.id, error: describeError(error) }),
    )
  }
}
