import type { ProxyResource } from '../resource.ts'
import type { JointProblem } from '../parse.ts'

/** What is wrong among the resources of a file for `weft proxy` that are right one by one. */
export function checkTogether(_resources: readonly ProxyResource[]): JointProblem[] {
  return []
}
