import type { Fault } from '@weft/faults'
import type { Exchange, Outcome } from '@weft/stack'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { LimitedLog } from './limited-log.ts'

/** What is told of one TCP connection. */
export interface ConnectionEntry {
  readonly source: string
  readonly service: string
  readonly workload: string
  readonly durationMs: number
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly error: string
}

/** One line per exchange or connection, when it is over. Off by default: then nothing is built. */
export class AccessLog {
  readonly #log: Logger
  readonly #clock: Clock
  readonly #refusals: LimitedLog
  readonly isEnabled: boolean

  constructor(log: Logger, refusals: LimitedLog, clock: Clock, isEnabled: boolean) {
    this.#log = log
    this.#refusals = refusals
    this.#clock = clock
    this.isEnabled = isEnabled
  }

  exchange(direction: 'outbound' | 'inbound', exchange: Exchange, outcome: Outcome): void {
    if (!this.isEnabled) return
    const { head, origin } = exchange
    this.#log.info('exchange', {
      direction,
      source: origin.caller.identity,
      service: exchange.backend?.service ?? exchange.destination?.service ?? '',
      workload: exchange.endpoint?.target.workload ?? '',
      method: head.method,
      // Without the query, which may hold what is nobody's business.
      path: head.path.split('?')[0],
      status: exchange.status,
      fault: outcome.ok ? '' : outcome.code,
      rule: outcome.ok ? '' : outcome.reason.rule,
      why: outcome.ok ? '' : outcome.reason.message,
      attempts: exchange.attempt,
      durationMs: Math.round((this.#clock.nowMs() - exchange.startedAtMs) * 1000) / 1000,
      bytesSent: exchange.requestBytes,
      bytesReceived: exchange.replyBytes,
    })
  }

  connection(direction: 'outbound' | 'inbound', entry: ConnectionEntry): void {
    if (this.isEnabled) this.#log.info('connection', { direction, ...entry })
  }

  /**
   * A connection that was refused: told whether or not the log is on when it is a matter of security, but not without
   * end. `remote` is where it came from, `address:port`.
   */
  refused(direction: 'outbound' | 'inbound', source: string, remote: string, service: string, refusal: Fault): void {
    const isSecurity =
      refusal.code === 'plaintext_refused' || refusal.code === 'denied' || refusal.code === 'overloaded'
    if (!this.isEnabled && !isSecurity) return
    const { code, rule, message } = refusal.reason
    this.#refusals.warn('refused', { direction, source, remote, service, fault: code, rule, why: message })
  }
}
