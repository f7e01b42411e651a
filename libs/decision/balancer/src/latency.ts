import type { EndpointState, PickContext } from './endpoint.ts'

export interface LatencyOptions {
  readonly ewmaDecayMs: number
  readonly ewmaDefaultRttMs: number
}

/** Below this, differences of latency say nothing; it also lets requests in flight count when latency has decayed to 0. */
const FLOOR_MS = 0.001

/** exp(-x) at x = i / 64: a call of Math.exp costs several times this, and an object. Straight lines between err by 0.003 %. */
const STEPS_PER_DECAY = 64
const STEPS = 24 * STEPS_PER_DECAY
const DECAY = Float64Array.from({ length: STEPS + 1 }, (_, i) => Math.exp(-i / STEPS_PER_DECAY))

/** The average as it stands now: without news it decays, so an endpoint that was slow is tried again after a while. */
export function decayedEwmaMs(endpoint: EndpointState<unknown>, nowMs: number, decayMs: number): number {
  const elapsedMs = nowMs - endpoint.ewmaAtMs
  // NaN (never observed) fails the comparison: the default stays until the first observation.
  return elapsedMs > 0 ? endpoint.ewmaMs * Math.exp(-elapsedMs / decayMs) : endpoint.ewmaMs
}

/** What an outcome counts as: a refusal in no time must not look like speed, so a failure can only look slower. */
export function countedLatencyMs(
  endpoint: EndpointState<unknown>,
  latencyMs: number,
  ok: boolean,
  options: LatencyOptions,
): number {
  return ok ? latencyMs : Math.max(latencyMs, options.ewmaDefaultRttMs, endpoint.ewmaMs)
}

/**
 * Takes an observation in: the average jumps up to a higher one and decays towards a lower one.
 */
export function observeLatency(
  endpoint: EndpointState<unknown>,
  nowMs: number,
  latencyMs: number,
  ok: boolean,
  options: LatencyOptions,
): void {
  const seenMs = countedLatencyMs(endpoint, latencyMs, ok, options)
  if (!endpoint.isObserved) endpoint.ewmaMs = seenMs
  else {
    const kept = Math.exp(-Math.max(nowMs - endpoint.ewmaAtMs, 0) / options.ewmaDecayMs)
    const decayedMs = endpoint.ewmaMs * kept
    endpoint.ewmaMs = seenMs > decayedMs ? seenMs : decayedMs + seenMs * (1 - kept)
  }
  endpoint.ewmaAtMs = nowMs
  endpoint.isObserved = true
}

/**
 * Writes to `costs[at]` what one more request would cost there: latency times the requests that would then be in flight for
 * its weight. The mean age of those that still wait for a reply counts as latency once it exceeds the average, so an
 * endpoint that hangs loses traffic before its first request has failed. One that was never observed is as good as free
 * until a request waits there, then it costs the default: it gets its first request soon, and not a second before it has
 * answered.
 *
 * `inFlight` may include requests of other processes. Fractions go by memory: handed over as results they are objects.
 * Source: Finagle PeakEwma; the age of waiting requests is our addition.
 */
export function writePeakEwmaCost(
  endpoint: EndpointState<unknown>,
  inFlight: number,
  context: PickContext<unknown>,
  options: LatencyOptions,
  costs: Float64Array,
  at: number,
): void {
  if (!endpoint.isObserved && endpoint.waiting === 0) {
    costs[at] = FLOOR_MS
    return
  }
  const nowMs = context.nowMs
  costs[at] = endpoint.ewmaMs
  // What was never observed does not decay: NaN fails the comparison.
  const steps = ((nowMs - endpoint.ewmaAtMs) / options.ewmaDecayMs) * STEPS_PER_DECAY
  if (steps >= STEPS) costs[at] = 0
  else if (steps > 0) {
    const step = Math.floor(steps)
    const from = DECAY[step]!
    costs[at]! *= from + (DECAY[step + 1]! - from) * (steps - step)
  }
  if (endpoint.waiting > 0) {
    const ageMs = nowMs - endpoint.waitingSinceMsSum / endpoint.waiting
    if (ageMs > costs[at]!) costs[at] = ageMs
  }
  costs[at] = (costs[at]! + FLOOR_MS) * (inFlight * endpoint.loadFactor + 1)
}
