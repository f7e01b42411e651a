import type { FieldProblem } from '../problem.ts'
import type { RelayRouteResource } from '../resource.ts'
import { Check } from './check.ts'
import { checkReferences } from './references.ts'

/** References that hang together; names only where there is something to ask for one. */
export function checkRelayRoute({ kind, spec }: RelayRouteResource): FieldProblem[] {
  const check = new Check()
  checkReferences(check, spec)
  if (kind === 'TCPRoute' && spec.hostnames !== undefined) {
    check.refuse(['spec', 'hostnames'], 'found in a TCPRoute, expected a TLSRoute: plain TCP says no name')
  }
  return check.problems
}
