import { type Http1FaultCode, http1Faults } from '@weft/http1'

/** Why a connection of HTTP/1 was given up for what its peer did, or failed to do in time. */
export type Http1Refused = Exclude<Http1FaultCode, 'truncated'> | 'head_timeout' | 'body_timeout' | 'reader_timeout'

/** How often each happened. One object may be shared by all connections of a worker; metrics read it. */
export class Http1Counters {
  readonly refused: Record<Http1Refused, number>

  constructor() {
    const codes = Object.keys(http1Faults).filter((code) => code !== 'truncated')
    const reasons = [...codes, 'head_timeout', 'body_timeout', 'reader_timeout'] as Http1Refused[]
    this.refused = Object.fromEntries(reasons.map((reason) => [reason, 0])) as Record<Http1Refused, number>
  }

  /** A message that broke off counts for nothing: peers go away all the time. */
  count(code: Http1FaultCode): void {
    if (code !== 'truncated') this.refused[code]++
  }
}
