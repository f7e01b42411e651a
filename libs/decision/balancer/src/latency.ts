import type { EndpointState } from './endpoint.ts'

/** Below this, differences of latency say nothing; it also lets requests in flight count when latency has decayed to 0. */
const FLOOR_MS = 0.001

/** The average as it stands now: without news it decays, so an endpoint that was slow is tried again after a while. */
export function decayedEwmaMs(endpoint: EndpointState<unknown>, nowMs: number, decayMs: number): number {
  const elapsedMs = nowMs - endpoint.ewmaAtMs
  // NaN (never observed) fails the comparison: the default stays until the first observation.
  return elapsedMs > 0 ? endpoint.ewmaMs * Math.exp(-elapsedMs / decayMs) : endpoint.ewmaMs
}

/**
 * What one more request would cost there: latency times the requests that would then be in flight. The mean age of those
 * that still wait for a reply counts as latency once it exceeds the average, so an endpoint that hangs loses traffic
 * before its first request has failed.
 *
 * Source: Finagle PeakEwma; the age of waiting requests is our addition.
 */
export function peakEwmaCost(endpoint: EndpointState<unknown>, nowMs: number, decayMs: number): number {
  let latencyMs = decayedEwmaMs(endpoint, nowMs, decayMs)
  if (endpoint.waiting > 0) {
    const ageMs = nowMs - endpoint.waitingSinceMsSum / endpoint.waiting
    if (ageMs > latencyMs) latencyMs = ageMs
  }
  return (latencyMs + FLOOR_MS) * (endpoint.inFlight + 1)
}
