import type { AuthorizationPolicy, AuthorizationRule } from '@weft/traffic'
import { OperationMatcher, PathView, type RequestView } from './operation.ts'
import { SourceMatcher, type Source } from './source.ts'

export type { RequestView } from './operation.ts'

/** The workload that is called, as far as policies ask. */
export interface GovernedWorkload {
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  /** Names of the services of its namespace that it answers to. */
  readonly services: readonly string[]
  readonly allowPlaintext: boolean
}

/** What was decided, and by what; made when policies are compiled, so deciding allocates nothing. */
export interface Decision {
  readonly verdict: 'allow' | 'deny' | 'needs-request'
  /** `AuthorizationPolicy/namespace/name#rule`, without #rule when the policy's mere presence decided; '' for none. */
  readonly rule: string
  /** The fault that a refusal is; null unless the verdict is `deny`. */
  readonly code: 'denied' | 'plaintext_refused' | null
  /** One sentence for the reason object; '' unless the verdict is `deny`. */
  readonly message: string
}

interface CompiledRule {
  readonly source: SourceMatcher
  readonly operation: OperationMatcher
  /** When this rule is what decides. */
  readonly decision: Decision
}

const NEEDS_REQUEST = decision('needs-request')
const ALLOWED_BY_DEFAULT = decision('allow')
const PLAINTEXT_REFUSED = decision(
  'deny',
  '',
  'plaintext_refused',
  'the caller proved no identity: expected mutual TLS from a workload of the mesh, or a policy that admits plaintext',
)

/** Whether a policy governs a workload: same namespace, labels as selected, one of the services if it names any. */
export function governs(policy: AuthorizationPolicy, workload: GovernedWorkload): boolean {
  if (policy.namespace !== workload.namespace) return false
  if (policy.services.length > 0 && !policy.services.some((name) => workload.services.includes(name))) return false
  return Object.entries(policy.selector).every(([label, value]) => workload.labels[label] === value)
}

/**
 * The policies of one workload, compiled. DENY is decided before ALLOW; with any ALLOW, what none of them admits is
 * denied; with none, every authenticated caller is admitted, and plaintext only where the workload allows it.
 *
 * What can't be known is decided against the caller: see {@link decideTcp} and operation.ts. Immutable: make a new one
 * when policies change. Not to be used from within itself (one path is held while a request is decided).
 */
export class Authorizer {
  readonly #denies: readonly CompiledRule[]
  readonly #allows: readonly CompiledRule[]
  /** What happens when no rule applies; index 0 for plaintext, 1 for an identity. */
  readonly #otherwise: readonly [plaintext: Decision, identity: Decision]
  readonly #path = new PathView()

  /**
   * `policies` may hold others too; those that do not govern the workload are left out.
   * Faults: Failure `policy` or `pattern`, naming the rule.
   */
  constructor(policies: readonly AuthorizationPolicy[], workload: GovernedWorkload) {
    const governing = policies.filter((policy) => governs(policy, workload))
    const allowing = governing.filter((policy) => policy.action === 'ALLOW')
    this.#denies = governing.filter((policy) => policy.action === 'DENY').flatMap((policy) => compile(policy, workload))
    this.#allows = allowing.flatMap((policy) => compile(policy, workload))
    this.#otherwise = allowing.length > 0 ? noneAllows(allowing) : [plaintextByDefault(workload), ALLOWED_BY_DEFAULT]
  }

  /**
   * At the connection, before its protocol is known. `allow` and `deny` hold for all of its requests; `needs-request`
   * means that they differ: ask {@link decideRequest} for each, or {@link decideTcp} when it turns out not to be HTTP.
   */
  decideConnection(source: Source, port: number): Decision {
    let mayBeDenied = false
    for (let i = 0; i < this.#denies.length; i++) {
      const rule = this.#denies[i]!
      const matched = matchConnection(rule, source, port)
      if (matched === 'yes') return rule.decision
      if (matched === 'maybe') mayBeDenied = true
    }
    let mayBeAllowed = false
    for (let i = 0; i < this.#allows.length; i++) {
      const rule = this.#allows[i]!
      const matched = matchConnection(rule, source, port)
      if (matched === 'yes') return mayBeDenied ? NEEDS_REQUEST : rule.decision
      if (matched === 'maybe') mayBeAllowed = true
    }
    if (mayBeAllowed) return NEEDS_REQUEST
    const otherwise = this.#otherwise[source.identity === null ? 0 : 1]
    return mayBeDenied && otherwise.verdict === 'allow' ? NEEDS_REQUEST : otherwise
  }

  /**
   * A connection that is not HTTP, in full. What a rule asks of a request can't be known here: a DENY that asks counts
   * as met, an ALLOW that asks does not.
   */
  decideTcp(source: Source, port: number): Decision {
    for (let i = 0; i < this.#denies.length; i++) {
      if (matchConnection(this.#denies[i]!, source, port) !== 'no') return this.#denies[i]!.decision
    }
    for (let i = 0; i < this.#allows.length; i++) {
      if (matchConnection(this.#allows[i]!, source, port) === 'yes') return this.#allows[i]!.decision
    }
    return this.#otherwise[source.identity === null ? 0 : 1]
  }

  /** One request, in full; never `needs-request`. */
  decideRequest(source: Source, port: number, request: RequestView): Decision {
    this.#path.set(request.path)
    for (let i = 0; i < this.#denies.length; i++) {
      if (this.#meets(this.#denies[i]!, source, port, request)) return this.#denies[i]!.decision
    }
    for (let i = 0; i < this.#allows.length; i++) {
      if (this.#meets(this.#allows[i]!, source, port, request)) return this.#allows[i]!.decision
    }
    return this.#otherwise[source.identity === null ? 0 : 1]
  }

  #meets(rule: CompiledRule, source: Source, port: number, request: RequestView): boolean {
    return rule.source.matches(source) && rule.operation.matchesRequest(port, request, this.#path)
  }
}

function matchConnection(rule: CompiledRule, source: Source, port: number): 'yes' | 'no' | 'maybe' {
  return rule.source.matches(source) ? rule.operation.matchesConnection(port) : 'no'
}

function compile(policy: AuthorizationPolicy, workload: GovernedWorkload): CompiledRule[] {
  const isDeny = policy.action === 'DENY'
  return policy.rules.map((rule: AuthorizationRule, index) => {
    const name = `${policy.name}#${index}`
    return {
      source: new SourceMatcher(rule.from, isDeny, workload.allowPlaintext),
      operation: new OperationMatcher(rule.to, isDeny, name),
      decision: isDeny ? decision('deny', name, 'denied', `a DENY rule applies: ${name}`) : decision('allow', name),
    }
  })
}

function noneAllows(allowing: readonly AuthorizationPolicy[]): readonly [plaintext: Decision, identity: Decision] {
  const names = allowing.map((policy) => policy.name).join(', ')
  const rule = allowing[0]!.name
  return [
    decision(
      'deny',
      rule,
      'plaintext_refused',
      `the caller proved no identity: expected one that a rule admits: ${names}`,
    ),
    decision('deny', rule, 'denied', `no ALLOW rule admits the caller: expected one of ${names}`),
  ]
}

function plaintextByDefault(workload: GovernedWorkload): Decision {
  return workload.allowPlaintext ? ALLOWED_BY_DEFAULT : PLAINTEXT_REFUSED
}

function decision(verdict: Decision['verdict'], rule = '', code: Decision['code'] = null, message = ''): Decision {
  return Object.freeze({ verdict, rule, code, message })
}
