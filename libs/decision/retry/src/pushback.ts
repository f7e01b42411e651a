/** What a reply asks of whoever would send more: milliseconds to wait, NaN for nothing, {@link NEVER} for no other try. */
export const NEVER = -1

const DIGITS_MAX = 10

/** Retry-After: seconds, or an HTTP date, which is compared with `wallMs`; NaN for neither. Source: RFC 9110 section 10.2.3. */
export function retryAfterMs(text: string, wallMs: number): number {
  const seconds = wholeNumber(text.trim())
  if (seconds >= 0) return seconds * 1000
  // IMF-fixdate, and nothing else that Date.parse would take.
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text.trim())) return Number.NaN
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? atMs : Math.max(atMs - wallMs, 0)
}

/**
 * grpc-retry-pushback-ms: a wait, or {@link NEVER} when it is negative or no number, as gRPC says.
 * Source: gRFC A6, pushback.
 */
export function grpcPushbackMs(text: string): number {
  const waitMs = wholeNumber(text)
  return Number.isNaN(waitMs) ? NEVER : waitMs
}

function wholeNumber(text: string): number {
  if (text.length === 0 || text.length > DIGITS_MAX) return Number.NaN
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}
