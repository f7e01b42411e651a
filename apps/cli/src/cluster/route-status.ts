import { isApiFailure, resourcePath, type KubernetesObject } from '@weft/kubernetes'
import type { CheckResult } from '../machine/checks.ts'
import type { ClusterReader } from './cluster-checks.ts'

const GATEWAY_API = 'gateway.networking.k8s.io/v1'
const CONTROLLER_NAME = 'weft.dev/controller'
const NAMED_MAX = 5

interface RouteObject extends KubernetesObject {
  readonly status?: {
    readonly parents?: readonly {
      readonly controllerName?: string
      readonly conditions?: readonly {
        readonly type: string
        readonly status: string
        readonly reason: string
        readonly message: string
      }[]
    }[]
  }
}

/** What the mesh has written into the status of routes. */
export async function checkRouteStatus(client: ClusterReader): Promise<CheckResult> {
  let count = 0
  const bad: string[] = []
  for (const [kind, plural] of [
    ['HTTPRoute', 'httproutes'],
    ['GRPCRoute', 'grpcroutes'],
    ['TCPRoute', 'tcproutes'],
    ['TLSRoute', 'tlsroutes'],
  ] as const) {
    for (const { metadata, status } of await routesOf(client, plural)) {
      const own = (status?.parents ?? []).filter(({ controllerName }) => controllerName === CONTROLLER_NAME)
      if (own.length > 0) count++
      const name = `${kind}/${metadata.namespace ?? ''}/${metadata.name}`
      const wrong = own
        .flatMap(({ conditions = [] }) => conditions)
        .filter((one) => (one.type === 'PartiallyInvalid') === (one.status === 'True'))
      bad.push(...wrong.map(({ type, reason, message }) => `${name}: ${type} ${reason}: ${message}`))
    }
  }
  const more = bad.length > NAMED_MAX ? `; and ${bad.length - NAMED_MAX} more` : ''
  return {
    ok: bad.length === 0,
    found: bad.length === 0 ? `${count} routes` : bad.slice(0, NAMED_MAX).join('; ') + more,
  }
}

/** None where the kind is not served. */
async function routesOf(client: ClusterReader, plural: string): Promise<readonly RouteObject[]> {
  try {
    return (await client.list<RouteObject>(resourcePath(GATEWAY_API, plural))).items
  } catch (error) {
    if (isApiFailure(error, 'not_found')) return []
    throw error
  }
}
