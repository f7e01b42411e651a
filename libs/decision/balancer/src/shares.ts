import type { Tier } from './tier.ts'

/** What of its endpoints a tier can use. */
export interface TierHealth {
  readonly total: number
  readonly out: number
}

/**
 * Shares the traffic out among tiers, which stand in order of priority, then distance. Writes to `shares`, which add up
 * to 1, and sets `isPanicking` of each tier.
 *
 * A priority takes all that is left until its healthy part times `overprovisioning` falls below 1, then that part; what
 * all of them together can't take is shared in proportion. Within a priority its tiers do the same among themselves.
 * A priority in which more than `panicRatio` is out panics, unless the others can take its traffic.
 * Source: Envoy priority levels and panic thresholds.
 */
export function shareTraffic(
  tiers: readonly Tier<unknown>[],
  healthOf: (tier: number) => TierHealth,
  overprovisioning: number,
  panicRatio: number,
  shares: Float64Array,
): void {
  const health = tiers.map((_, i) => healthOf(i))
  const ranges = rangesOf(tiers)
  const sums = ranges.map(([from, to]) => sumOf(health, from, to))
  const canTake = sums.map(({ total, out }) => capacity(total, out, overprovisioning))
  const together = canTake.reduce((sum, part) => sum + part, 0)
  const isEnough = ranges.length > 1 && together >= 1
  const ofPriority = fill(
    canTake,
    sums.map(({ total }) => total),
  )
  ranges.forEach(([from, to], i) => {
    const { total, out } = sums[i]!
    const isPanicking = !isEnough && out > panicRatio * total
    const within = health.slice(from, to)
    const parts = fill(
      within.map((one) => capacity(one.total, isPanicking ? 0 : one.out, overprovisioning)),
      within.map((one) => one.total),
    )
    for (let at = from; at < to; at++) {
      tiers[at]!.isPanicking = isPanicking
      shares[at] = ofPriority[i]! * parts[at - from]!
    }
  })
}

/** From and to of the tiers of each priority. */
function rangesOf(tiers: readonly Tier<unknown>[]): [number, number][] {
  const ranges: [number, number][] = []
  tiers.forEach((tier, i) => {
    if (i > 0 && tiers[i - 1]!.priority === tier.priority) ranges.at(-1)![1] = i + 1
    else ranges.push([i, i + 1])
  })
  return ranges
}

function sumOf(health: readonly TierHealth[], from: number, to: number): TierHealth {
  let total = 0
  let out = 0
  for (let i = from; i < to; i++) {
    total += health[i]!.total
    out += health[i]!.out
  }
  return { total, out }
}

function capacity(total: number, out: number, overprovisioning: number): number {
  return total === 0 ? 0 : Math.min(1, ((total - out) / total) * Math.max(overprovisioning, 1))
}

/** In order, each as much as it can take of what is left; scaled up when all together can't take everything. */
function fill(canTake: readonly number[], sizes: readonly number[]): number[] {
  const together = canTake.reduce((sum, part) => sum + part, 0)
  if (together === 0) {
    const all = sizes.reduce((sum, size) => sum + size, 0)
    return sizes.map((size) => (all === 0 ? 0 : size / all))
  }
  if (together < 1) return canTake.map((part) => part / together)
  let left = 1
  return canTake.map((part) => {
    const taken = Math.min(part, left)
    left -= taken
    return taken
  })
}
