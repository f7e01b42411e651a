import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { ApiFailure } from './api-failure.ts'

const ASK_AGAIN_MS = 1_000
const REFUSED_MS_MAX = 30_000

/**
 * Repeats, while a process starts, what an API server that is away makes fail, for as long as it takes: ending would only
 * put off the next attempt. A refusal is borne for half a minute, since rights arrive with the rest of an installation.
 * Faults: those of `task` that need not pass, or once `isStopped` says so.
 */
export async function patiently<T>(
  task: () => Promise<T>,
  clock: Clock,
  log: Logger,
  isStopped: () => boolean = () => false,
): Promise<T> {
  const refusedUntilMs = clock.nowMs() + REFUSED_MS_MAX
  for (;;) {
    try {
      return await task()
    } catch (error) {
      const isRefusal = error instanceof ApiFailure && ['permission_denied', 'unauthenticated'].includes(error.code)
      const isPassing = error instanceof ApiFailure && error.isPassing
      if (isStopped() || !(isPassing || (isRefusal && clock.nowMs() < refusedUntilMs))) throw error
      log.debug('not yet', { error: describeError(error) })
      await clock.sleepUntil(clock.nowMs() + ASK_AGAIN_MS)
    }
  }
}
