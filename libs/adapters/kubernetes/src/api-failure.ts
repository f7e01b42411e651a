import { Failure } from '@weft/faults'

/** A `Status` of the API: what it answers instead of an object. */
export interface ApiStatus {
  readonly reason?: string
  readonly message?: string
  readonly details?: {
    readonly retryAfterSeconds?: number
    readonly causes?: readonly { readonly reason?: string; readonly field?: string; readonly message?: string }[]
  }
}

/** By the reason that the server gives; the status tells where it gives none. */
const codeOfReason: Readonly<Record<string, string>> = {
  AlreadyExists: 'already_exists',
  Conflict: 'conflict',
  Expired: 'gone',
  Forbidden: 'permission_denied',
  Gone: 'gone',
  Invalid: 'invalid_argument',
  NotFound: 'not_found',
  Unauthorized: 'unauthenticated',
}
const codeOfStatus: Readonly<Record<number, string>> = {
  400: 'invalid_argument',
  401: 'unauthenticated',
  403: 'permission_denied',
  404: 'not_found',
  405: 'unsupported',
  409: 'conflict',
  410: 'gone',
  413: 'too_large',
  422: 'invalid_argument',
}

/**
 * A request that the API server refused, or that did not reach it (`status` 0, code `unavailable`).
 * Codes: already_exists, conflict, gone, invalid_argument, not_found, permission_denied, too_large, unauthenticated,
 * unavailable (the same request may succeed later), unsupported.
 */
export class ApiFailure extends Failure {
  /** HTTP status, 0 when there was no answer. */
  readonly status: number
  /** How long the server asks to wait, 0 when it does not. */
  readonly retryAfterMs: number
  /** What it names as wrong, field by field. */
  readonly causes: readonly { readonly field: string; readonly message: string }[]

  constructor(what: string, status: number, answer: ApiStatus, retryAfterMs = 0, cause?: unknown) {
    const code = codeOfReason[answer.reason ?? ''] ?? codeOfStatus[status] ?? 'unavailable'
    super(code, `${what}: ${answer.message ?? `the API server answered with status ${status}`}`, cause)
    this.name = 'ApiFailure'
    this.status = status
    this.retryAfterMs = retryAfterMs || (answer.details?.retryAfterSeconds ?? 0) * 1_000
    this.causes = (answer.details?.causes ?? []).map(({ field = '', message = '' }) => ({ field, message }))
  }

  /** True when the same request may succeed later: no answer, too many requests, trouble of the server. */
  get isPassing(): boolean {
    return this.code === 'unavailable'
  }
}

/** Whether `error` is a refusal of the API server with that code. */
export function isApiFailure(error: unknown, code: string): error is ApiFailure {
  return error instanceof ApiFailure && error.code === code
}
