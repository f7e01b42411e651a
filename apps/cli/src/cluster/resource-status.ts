import { isApiFailure, resourcePath, type KubernetesObject } from '@weft/kubernetes'
import type { CheckResult } from '../machine/checks.ts'
import { isBad } from '../mesh/bad-condition.ts'
import type { ClusterReader } from './cluster-checks.ts'

const CONTROLLER_NAME = 'weft.dev/controller'
const NAMED_MAX = 5
const GATEWAY_API = 'gateway.networking.k8s.io/v1'
const ROUTES = { HTTPRoute: 'httproutes', GRPCRoute: 'grpcroutes', TCPRoute: 'tcproutes', TLSRoute: 'tlsroutes' }
const WEFT = 'weft.dev/v1alpha1'
const POLICIES = { AuthorizationPolicy: 'authorizationpolicies', TrafficPolicy: 'trafficpolicies' }

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

interface Told extends KubernetesObject {
  readonly status?: {
    /** Of a policy. */
    readonly conditions?: readonly Condition[]
    /** Of a route. */
    readonly parents?: readonly { readonly controllerName?: string; readonly conditions?: readonly Condition[] }[]
  }
}

/** What the mesh has written into the status of routes. */
export function checkRouteStatus(client: ClusterReader): Promise<CheckResult> {
  return check(client, GATEWAY_API, ROUTES, 'routes', ({ status }) => {
    const own = (status?.parents ?? []).filter(({ controllerName }) => controllerName === CONTROLLER_NAME)
    return own.length === 0 ? null : own.flatMap(({ conditions = [] }) => conditions)
  })
}

/** What the mesh has written into the status of its policies. */
export function checkPolicyStatus(client: ClusterReader): Promise<CheckResult> {
  return check(client, WEFT, POLICIES, 'policies', ({ status }) => status?.conditions ?? [])
}

/** `conditionsOf` is null for an object that is not ours. */
async function check(
  client: ClusterReader,
  apiVersion: string,
  kinds: Readonly<Record<string, string>>,
  noun: string,
  conditionsOf: (object: Told) => readonly Condition[] | null,
): Promise<CheckResult> {
  let count = 0
  const bad: string[] = []
  for (const [kind, plural] of Object.entries(kinds)) {
    for (const object of await listed(client, apiVersion, plural)) {
      const conditions = conditionsOf(object)
      if (conditions === null) continue
      count++
      const name = `${kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`
      bad.push(...conditions.filter(isBad).map(({ type, reason, message }) => `${name}: ${type} ${reason}: ${message}`))
    }
  }
  const more = bad.length > NAMED_MAX ? `; and ${bad.length - NAMED_MAX} more` : ''
  return {
    ok: bad.length === 0,
    found: bad.length === 0 ? `${count} ${noun}` : bad.slice(0, NAMED_MAX).join('; ') + more,
  }
}

/** None where the kind is not served. */
async function listed(client: ClusterReader, apiVersion: string, plural: string): Promise<readonly Told[]> {
  try {
    return (await client.list<Told>(resourcePath(apiVersion, plural))).items
  } catch (error) {
    if (isApiFailure(error, 'not_found')) return []
    throw error
  }
}
