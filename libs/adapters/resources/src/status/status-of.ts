import { nearest } from '@weft/config'
import { mirrorsOf } from '../compile/filters.ts'
import type { BackendTrouble } from '../compile/mesh-backends.ts'
import { isRefused } from '../compile/route-rule.ts'
import { type Attachment, hasForce, portsMeant, type RouteTable } from '../compile/route-table.ts'
import { describeSameMatch, sameMatches } from '../compile/same-matches.ts'
import { referenced, resourceId, type RouteResource } from '../resource.ts'
import type { BackendRef, ParentRef } from '../schemas/references.ts'
import type { RouteFilter } from '../schemas/route-filter.ts'
import { CONTROLLER_NAME, type RouteCondition, type RouteParentStatus, type RouteStatus } from './route-status.ts'

/** How many problems a message names; the rest is counted. */
const NAMED_MAX = 5

/**
 * What became of a route at each of its parents that is a service. Other parents belong to other controllers.
 * Source: Gateway API, RouteParentStatus.
 */
export function statusOf(route: RouteResource, table: RouteTable, services: ReadonlyMap<string, unknown>): RouteStatus {
  const observedGeneration = route.metadata.generation ?? 0
  const parents = route.spec.parentRefs
    .filter(({ kind }) => kind === 'Service')
    .map((parentRef): RouteParentStatus => {
      const conditions = [
        acceptance(route, parentRef, table, services),
        resolution(route, parentRef, table),
        ...partiality(route),
        ...conflict(route, parentRef, table),
      ]
      const isAccepted = conditions[0]!.status === 'True'
      return {
        parentRef,
        controllerName: CONTROLLER_NAME,
        conditions: conditions
          .filter(({ type }) => type === 'Accepted' || type === 'ResolvedRefs' || isAccepted)
          .map((condition) => ({ ...condition, observedGeneration })),
      }
    })
  const misnamed = (route.refusal?.parents ?? []).map(({ parentRef, problem }) => ({
    parentRef: parentRef as ParentRef,
    controllerName: CONTROLLER_NAME,
    conditions: [{ ...no('Accepted', 'NoMatchingParent', problem), observedGeneration }],
  }))
  return { parents: [...parents, ...misnamed] }
}

type Condition = Omit<RouteCondition, 'observedGeneration'>

function acceptance(
  route: RouteResource,
  parentRef: ParentRef,
  table: RouteTable,
  services: ReadonlyMap<string, unknown>,
): Condition {
  const key = referenced(parentRef, route.metadata.namespace)
  const attachment = table.attachmentOf(route, parentRef)
  if (attachment === null) {
    return no('Accepted', 'NoMatchingParent', `there is no service ${key}${nearest(key, [...services.keys()])}`)
  }
  const { service } = attachment
  if (service.isHeadless) {
    const message = `service ${key} is headless: its name stands for its pods, so calls meet no route; expected one with a cluster IP`
    return no('Accepted', 'UnsupportedValue', message)
  }
  if (portsMeant(parentRef, service).length === 0)
    return no('Accepted', 'NoMatchingParent', missingPort(parentRef, attachment))
  if (!hasForce(route)) {
    const { problems = [], rules = [] } = route.refusal ?? {}
    const all = [...problems, ...rules.flatMap((rule) => rule.problems)]
    return no('Accepted', 'UnsupportedValue', all.length === 0 ? 'found no rule, expected at least one' : list(all))
  }
  return rivalry(attachment, table)
}

function missingPort({ port, sectionName }: ParentRef, { service }: Attachment): string {
  const wanted = [
    ...(port === undefined ? [] : [`port ${port}`]),
    ...(sectionName === undefined ? [] : [`port named ${sectionName}`]),
  ].join(' and ')
  const ports = service.ports.map((one) => (one.name === '' ? `${one.port}` : `${one.port} (${one.name})`)).join(', ')
  return `service ${service.namespace}/${service.name} has no ${wanted}, but ${ports || 'none at all'}`
}

/** Whether a route of a stronger kind has the ports that it is for. */
function rivalry(attachment: Attachment, table: RouteTable): Condition {
  const { route, service, clientNamespace } = attachment
  const meant = portsMeant(attachment.parentRef, service)
  const other = meant.filter(({ port }) => !attachment.ports.includes(port)).map(({ port }) => port)
  if (attachment.ports.length === 0) {
    const message = `every port is declared to carry no HTTP: ${other.join(', ')}; expected appProtocol http, or the port named here`
    return no('Accepted', 'UnsupportedValue', message)
  }
  const winners = attachment.ports.map((port) => ({ port, winner: table.inForce(service, clientNamespace, port)[0]! }))
  const lost = winners.filter(({ winner }) => winner.kind !== route.kind)
  const notes = [
    ...lost.map(({ port, winner }) => `port ${port} is ${resourceId(winner)}'s, which goes before an ${route.kind}`),
    ...(other.length === 0 ? [] : [`not for ports declared to carry no HTTP: ${other.join(', ')}`]),
  ]
  if (lost.length === winners.length) return no('Accepted', 'Conflicted', list(notes))
  if (route.kind === 'TCPRoute' || route.kind === 'TLSRoute') {
    const older = winners.filter(({ winner }) => winner.kind === route.kind && winner !== route)
    notes.push(...older.map(({ port, winner }) => `port ${port} is ${resourceId(winner)}'s, which is older`))
    if (older.length + lost.length === winners.length) return no('Accepted', 'Conflicted', list(notes))
  }
  const whose = clientNamespace === '' ? '' : ` for calls from namespace ${clientNamespace}`
  return yes('Accepted', 'Accepted', [`in force${whose}`, ...notes].join('; '))
}

function resolution(route: RouteResource, parentRef: ParentRef, table: RouteTable): Condition {
  const namespace = parentRef.namespace ?? route.metadata.namespace
  const troubles = [...backendTroubles(route, (ref) => table.backends.trouble(ref, route, namespace))]
  if (troubles.length === 0) return yes('ResolvedRefs', 'ResolvedRefs', 'every backend is there')
  const [{ trouble }] = troubles as [Located, ...Located[]]
  return no('ResolvedRefs', trouble.reason, list(troubles.map((one) => `${one.path}: ${one.trouble.message}`)))
}

interface Located {
  readonly path: string
  readonly trouble: BackendTrouble
}

/** What is wrong with the references of rules that are in force, each with its field. */
function* backendTroubles(
  route: RouteResource,
  troubleOf: (ref: BackendRef) => BackendTrouble | null,
): Iterable<Located> {
  for (const [index, rule] of (route.spec.rules ?? []).entries()) {
    if (isRefused(route, index)) continue
    const { backendRefs = [], filters = [] } = rule as { backendRefs?: readonly BackendRef[]; filters?: RouteFilter[] }
    for (const [at, ref] of backendRefs.entries()) {
      const trouble = troubleOf(ref)
      if (trouble !== null) yield { path: `spec.rules[${index}].backendRefs[${at}]`, trouble }
    }
    for (const { backendRef } of mirrorsOf(filters)) {
      const trouble = troubleOf(backendRef)
      if (trouble !== null) yield { path: `spec.rules[${index}].filters requestMirror`, trouble }
    }
  }
}

/** Said only of a route that is partly in force. */
function partiality({ refusal }: RouteResource): Condition[] {
  const rules = refusal?.rules ?? []
  if (rules.length === 0) return []
  const which = rules.map(({ index }) => index).join(', ')
  const message = `Dropped Rule(s) ${which}: ${list(rules.flatMap(({ problems }) => problems))}`
  return [yes('PartiallyInvalid', 'UnsupportedValue', message)]
}

/** Said only of a route of which an older one has some of the matches: the Gateway API has no word for it. */
function conflict(route: RouteResource, parentRef: ParentRef, table: RouteTable): Condition[] {
  const attachment = table.attachmentOf(route, parentRef)
  if (attachment === null) return []
  const { service, clientNamespace, ports } = attachment
  const found = ports.flatMap((port) => sameMatches(route, table.inForce(service, clientNamespace, port)))
  const texts = [...new Set(found.map(describeSameMatch))]
  return texts.length === 0 ? [] : [yes('weft.dev/Conflicted', 'Conflicted', list(texts))]
}

function yes(type: Condition['type'], reason: Condition['reason'], message: string): Condition {
  return { type, status: 'True', reason, message }
}

function no(type: Condition['type'], reason: Condition['reason'], message: string): Condition {
  return { type, status: 'False', reason, message }
}

function list(texts: readonly string[]): string {
  const named = texts.slice(0, NAMED_MAX).join('; ')
  return texts.length > NAMED_MAX ? `${named}; and ${texts.length - NAMED_MAX} more` : named
}
