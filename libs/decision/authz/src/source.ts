import { parseWorkloadIdentity } from '@weft/identity'
import type { SourceMatch } from '@weft/traffic'

/** The caller of a connection: make one per connection, since reading an identity costs more than deciding by it. */
export class Source {
  /** SPIFFE ID that mTLS proved; null for plaintext. */
  readonly identity: string | null
  /** From the SPIFFE ID; '' when it is not a workload's. */
  readonly namespace: string

  constructor(identity: string | null) {
    this.identity = identity
    this.namespace = identity === null ? '' : (parseWorkloadIdentity(identity)?.namespace ?? '')
  }
}

/**
 * The `from` of one rule. Where nothing is known of the caller the answer is the one that refuses: a DENY that does not
 * ask for a certain caller meets plaintext too, an ALLOW admits it only where it says so.
 */
export class SourceMatcher {
  readonly #clauses: readonly SourceClause[]
  readonly #isDeny: boolean
  readonly #admitsPlaintext: boolean

  constructor(from: readonly SourceMatch[], isDeny: boolean, admitsPlaintext: boolean) {
    this.#clauses = from.map((match) => new SourceClause(match))
    this.#isDeny = isDeny
    this.#admitsPlaintext = admitsPlaintext
  }

  matches(source: Source): boolean {
    if (this.#clauses.length === 0) return source.identity !== null || this.#isDeny || this.#admitsPlaintext
    for (let i = 0; i < this.#clauses.length; i++) {
      const clause = this.#clauses[i]!
      if (source.identity === null ? this.#meetsPlaintext(clause) : clause.matches(source.identity, source.namespace)) {
        return true
      }
    }
    return false
  }

  #meetsPlaintext(clause: SourceClause): boolean {
    if (clause.match.unauthenticated) return true
    return this.#isDeny ? !clause.asksForCaller : this.#admitsPlaintext && clause.isAny
  }
}

class SourceClause {
  readonly match: SourceMatch
  /** Names who the caller must be, not only who it must not be. */
  readonly asksForCaller: boolean
  readonly isAny: boolean

  constructor(match: SourceMatch) {
    this.match = match
    this.asksForCaller = match.identities.length > 0 || match.namespaces.length > 0
    this.isAny = !this.asksForCaller && match.notIdentities.length === 0 && match.notNamespaces.length === 0
  }

  matches(identity: string, namespace: string): boolean {
    const { identities, namespaces, notIdentities, notNamespaces } = this.match
    if (identities.length > 0 && !anyMeets(identities, identity)) return false
    if (namespaces.length > 0 && !anyMeets(namespaces, namespace)) return false
    return !anyMeets(notIdentities, identity) && !anyMeets(notNamespaces, namespace)
  }
}

function anyMeets(patterns: readonly string[], value: string): boolean {
  for (let i = 0; i < patterns.length; i++) if (meets(patterns[i]!, value)) return true
  return false
}

/** Exact, or by beginning when the pattern ends in `*`. Allocates nothing. */
function meets(pattern: string, value: string): boolean {
  const last = pattern.length - 1
  if (pattern.charCodeAt(last) !== 42) return pattern === value
  if (value.length < last) return false
  for (let i = 0; i < last; i++) if (pattern.charCodeAt(i) !== value.charCodeAt(i)) return false
  return true
}
