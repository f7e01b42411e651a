const DIGITS_MAX = 8

/**
 * The milliseconds in a value of grpc-timeout, or -1 when it is malformed: 1 to 8 digits and one of `H M S m u n`.
 *
 * Source: gRPC over HTTP/2, "Timeout".
 */
export function parseGrpcTimeout(value: string): number {
  const digits = value.length - 1
  if (digits < 1 || digits > DIGITS_MAX) return -1
  const unitMs = unitOf(value[digits]!)
  if (unitMs < 0) return -1
  let amount = 0
  for (let i = 0; i < digits; i++) {
    const digit = value.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) return -1
    amount = amount * 10 + digit
  }
  return amount * unitMs
}

/**
 * A duration as a value of grpc-timeout, in the finest unit from microseconds up whose digits suffice, rounded down so
 * that a deadline passed on never grows. At least `1n`: a timeout is positive. At most 99,999,999 hours.
 */
export function formatGrpcTimeout(timeoutMs: number): string {
  const max = 10 ** DIGITS_MAX - 1
  if (timeoutMs < 0.001) return '1n'
  if (timeoutMs * 1000 <= max) return `${Math.floor(timeoutMs * 1000)}u`
  if (timeoutMs <= max) return `${Math.floor(timeoutMs)}m`
  if (timeoutMs / 1000 <= max) return `${Math.floor(timeoutMs / 1000)}S`
  return `${Math.min(max, Math.floor(timeoutMs / 3_600_000))}H`
}

function unitOf(letter: string): number {
  switch (letter) {
    case 'H':
      return 3_600_000
    case 'M':
      return 60_000
    case 'S':
      return 1000
    case 'm':
      return 1
    case 'u':
      return 0.001
    case 'n':
      return 0.000_001
    default:
      return -1
  }
}
