import type { Random } from '@weft/time'

/**
 * How long to wait before attempt `attempt` (1 is the first after a failure): doubling from 200 ms to 10 s, the upper half
 * of it by chance, so that many clients of one server spread. Source: exponential backoff with equal jitter.
 */
export function backoffMs(attempt: number, random: Random, baseMs = 200, maxMs = 10_000): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 30))
  return full / 2 + (full / 2) * random()
}
