/** Whether `hostname` ('' for any, `*.x` for all below x) takes every name that `other` takes. */
export function covers(hostname: string, other: string): boolean {
  if (hostname === '' || hostname === other) return true
  // `*.com` takes `*.example.com` too, and no name takes the wildcard that it is part of.
  return hostname.startsWith('*.') && other.endsWith(hostname.slice(1)) && other.length > hostname.length - 1
}

/** The names that both take; null when there is none. */
export function intersect(a: string, b: string): string | null {
  if (covers(a, b)) return b
  return covers(b, a) ? a : null
}

/** Order of precedence: a whole name, then the longest wildcard, then any. Source: Gateway API, HTTPRoute hostnames. */
export function bySpecificity(a: string, b: string): number {
  return rankOf(b) - rankOf(a)
}

function rankOf(hostname: string): number {
  if (hostname === '') return -1
  return hostname.startsWith('*.') ? hostname.length : 1000 + hostname.length
}
