import { durationMs } from '../duration.ts'
import type { FieldProblem } from '../problem.ts'
import type { TrafficPolicyResource } from '../resource.ts'
import { defaultTrafficPolicy } from '@weft/traffic'
import { Check } from './check.ts'

/** Bounds that belong together are in order, defaults included. */
export function checkTrafficPolicy({ spec }: TrafficPolicyResource): FieldProblem[] {
  const check = new Check()
  check.unique(['spec', 'targetRefs'], 'name', spec.targetRefs, (ref) => ref.name)
  const { retry, outlier } = defaultTrafficPolicy
  const { retries = {}, outlierDetection = {} } = spec
  inOrder(
    check,
    'retries',
    ['backoff', retries.backoff, retry.backoffBaseMs],
    ['backoffMax', retries.backoffMax, retry.backoffMaxMs],
  )
  const { ejectBase, ejectMax } = outlierDetection
  inOrder(
    check,
    'outlierDetection',
    ['ejectBase', ejectBase, outlier.ejectBaseMs],
    ['ejectMax', ejectMax, outlier.ejectMaxMs],
  )
  return check.problems
}

type Bound = readonly [field: string, given: string | undefined, defaultMs: number]

function inOrder(check: Check, part: string, low: Bound, high: Bound): void {
  const valueOf = ([, given, defaultMs]: Bound): number => (given === undefined ? defaultMs : durationMs(given))
  if (valueOf(low) <= valueOf(high)) return
  const blamed = high[1] === undefined ? low : high
  const bound = blamed === high ? `at least ${low[0]}, ${valueOf(low)}ms` : `at most ${high[0]}, ${valueOf(high)}ms`
  check.refuse(['spec', part, blamed[0]], `found ${JSON.stringify(blamed[1])}, expected ${bound}`)
}
