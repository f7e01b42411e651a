/**
 * The one table of everything that can go wrong on the data path.
 *
 * A fault is a frozen value: whose it is, what the caller sees over HTTP and gRPC, and whether another attempt is safe.
 * Codes are never reused. `docs/faults.md` describes each; a test holds the two together.
 */
export const faults = {
  malformed: row('malformed', 'downstream', 'no', 400, 13, 'never'),
  denied: row('denied', 'downstream', 'no', 403, 7, 'never'),
  plaintext_refused: row('plaintext_refused', 'downstream', 'no', 403, 7, 'never'),
  no_route: row('no_route', 'downstream', 'no', 404, 5, 'never'),
  rate_limited: row('rate_limited', 'downstream', 'no', 429, 8, 'never'),
  protocol_mismatch: row('protocol_mismatch', 'downstream', 'no', 400, 13, 'never'),
  backend_invalid: row('backend_invalid', 'mesh', 'no', 500, 14, 'never'),
  overloaded: row('overloaded', 'mesh', 'no', 503, 14, 'elsewhere'),
  draining: row('draining', 'mesh', 'no', 503, 14, 'elsewhere'),
  no_endpoint: row('no_endpoint', 'mesh', 'no', 503, 14, 'elsewhere'),
  not_ready: row('not_ready', 'mesh', 'no', 503, 14, 'elsewhere'),
  connect_failed: row('connect_failed', 'upstream', 'no', 502, 14, 'elsewhere'),
  identity_mismatch: row('identity_mismatch', 'upstream', 'no', 502, 14, 'elsewhere'),
  upstream_refused: row('upstream_refused', 'upstream', 'no', 503, 14, 'elsewhere'),
  upstream_reset: row('upstream_reset', 'upstream', 'perhaps', 502, 14, 'if_idempotent'),
  upstream_malformed: row('upstream_malformed', 'upstream', 'yes', 502, 13, 'never'),
  deadline_exceeded: row('deadline_exceeded', 'clock', 'perhaps', 504, 4, 'never'),
  request_timeout: row('request_timeout', 'downstream', 'perhaps', 408, 1, 'never'),
  downstream_closed: row('downstream_closed', 'downstream', 'perhaps', 499, 1, 'never'),
} as const

export type FaultCode = keyof typeof faults
export type FaultOwner = 'downstream' | 'mesh' | 'upstream' | 'clock'
/** `elsewhere`: no octet reached an application. `if_idempotent`: the upstream may have acted. */
export type RetrySafety = 'never' | 'elsewhere' | 'if_idempotent'

export interface FaultRow {
  readonly code: string
  readonly owner: FaultOwner
  readonly upstreamSawIt: 'no' | 'perhaps' | 'yes'
  readonly httpStatus: number
  readonly grpcStatus: number
  readonly retry: RetrySafety
}

/**
 * What is told about one refusal, the same in the response header `weft-reason`, the gRPC trailer, the access log, the
 * span and `weft explain`. Every field is short and free of secrets.
 */
export interface Reason {
  readonly code: FaultCode
  /** The layer that refused: `route`, `authz`, `dispatch`, … */
  readonly layer: string
  /** `kind/namespace/name#rule` of what decided, or '' when no resource did. */
  readonly rule: string
  /** The configuration revision in force. */
  readonly version: string
  /** One sentence: what was attempted, what was found, what was expected. */
  readonly message: string
}

/** A refusal or failure travelling up the stack in place of a reply. */
export interface Fault {
  readonly ok: false
  readonly code: FaultCode
  readonly reason: Reason
}

export function fault(code: FaultCode, layer: string, message: string, rule = '', version = ''): Fault {
  return Object.freeze({ ok: false as const, code, reason: Object.freeze({ code, layer, rule, version, message }) })
}

/** The header and trailer that carry a {@link Reason} as JSON (ASCII only). */
export const REASON_HEADER = 'weft-reason'

/** JSON of a reason with everything outside printable ASCII escaped, so that it is a valid field value (RFC 9110 5.5). */
export function formatReason(reason: Reason): string {
  return JSON.stringify(reason).replace(/[^\x20-\x7e]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))
}

function row(
  code: string,
  owner: FaultOwner,
  upstreamSawIt: 'no' | 'perhaps' | 'yes',
  httpStatus: number,
  grpcStatus: number,
  retry: RetrySafety,
): FaultRow {
  return Object.freeze({ code, owner, upstreamSawIt, httpStatus, grpcStatus, retry })
}
