import type { Authorizer, Source } from '@weft/authz'
import { type Fault, fault } from '@weft/faults'
import type { Exchange, Layer, Origin, Outcome } from '@weft/stack'

/** A connection that arrived at a workload: what its policies need to know. */
export interface GuardedOrigin extends Origin {
  readonly source: Source
  /** Of the workload. */
  readonly port: number
  /** Of the snapshot of this moment; null when the workload or its policies are not known: then everything is refused. */
  authorizer(): Authorizer | null
  /** Revision of the policies in force, for reasons. */
  revision(): string
}

export type Guarded = Exchange & { readonly origin: GuardedOrigin }

/**
 * Lets a request pass that the workload's AuthorizationPolicies admit, each decided on the policies of this moment.
 *
 * Guarded -> the same. Refuses when it can't decide. Faults: `denied`, `plaintext_refused`.
 */
export function authz<In extends Guarded>(): Layer<In, Outcome> {
  return (next) => (exchange) => {
    const refusal = refusalOf(exchange)
    return refusal === null ? next(exchange) : Promise.resolve(refusal)
  }
}

/** What the policies of this moment say against a request; null when they admit it. */
export function refusalOf({ origin, head }: Guarded): Fault | null {
  const authorizer = origin.authorizer()
  if (authorizer === null) {
    const message =
      'Cannot decide on the request: the workload or its policies are not known here, expected one of this node'
    return fault('denied', 'authz', message, '', origin.revision())
  }
  const decision = authorizer.decideRequest(origin.source, origin.port, head)
  if (decision.verdict === 'allow') return null
  const who = origin.source.identity ?? 'a caller without identity'
  const message = `${head.method} from ${who} is refused: ${decision.message}`
  return fault(decision.code ?? 'denied', 'authz', message, decision.rule, origin.revision())
}
