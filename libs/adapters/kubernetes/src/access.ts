/** What a part may ask of the API server: one rule of RBAC, with its reason. The chart's roles are made from these. */
export interface AccessRule {
  /** '' for the core group. */
  readonly group: string
  /** Plurals; a subresource as `pods/status`. */
  readonly resources: readonly string[]
  readonly verbs: readonly AccessVerb[]
  /** Only objects of these names. List and watch name one by a field selector of it; create names none. */
  readonly names?: readonly string[]
  /** In the namespace of the mesh alone, or everywhere. */
  readonly scope: 'mesh' | 'cluster'
  readonly why: string
}

export type AccessVerb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete'

/** One request as RBAC sees it. */
export interface Access {
  readonly verb: AccessVerb
  readonly group: string
  readonly resource: string
  readonly namespace: string
  readonly name: string
}

const PATH =
  /^\/(?:api\/[^/]+|apis\/(?<group>[^/]+)\/[^/]+)(?:\/namespaces\/(?<namespace>[^/]+)(?=\/[^/]))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+)(?:\/(?<sub>.+))?)?$/

/** Null for what is no resource, such as the lists of what is served. Source: Kubernetes, "Determine the request verb". */
export function accessOf(request: {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
}): Access | null {
  const found = PATH.exec(request.path)?.groups
  if (found === undefined) return null
  const { group = '', namespace = '', plural = '', sub } = found
  const named = /^metadata\.name=([^,]+)$/.exec(String(request.query?.['fieldSelector'] ?? ''))?.[1]
  const name = found['name'] ?? ''
  const verb = verbOf(request.method, name !== '', String(request.query?.['watch'] ?? '') === 'true')
  if (verb === null) return null
  return {
    verb,
    group,
    resource: sub === undefined ? plural : `${plural}/${sub}`,
    namespace,
    name: name || (named ?? ''),
  }
}

/** Whether the rules allow it. `meshNamespace` is where rules of scope `mesh` hold. */
export function isAllowed(rules: readonly AccessRule[], access: Access, meshNamespace: string): boolean {
  return rules.some((rule) => covers(rule, access, meshNamespace))
}

export function covers(rule: AccessRule, access: Access, meshNamespace: string): boolean {
  const isNamed = rule.names === undefined || rule.names.includes(access.name)
  const isInside = rule.scope === 'cluster' || access.namespace === meshNamespace
  const isMeant = rule.group === access.group && rule.resources.includes(access.resource)
  return isMeant && isNamed && isInside && rule.verbs.includes(access.verb)
}

function verbOf(method: string, isNamed: boolean, isWatch: boolean): AccessVerb | null {
  if (method === 'GET') return isWatch ? 'watch' : isNamed ? 'get' : 'list'
  const verbs: Readonly<Record<string, AccessVerb>> = {
    POST: 'create',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: 'delete',
  }
  return verbs[method] ?? null
}
