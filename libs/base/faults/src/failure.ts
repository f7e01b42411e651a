/**
 * Expected trouble outside the data path: at start-up, in the CLI, in control-plane I/O.
 *
 * `code` is stable and matched by callers; `message` says what was attempted, quotes what was found and ends with what
 * was expected. A bug is an {@link assert} instead, and ends the process.
 */
export class Failure extends Error {
  readonly code: string

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'Failure'
    this.code = code
  }
}

/** Ends with an Error that names a bug; never used for bad input. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`bug: ${message}`)
}

/** The message of anything thrown, with its causes, on one line. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.message || error.name
  return error.cause === undefined ? own : `${own}: ${describeError(error.cause)}`
}
