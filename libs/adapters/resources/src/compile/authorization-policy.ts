import type { AuthorizationPolicy, AuthorizationRule, OperationMatch, SourceMatch, StringMatch } from '@weft/traffic'
import { type AuthorizationPolicyResource, resourceId } from '../resource.ts'
import type { OperationSpec, SourceSpec } from '../schemas/authorization-policy.ts'
import { compileValue } from './route-rule.ts'

/** The policy with identities written out in the mesh's trust domain. */
export function compileAuthorizationPolicy(
  resource: AuthorizationPolicyResource,
  trustDomain: string,
): AuthorizationPolicy {
  const { metadata, spec } = resource
  return {
    name: resourceId(resource),
    namespace: metadata.namespace,
    action: spec.action,
    selector: { ...spec.selector?.matchLabels },
    services: (spec.targetRefs ?? []).map((ref) => ref.name),
    rules: (spec.rules ?? []).map((rule): AuthorizationRule => ({
      from: (rule.from ?? []).map((source) => compileSource(source, trustDomain)),
      to: (rule.to ?? []).map(compileOperation),
    })),
  }
}

function compileSource(source: SourceSpec, trustDomain: string): SourceMatch {
  const identities = (values: readonly string[] | undefined) =>
    (values ?? []).map((value) => fullIdentity(value, trustDomain))
  return {
    identities: identities(source.identities),
    namespaces: [...(source.namespaces ?? [])],
    notIdentities: identities(source.notIdentities),
    notNamespaces: [...(source.notNamespaces ?? [])],
    unauthenticated: source.unauthenticated ?? false,
  }
}

/** `shop/web` → `spiffe://<trust domain>/ns/shop/sa/web`. */
function fullIdentity(text: string, trustDomain: string): string {
  if (text === '*' || text.startsWith('spiffe://')) return text
  const [namespace, account] = text.split('/')
  return `spiffe://${trustDomain}/ns/${namespace}/sa/${account}`
}

function compileOperation(operation: OperationSpec): OperationMatch {
  return {
    ports: [...(operation.ports ?? [])],
    methods: [...(operation.methods ?? [])],
    paths: (operation.paths ?? []).map(compilePath),
    headers: (operation.headers ?? []).map((match) => compileValue(match, match.name.toLowerCase())),
  }
}

/** The match that a path of a policy means: `/a/*` is a prefix by path elements; a star elsewhere at the end is one by characters, for which the model has regex. */
export function compilePath(text: string): StringMatch {
  if (!text.endsWith('*')) return { type: 'exact', value: text }
  const prefix = text.slice(0, -1)
  if (prefix === '/') return { type: 'prefix', value: '/' }
  if (prefix.endsWith('/')) return { type: 'prefix', value: prefix.slice(0, -1) }
  return { type: 'regex', value: `${prefix.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}.*` }
}
