interface Condition {
  readonly type: string
  readonly status: string
}

const GOOD_WHEN_TRUE = ['Accepted', 'ResolvedRefs']
const BAD_WHEN_TRUE = ['PartiallyInvalid', 'weft.dev/Conflicted']

/** Whether a condition of ours says that an object is not in force as its author meant it. */
export function isBad({ type, status }: Condition): boolean {
  return (BAD_WHEN_TRUE.includes(type) && status === 'True') || (GOOD_WHEN_TRUE.includes(type) && status !== 'True')
}
