import type { FieldProblem } from '../problem.ts'

/** A grant says by itself all that there is to it; kinds that nobody knows grant nothing. */
export function checkReferenceGrant(): FieldProblem[] {
  return []
}
