import { existsSync } from 'node:fs'
import type { Logger } from '@weft/telemetry'
import { describeError } from '@weft/faults'
import { removeCgroupTree } from '../machine/cgroups.ts'
import { isAlive } from '../machine/process-identity.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { readRunFiles } from '../mesh/run-file.ts'
import { removePlace } from '../run/place.ts'

/**
 * Takes away what a `weft run` left that was killed before it could: its cgroup with everything in it, and at the next
 * sweep its network, so that until then its agent can tell whoever waits for it.
 */
export async function sweepRuns(plan: MeshPlan, log: Logger): Promise<void> {
  for (const file of readRunFiles(plan)) {
    if (isAlive(file.run)) continue
    log.warn('removing what a killed run left', { id: file.id, cgroup: file.cgroup })
    if (file.cgroup !== '' && existsSync(file.cgroup)) {
      await removeCgroupTree(file.cgroup).catch((error) =>
        log.error('cannot end it', { id: file.id, error: describeError(error) }),
      )
      continue
    }
    await removePlace(plan, file).catch((error) =>
      log.error('cannot remove it', { id: file.id, error: describeError(error) }),
    )
  }
}
