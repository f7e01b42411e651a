import { covers, type Access, type AccessRule, type AccessVerb } from '@weft/kubernetes'

/** What an audit log of the API server says of one part, held against its rules. */
export interface AccessReport {
  /** Requests that were forbidden: a rule is missing. Each once. */
  readonly forbidden: readonly string[]
  /** Verbs and resources of rules that no request needed. */
  readonly unused: readonly string[]
}

interface AuditEvent {
  readonly verb: string
  readonly user: { readonly username: string }
  readonly annotations?: Readonly<Record<string, string>>
  readonly responseStatus?: { readonly code?: number }
  readonly objectRef?: {
    readonly resource?: string
    readonly subresource?: string
    readonly apiGroup?: string
    readonly namespace?: string
    readonly name?: string
  }
}

/** Reads an audit log for the requests of a ServiceAccount of `namespace`. */
export function accessReport(
  log: string,
  account: string,
  rules: readonly AccessRule[],
  namespace: string,
): AccessReport {
  const user = `system:serviceaccount:${namespace}:${account}`
  const events = log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AuditEvent)
    .filter(({ user: { username }, objectRef }) => username === user && objectRef?.resource !== undefined)
  const isForbidden = (event: AuditEvent): boolean => event.annotations?.['authorization.k8s.io/decision'] === 'forbid'
  const allowed = new Map(
    events
      .filter((event) => !isForbidden(event))
      .flatMap(neededBy)
      .map((access) => [textOf(access), access]),
  )
  const forbidden = new Set(events.filter(isForbidden).map((event) => textOf(accessOf(event))))
  return {
    // A server that has just started knows no roles yet, and refuses what it allows a second later.
    forbidden: [...forbidden].filter((text) => !allowed.has(text)),
    unused: rules.flatMap((rule) => unusedOf(rule, [...allowed.values()], namespace)),
  }
}

/** Each verb and each resource of a rule must be needed by some request, not each pair of them. */
function unusedOf(rule: AccessRule, asked: readonly Access[], namespace: string): string[] {
  const needed = asked.filter((access) => covers(rule, access, namespace))
  const verbs = rule.verbs.filter((verb) => !needed.some((access) => access.verb === verb))
  const resources = rule.resources.filter((name) => !needed.some((access) => access.resource === name))
  const where = `${rule.group || 'core'} ${rule.resources.join(',')}`
  return [
    ...verbs.map((verb) => `${verb} of ${where}`),
    ...resources.map((name) => `any of ${rule.group || 'core'} ${name}`),
  ]
}

/** Server-side apply needs the right to create, too, where it creates; the log tells of it as a patch. */
function neededBy(event: AuditEvent): Access[] {
  const access = accessOf(event)
  const creates = event.verb === 'patch' && event.responseStatus?.code === 201
  return creates ? [access, { ...access, verb: 'create' }] : [access]
}

function accessOf({ verb, objectRef = {} }: AuditEvent): Access {
  const { resource = '', subresource, apiGroup: group = '', namespace = '', name = '' } = objectRef
  const full = subresource === undefined ? resource : `${resource}/${subresource}`
  return { verb: verb as AccessVerb, group, resource: full, namespace, name }
}

function textOf({ verb, group, resource, namespace, name }: Access): string {
  return `${verb} ${group || 'core'} ${resource}${namespace === '' ? '' : ` in ${namespace}`}${name === '' ? '' : ` named ${name}`}`
}
