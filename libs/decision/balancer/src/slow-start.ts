import type { SlowStartPolicy } from '@weft/traffic'
import type { EndpointState } from './endpoint.ts'

/**
 * The share of its weight that an endpoint in slow start gets now, from `minWeight` to 1.
 * Source: Envoy slow start mode, (time / window) ^ (1 / aggression).
 */
export function warmth(endpoint: EndpointState<unknown>, nowMs: number, policy: SlowStartPolicy): number {
  const spanMs = endpoint.warmUntilMs - endpoint.warmFromMs
  if (!(nowMs < endpoint.warmUntilMs) || !(spanMs > 0)) return 1
  const age = Math.max(nowMs - endpoint.warmFromMs, 0) / spanMs
  const share = policy.aggression === 1 ? age : Math.pow(age, 1 / Math.max(policy.aggression, 0.01))
  return share > policy.minWeight ? share : policy.minWeight
}

export function beginSlowStart(endpoint: EndpointState<unknown>, nowMs: number, policy: SlowStartPolicy): void {
  if (policy.windowMs <= 0) return
  endpoint.warmFromMs = nowMs
  endpoint.warmUntilMs = nowMs + policy.windowMs
}
