/** As `grpc-timeout` has it: at most eight digits, so in seconds when that is long; at least a millisecond. */
export function formatGrpcTimeout(timeoutMs: number): string {
  const ms = Math.max(1, Math.floor(timeoutMs))
  return ms < 100_000_000 ? `${ms}m` : `${Math.floor(ms / 1_000)}S`
}

/** What `grpc-timeout` says, in milliseconds, rounded up; 0 for what is not one. Source: gRPC over HTTP/2, Timeout. */
export function grpcTimeoutMs(text: string): number {
  if (text.length < 2 || text.length > 9) return 0
  let value = 0
  for (let i = 0; i < text.length - 1; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return 0
    value = value * 10 + digit
  }
  switch (text[text.length - 1]) {
    case 'H':
      return value * 3_600_000
    case 'M':
      return value * 60_000
    case 'S':
      return value * 1_000
    case 'm':
      return value
    case 'u':
      return Math.ceil(value / 1_000)
    case 'n':
      return Math.ceil(value / 1_000_000)
    default:
      return 0
  }
}
