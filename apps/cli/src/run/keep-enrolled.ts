import { backoffMs } from '@weft/rpc'
import type { weft } from '@weft/proto'
import type { Clock, Random } from '@weft/time'
import type { ManagementClient } from '../mesh/management.ts'
import { Enrolment } from './enrolment.ts'

const STEP_TIMEOUT_MS = 10_000

export interface KeptEnrolment {
  /** Drains the workload, whichever stream stands for it now. */
  leave(): Promise<void>
  /** Lets go at once: there is no mesh any more that would drain it. */
  cancel(): void
}

/**
 * Keeps a workload registered while its program runs: a stream that is lost (the control plane restarts) is opened again
 * with the same uid and place, with back-off. Traffic goes on meanwhile: agents keep what they know.
 */
export function keepEnrolled(
  client: ManagementClient,
  first: Enrolment,
  register: weft.management.v1.Register.$Properties,
  attach: weft.management.v1.Attach.$Properties,
  clock: Clock,
  random: Random,
): KeptEnrolment {
  const left = Promise.withResolvers<'left'>()
  let current: Enrolment | null = first
  let isLeaving = false

  const keep = async (): Promise<void> => {
    for (let failures = 0; !isLeaving;) {
      if (current !== null) {
        if ((await Promise.race([current.lost, left.promise])) === 'left') return
        current = null
      }
      failures++
      if (
        (await Promise.race([clock.sleepUntil(clock.nowMs() + backoffMs(failures, random)), left.promise])) === 'left'
      )
        return
      const again = await resume(client, { ...register, uid: first.workload.uid }, attach, clock)
      if (again === null) continue
      if (isLeaving) return again.leave()
      current = again
      failures = 0
    }
  }
  const keeping = keep()
  return {
    cancel() {
      isLeaving = true
      left.resolve('left')
      current?.cancel()
    },
    async leave() {
      isLeaving = true
      left.resolve('left')
      await current?.leave()
      await keeping
    },
  }
}

async function resume(
  client: ManagementClient,
  register: weft.management.v1.Register.$Properties,
  attach: weft.management.v1.Attach.$Properties,
  clock: Clock,
): Promise<Enrolment | null> {
  try {
    const enrolment = await Enrolment.open(client, register, clock, STEP_TIMEOUT_MS)
    await enrolment.attach(attach, STEP_TIMEOUT_MS).catch((error: unknown) => {
      enrolment.cancel()
      throw error
    })
    return enrolment
  } catch {
    // Not there yet, or not ready for us: the next attempt tells.
    return null
  }
}
