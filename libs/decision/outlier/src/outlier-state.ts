/** Why an endpoint is out, for dumps. */
export type EjectionCause =
  | ''
  | 'consecutive_failures'
  | 'consecutive_gateway_failures'
  | 'consecutive_connect_failures'
  | 'success_rate'
  | 'latency'
  | 'retry_after'

/**
 * What is known of one endpoint's failures. States: healthy → ejected → probation → healthy, or ejected again for twice
 * as long. An endpoint may be used when `outUntilMs` has passed; for a healthy one that is always so.
 */
export class OutlierState {
  phase: 'healthy' | 'ejected' | 'probation'
  cause: EjectionCause
  /** Number of the group that it is counted in. */
  group: number
  consecutiveFailures: number
  consecutiveGatewayFailures: number
  consecutiveConnectFailures: number
  /** Since the endpoints were last compared. */
  requests: number
  failures: number
  latencySumMs: number
  /** Ejections in a row, the exponent of the back-off. */
  ejections: number
  /** Ejections in its life. */
  ejectionsTotal: number
  /** Successes since probation began. */
  proofs: number
  outUntilMs: number
  restoredAtMs: number

  constructor() {
    this.phase = 'healthy'
    this.cause = ''
    this.group = 0
    this.consecutiveFailures = 0
    this.consecutiveGatewayFailures = 0
    this.consecutiveConnectFailures = 0
    this.requests = 0
    this.failures = 0
    this.latencySumMs = 0
    this.ejections = 0
    this.ejectionsTotal = 0
    this.proofs = 0
    this.outUntilMs = Number.NEGATIVE_INFINITY
    this.restoredAtMs = Number.NEGATIVE_INFINITY
  }

  clearCounts(): void {
    this.requests = 0
    this.failures = 0
    this.latencySumMs = 0
  }
}
