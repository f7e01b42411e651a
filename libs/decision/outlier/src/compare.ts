import type { OutlierPolicy } from '@weft/traffic'
import type { EjectionCause, OutlierState } from './outlier-state.ts'

/** What an endpoint must differ by, whatever the spread: among equals the smallest difference would be an outlier. */
const SUCCESS_GAP_MIN = 0.05
/** The same for latency: below this, differences are noise. */
const LATENCY_GAP_MIN_MS = 1
/** An endpoint's latency is compared when it had so many requests. */
const LATENCY_REQUESTS_MIN = 10

/** Told of each endpoint that stands out. */
export type StandsOut = (state: OutlierState, cause: EjectionCause) => void

/**
 * Compares healthy endpoints with each other over the interval that ends now, and sets their counts back.
 * Source: Envoy outlier detection (success rate: mean less a multiple of the standard deviation).
 */
export function compareEndpoints(policy: OutlierPolicy, states: readonly OutlierState[], standsOut: StandsOut): void {
  const out = new Map<OutlierState, EjectionCause>()
  if (policy.latencyFactor > 0) compareLatencies(policy, states, out)
  if (policy.successRateRequestsMin > 0) compareSuccess(policy, states, out)
  for (const state of states) state.clearCounts()
  for (const [state, cause] of out) standsOut(state, cause)
}

function compareSuccess(
  policy: OutlierPolicy,
  states: readonly OutlierState[],
  out: Map<OutlierState, EjectionCause>,
): void {
  const { successRateRequestsMin, successRateEndpointsMin, successRateStdevs } = policy
  const compared = states.filter((state) => state.phase === 'healthy' && state.requests >= successRateRequestsMin)
  if (compared.length < successRateEndpointsMin) return
  const mean = compared.reduce((sum, state) => sum + successRate(state), 0) / compared.length
  const variance = compared.reduce((sum, state) => sum + (successRate(state) - mean) ** 2, 0) / compared.length
  const gap = Math.max(successRateStdevs * Math.sqrt(variance), SUCCESS_GAP_MIN)
  for (const state of compared) if (successRate(state) < mean - gap) out.set(state, 'success_rate')
}

function compareLatencies(
  policy: OutlierPolicy,
  states: readonly OutlierState[],
  out: Map<OutlierState, EjectionCause>,
): void {
  const compared = states.filter((state) => state.phase === 'healthy' && state.requests >= LATENCY_REQUESTS_MIN)
  if (compared.length < policy.successRateEndpointsMin) return
  const sorted = compared.map(meanLatencyMs).toSorted((a, b) => a - b)
  const medianMs = sorted[(sorted.length - 1) >> 1]!
  const limitMs = Math.max(medianMs * policy.latencyFactor, medianMs + LATENCY_GAP_MIN_MS)
  for (const state of compared) if (meanLatencyMs(state) > limitMs) out.set(state, 'latency')
}

function successRate(state: OutlierState): number {
  return 1 - state.failures / state.requests
}

function meanLatencyMs(state: OutlierState): number {
  return state.latencySumMs / state.requests
}
