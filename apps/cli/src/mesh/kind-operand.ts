import { nearest } from '@weft/config'
import { Failure } from '@weft/faults'
import { findKind, storedKinds, type StoredKind } from '@weft/resources'

/** The kind that a person means by `httproute`, `HTTPRoute` or `httproutes`. Faults: Failure `usage` with the nearest. */
export function kindOperand(word: string): StoredKind {
  const kind = findKind(word)
  if (kind !== null) return kind
  const near = nearest(
    word.toLowerCase(),
    storedKinds.map((each) => each.toLowerCase()),
  )
  throw new Failure(
    'usage',
    `${JSON.stringify(word)} is not a kind of resource${near}: expected one of ${storedKinds.join(', ')}`,
  )
}
