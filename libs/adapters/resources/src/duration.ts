const UNIT_MS = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const

/** Milliseconds of a Gateway API duration such as `1m30s`, which the schema has checked. Source: GEP-2257. */
export function durationMs(text: string): number {
  let totalMs = 0
  for (const [, count, unit] of text.matchAll(/([0-9]{1,5})(ms|h|m|s)/g)) {
    totalMs += Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS]
  }
  return totalMs
}
