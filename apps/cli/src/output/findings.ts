import { describeError } from '@weft/faults'
import type { Output } from '../context.ts'
import type { Check, CheckResult } from '../machine/checks.ts'

/** What came of a check. */
export interface Finding {
  readonly id: string
  readonly title: string
  readonly result: 'ok' | 'warning' | 'failed'
  readonly found: string
  /** '' when it holds. */
  readonly hint: string
}

/** Runs a check; one that cannot be made has not held. `otherwise` is what it means that it does not hold. */
export async function findingOf(check: Check, otherwise: 'warning' | 'failed'): Promise<Finding> {
  const { id, title, hint } = check
  const {
    ok,
    found,
    isUnknown = false,
  } = await check.run().catch((error: unknown): CheckResult => ({ ok: false, found: describeError(error) }))
  return { id, title, result: ok ? 'ok' : isUnknown ? 'warning' : otherwise, found, hint: ok ? '' : hint }
}

export function printFinding(out: Output, { id, title, result, found, hint }: Finding): void {
  const mark = { ok: out.style.good('✓'), warning: out.style.warn('!'), failed: out.style.bad('✗') }[result]
  out.write(`${mark} ${id.padEnd(21)} ${title}: ${found}\n`)
  if (hint !== '') out.write(`  ${' '.repeat(21)} ${hint}\n`)
}
