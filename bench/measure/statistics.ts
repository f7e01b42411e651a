/** The middle and how far the values lie around it. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Median (mean of the middle two), least and greatest. Throws when there is no value. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('spread of no values: expected at least one')
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, low: sorted[0]!, high: sorted.at(-1)! }
}

/**
 * Of two series of one interleaved run: round by round, then the spread of the quotients. Neighbours in time share the
 * machine's mood, so its changes cancel out. Rounds that one of them lacks (NaN) are left out; null when none is left.
 */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Spread | null {
  const quotients: number[] = []
  for (let i = 0; i < Math.min(ours.length, theirs.length); i++) {
    const quotient = ours[i]! / theirs[i]!
    if (Number.isFinite(quotient)) quotients.push(quotient)
  }
  return quotients.length === 0 ? null : spreadOf(quotients)
}

/** 1,234,567 or 12.3 or 0.123: three digits that say something, and groups where there are more. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
