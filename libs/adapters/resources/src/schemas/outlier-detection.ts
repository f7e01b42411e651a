import { duration, integer, number, object } from './schema.ts'

export interface OutlierDetectionSpec {
  readonly consecutiveFailures?: number
  readonly consecutiveGatewayFailures?: number
  readonly consecutiveConnectFailures?: number
  readonly interval?: string
  readonly successRate?: {
    readonly requests?: number
    readonly endpoints?: number
    readonly standardDeviations?: number
  }
  readonly latency?: { readonly factor: number }
  readonly ejectBase?: string
  readonly ejectMax?: string
  readonly ejectPercentMax?: number
  readonly probes?: number
  readonly retryAfterMax?: string
  readonly panicPercent?: number
}

const COUNT_MAX = 1_000_000

export const outlierDetectionSchema = object('When an endpoint that fails is left out for a while.', {
  consecutiveFailures: integer('Failures in a row, of any kind; 5 when absent, 0 for never.', 0, COUNT_MAX),
  consecutiveGatewayFailures: integer(
    '502, 503, 504, resets, timeouts and connect failures in a row; 0, never, when absent.',
    0,
    COUNT_MAX,
  ),
  consecutiveConnectFailures: integer('Connect failures in a row; 0, never, when absent.', 0, COUNT_MAX),
  interval: duration('How often success rates and latencies are compared; 10s when absent.'),
  successRate: object('An endpoint that fails clearly more often than the others is left out.', {
    requests: integer('Compared when it had so many in the interval; 100 when absent, 0 for never.', 0, COUNT_MAX),
    endpoints: integer('Compared when there are so many; also for latency; 5 when absent.', 2, COUNT_MAX),
    standardDeviations: number('Out when so far below the mean; 1.9 when absent.', 0, 100),
  }),
  latency: object(
    'An endpoint that is clearly slower than the others is left out; nobody is when absent.',
    { factor: number('Out when its mean is so many times the median.', 1.1, 1_000_000) },
    ['factor'],
  ),
  ejectBase: duration('First time out, doubled each time; 1s when absent.'),
  ejectMax: duration('Longest time out; 60s when absent.'),
  ejectPercentMax: integer('No more of the endpoints are out, but always one may be; 100 when absent.', 0, 100),
  probes: integer('Requests that must succeed before it is back; 1 when absent.', 1, COUNT_MAX),
  retryAfterMax: duration(
    'Longest time that Retry-After and gRPC pushback are followed; 30s when absent, 0s for never.',
  ),
  panicPercent: integer('When more than this share would be out, nobody is; 50 when absent.', 0, 100),
})
