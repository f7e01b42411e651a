import type { FieldProblem } from '../problem.ts'
import type { ConfigMapResource, SecretResource } from '../resource.ts'
import { Check } from './check.ts'

/** Nothing that would have to be guessed. */
export function checkSecret(_resource: SecretResource | ConfigMapResource): FieldProblem[] {
  return new Check().problems
}
