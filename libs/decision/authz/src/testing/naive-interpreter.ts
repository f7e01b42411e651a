import type { AuthorizationPolicy, AuthorizationRule, OperationMatch, SourceMatch, StringMatch } from '@weft/traffic'
import type { GovernedWorkload } from '../authorizer.ts'

/**
 * The meaning of policies, written down a second time as plainly as can be, for tests to compare the compiled form with.
 * Takes paths that have one spelling only; what others mean is told by examples in authorizer.test.ts.
 */
export interface Call {
  /** Null: plaintext. */
  readonly identity: { readonly namespace: string; readonly account: string } | null
  readonly port: number
  /** Null: not HTTP. */
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: readonly (readonly [string, string])[]
  } | null
}

export function isAllowed(policies: readonly AuthorizationPolicy[], workload: GovernedWorkload, call: Call): boolean {
  const here = policies.filter(
    (policy) =>
      policy.namespace === workload.namespace &&
      Object.keys(policy.selector).every((label) => workload.labels[label] === policy.selector[label]) &&
      (policy.services.length === 0 || policy.services.some((service) => workload.services.includes(service))),
  )
  const denies = here.filter((policy) => policy.action === 'DENY').flatMap((policy) => policy.rules)
  const allowPolicies = here.filter((policy) => policy.action === 'ALLOW')
  if (denies.some((rule) => applies(rule, 'DENY', workload, call))) return false
  if (allowPolicies.length === 0) return call.identity !== null || workload.allowPlaintext
  return allowPolicies.flatMap((policy) => policy.rules).some((rule) => applies(rule, 'ALLOW', workload, call))
}

export function spiffeId(identity: { readonly namespace: string; readonly account: string }): string {
  return `spiffe://cluster.local/ns/${identity.namespace}/sa/${identity.account}`
}

type Action = AuthorizationPolicy['action']

function applies(rule: AuthorizationRule, action: Action, workload: GovernedWorkload, call: Call): boolean {
  return fromApplies(rule.from, action, workload, call) && toApplies(rule.to, action, call)
}

function fromApplies(from: readonly SourceMatch[], action: Action, workload: GovernedWorkload, call: Call): boolean {
  const { identity } = call
  if (identity === null) {
    const isOpen = action === 'DENY' || workload.allowPlaintext
    return from.length === 0
      ? isOpen
      : from.some((source) => source.unauthenticated || meetsNobody(source, action, isOpen))
  }
  const id = spiffeId(identity)
  const any = (patterns: readonly string[], value: string): boolean =>
    patterns.some((pattern) => (pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1)) : value === pattern))
  return (
    from.length === 0 ||
    from.some(
      (source) =>
        (source.identities.length === 0 || any(source.identities, id)) &&
        (source.namespaces.length === 0 || any(source.namespaces, identity.namespace)) &&
        !any(source.notIdentities, id) &&
        !any(source.notNamespaces, identity.namespace),
    )
  )
}

function meetsNobody(source: SourceMatch, action: Action, isOpen: boolean): boolean {
  const asks = source.identities.length + source.namespaces.length > 0
  const excludes = source.notIdentities.length + source.notNamespaces.length > 0
  return isOpen && !asks && (action === 'DENY' || !excludes)
}

function toApplies(to: readonly OperationMatch[], action: Action, call: Call): boolean {
  return to.length === 0 || to.some((operation) => operationApplies(operation, action, call))
}

function operationApplies(operation: OperationMatch, action: Action, call: Call): boolean {
  if (operation.ports.length > 0 && !operation.ports.includes(call.port)) return false
  const asksRequest = operation.methods.length + operation.paths.length + operation.headers.length > 0
  const { request } = call
  if (!asksRequest) return true
  if (request === null) return action === 'DENY'
  const fold = (text: string): string => (action === 'DENY' ? text.toLowerCase() : text)
  if (operation.methods.length > 0 && !operation.methods.some((method) => fold(method) === fold(request.method)))
    return false
  const bare = (text: string): string => (action === 'DENY' ? text.replace(/(.)\/$/, '$1') : text)
  if (operation.paths.length > 0 && !operation.paths.some((path) => pathMeets(path, request.path, fold, bare))) {
    return false
  }
  return operation.headers.every(({ name, value }) => {
    const found = request.headers.filter(([field]) => field === name).map(([, text]) => text)
    const met = found.filter((text) => textMeets(value, text))
    return met.length > 0 && (action === 'DENY' || met.length === found.length)
  })
}

type Rewrite = (text: string) => string

function pathMeets(wanted: StringMatch, path: string, fold: Rewrite, bare: Rewrite): boolean {
  const a = fold(wanted.value)
  const b = fold(path)
  if (wanted.type === 'exact') return bare(a) === bare(b)
  if (wanted.type === 'regex') return new RegExp(`^(?:${a})$`).test(b)
  const elements = a.split('/').filter((element) => element !== '')
  const given = b.split('/').slice(1)
  return elements.every((element, i) => given[i] === element)
}

function textMeets(wanted: StringMatch, text: string): boolean {
  if (wanted.type === 'exact') return wanted.value === text
  return wanted.type === 'prefix' ? text.startsWith(wanted.value) : new RegExp(`^(?:${wanted.value})$`).test(text)
}
