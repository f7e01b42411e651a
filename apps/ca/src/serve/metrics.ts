import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import { collectProcessMetrics } from '@weft/host'
import type { Clock } from '@weft/time'
import type { Hierarchy } from '../sign/hierarchy.ts'

/** Every metric of the CA. */
export const metricNames = {
  issued: 'weft_ca_certificates_issued_total',
  refused: 'weft_ca_requests_refused_total',
  authorityExpiry: 'weft_ca_authority_expiry_seconds',
  stateWriteFailures: 'weft_ca_state_write_failures_total',
} as const

/** Why requests are refused, as label values; whatever else comes is `other`. docs/ca.md describes each. */
export const refusalReasons = [
  'account_unknown',
  'control_plane_unavailable',
  'csr_invalid',
  'hosts_invalid',
  'identity_foreign',
  'identity_invalid',
  'not_a_node',
  'not_registered',
  'pods_unknown',
  'rate_limited',
  'review_unavailable',
  'state_write_failed',
  'token_expired',
  'token_required',
  'token_unbound',
  'token_unknown',
  'token_used',
  'unauthenticated',
] as const

export class CaMetrics {
  readonly registry = new Registry()
  readonly #issued: Counter
  readonly #refused: Counter
  readonly #stateWriteFailures: Counter

  constructor() {
    const registers = [this.registry]
    collectProcessMetrics(collectDefaultMetrics, this.registry)
    this.#issued = new Counter({
      name: metricNames.issued,
      help: 'Certificates issued, by method.',
      labelNames: ['method'],
      registers,
    })
    this.#refused = new Counter({
      name: metricNames.refused,
      help: 'Requests refused, by method and reason.',
      labelNames: ['method', 'reason'],
      registers,
    })
    this.#stateWriteFailures = new Counter({
      name: metricNames.stateWriteFailures,
      help: 'Writes to the state directory that failed.',
      registers,
    })
  }

  /** Shows the seconds until root and issuing authority end, read at each scrape. */
  watch(hierarchy: Hierarchy, clock: Clock): void {
    new Gauge({
      name: metricNames.authorityExpiry,
      help: 'Seconds until an authority ends.',
      labelNames: ['authority'],
      registers: [this.registry],
      collect() {
        const { root, issuing } = hierarchy
        for (const [authority, { certificate }] of Object.entries({ root, issuing })) {
          this.set({ authority }, Math.floor((certificate.notAfterMs - clock.wallMs()) / 1000))
        }
      },
    })
  }

  countIssued(method: string): void {
    this.#issued.inc({ method })
  }

  countRefused(method: string, code: string): void {
    const reason = refusalReasons.find((known) => known === code) ?? 'other'
    this.#refused.inc({ method, reason })
    if (reason === 'state_write_failed') this.countStateWriteFailure()
  }

  countStateWriteFailure(): void {
    this.#stateWriteFailures.inc()
  }
}
