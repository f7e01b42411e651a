/**
 * The one table of exit codes. `docs/cli.md` and `weft --help` show it; a test holds them together.
 *
 * `weft run` ends with the code of its program; what goes wrong before the program runs has the codes from 125 up, as
 * env(1) and others do, so that the two are not mixed up.
 */
export const exitCodes = {
  ok: { code: 0, meaning: 'done' },
  failed: { code: 1, meaning: 'the operation failed; the message says why' },
  usage: { code: 2, meaning: 'unknown command or flag, or a value that is not as expected' },
  resource: { code: 3, meaning: 'a resource is wrong; file and line are in the message, nothing was applied' },
  not_running: { code: 4, meaning: 'no mesh runs here, or its control plane does not answer' },
  timeout: { code: 5, meaning: 'not finished within the time given' },
  refused: { code: 6, meaning: 'the mesh refused, or `explain` and `check` found that it would not work' },
  not_found: { code: 7, meaning: 'no such resource' },
  conflict: { code: 8, meaning: 'already running with other settings, or a port or address is taken' },
  run_failed: { code: 125, meaning: '`run`: the program was not started' },
  run_not_executable: { code: 126, meaning: '`run`: the program cannot be executed' },
  run_not_found: { code: 127, meaning: '`run`: there is no such program' },
} as const

export type ExitName = keyof typeof exitCodes

/** Codes that come from the control plane and from the libraries, by the row they mean. */
const synonyms = new Map<string, ExitName>(
  Object.entries({
    invalid_argument: 'resource',
    unavailable: 'not_running',
    deadline_exceeded: 'timeout',
    permission_denied: 'refused',
    failed_precondition: 'refused',
    already_exists: 'conflict',
    aborted: 'conflict',
    chart_values: 'usage',
    config: 'usage',
  } as const),
)

/** The exit code for a failure: that of its row when the table has one, else 1. */
export function exitCodeOf(failureCode: string): number {
  if (Object.hasOwn(exitCodes, failureCode)) return exitCodes[failureCode as ExitName].code
  return exitCodes[synonyms.get(failureCode) ?? 'failed'].code
}
