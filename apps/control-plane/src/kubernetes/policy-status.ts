import type { Condition } from '@weft/kubernetes'

/** What became of a policy. */
export interface PolicyOutcome {
  /** Of the object that was looked at. */
  readonly generation: number
  /** Why it can't be read; '' when it can. */
  readonly problem: string
  /** What it refers to and is not there. */
  readonly warnings: readonly string[]
}

interface Status {
  readonly conditions?: readonly Condition[]
}

const OURS = ['Accepted', 'ResolvedRefs']
const MESSAGE_LENGTH_MAX = 1_024

/**
 * The conditions to write so that a policy says what became of it, or null when it does already. Those of other types stay;
 * one whose status stays keeps its time. `now` is the time in RFC 3339.
 */
export function policyStatus(written: Status | undefined, outcome: PolicyOutcome, now: string): Status | null {
  const conditions = written?.conditions ?? []
  if (conditions.some(({ observedGeneration = 0 }) => observedGeneration > outcome.generation)) return null
  const wanted = wantedConditions(outcome).map((condition): Condition => {
    const before = conditions.find(({ type }) => type === condition.type)
    return { ...condition, lastTransitionTime: before?.status === condition.status ? before.lastTransitionTime : now }
  })
  const merged = [...wanted, ...conditions.filter(({ type }) => !OURS.includes(type))]
  return isSame(merged, conditions) ? null : { conditions: merged }
}

function wantedConditions({ generation, problem, warnings }: PolicyOutcome): Omit<Condition, 'lastTransitionTime'>[] {
  const condition = (type: string, isTrue: boolean, reason: string, message: string) => ({
    type,
    status: isTrue ? ('True' as const) : ('False' as const),
    reason,
    message: message.slice(0, MESSAGE_LENGTH_MAX),
    observedGeneration: generation,
  })
  if (problem !== '') return [condition('Accepted', false, 'Invalid', problem)]
  const isResolved = warnings.length === 0
  return [
    condition('Accepted', true, 'Accepted', 'it is given to the agents'),
    isResolved
      ? condition('ResolvedRefs', true, 'ResolvedRefs', 'what it refers to is there')
      : condition('ResolvedRefs', false, 'TargetNotFound', warnings.join('; ')),
  ]
}

/** Whatever the order of the list and of the fields. */
function isSame(a: readonly Condition[], b: readonly Condition[]): boolean {
  const text = (conditions: readonly Condition[]): string =>
    conditions
      .map((one) => JSON.stringify(Object.entries(one).toSorted(([x], [y]) => (x < y ? -1 : 1))))
      .toSorted()
      .join()
  return text(a) === text(b)
}
