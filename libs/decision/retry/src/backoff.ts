import type { Random } from '@weft/time'
import type { RetryPolicy } from '@weft/traffic'

/**
 * How long to wait after attempt `attempt` (1 is the first) has failed: anything from 0 to the doubled base, capped.
 * Full jitter, because callers that failed together should not come back together.
 * Source: Brooker, Exponential Backoff And Jitter.
 */
export function backoffMs(policy: RetryPolicy, attempt: number, random: Random): number {
  const exponent = Math.min(Math.max(attempt - 1, 0), 30)
  return random() * Math.min(policy.backoffBaseMs * 2 ** exponent, policy.backoffMaxMs)
}
