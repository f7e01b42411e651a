import { Failure } from '@weft/faults'
import type { ExternalService, Service, Workload } from '@weft/topology'
import type { AuthorizationPolicy, GatewayPort, Route, TrafficPolicy } from '@weft/traffic'
import type { ResourceUpsert } from '../worker/messages.ts'

/** Everything configured, by kind and name. Never changed once made. */
export interface ResourceMaps {
  readonly Service: ReadonlyMap<string, Service>
  readonly Workload: ReadonlyMap<string, Workload>
  readonly Route: ReadonlyMap<string, Route>
  readonly TrafficPolicy: ReadonlyMap<string, TrafficPolicy>
  readonly AuthorizationPolicy: ReadonlyMap<string, AuthorizationPolicy>
  readonly ExternalService: ReadonlyMap<string, ExternalService>
  readonly GatewayPort: ReadonlyMap<string, GatewayPort>
}

export const noResources: ResourceMaps = Object.freeze({
  Service: new Map(),
  Workload: new Map(),
  Route: new Map(),
  TrafficPolicy: new Map(),
  AuthorizationPolicy: new Map(),
  ExternalService: new Map(),
  GatewayPort: new Map(),
})

/**
 * The maps with changes applied; `maps` stays as it is.
 *
 * Faults: Failure `resource` for a kind that is not known or a removal that is not `Kind/name`.
 */
export function withChanges(
  maps: ResourceMaps,
  upserts: readonly ResourceUpsert[],
  removals: readonly string[],
): ResourceMaps {
  const changed: Record<string, Map<string, unknown>> = {}
  for (const { kind, name, value } of upserts) changedMap(changed, maps, kind).set(name, value)
  for (const removal of removals) {
    const slash = removal.indexOf('/')
    changedMap(changed, maps, removal.slice(0, Math.max(slash, 0))).delete(removal.slice(slash + 1))
  }
  return { ...maps, ...changed }
}

/** The maps with the workloads that they lack; the same maps when they lack none. */
export function withLocals(maps: ResourceMaps, locals: readonly Workload[]): ResourceMaps {
  const missing = locals.filter(({ uid }) => !maps.Workload.has(uid))
  if (missing.length === 0) return maps
  const Workload = new Map(maps.Workload)
  for (const workload of missing) Workload.set(workload.uid, workload)
  return { ...maps, Workload }
}

function changedMap(
  changed: Record<string, Map<string, unknown>>,
  maps: ResourceMaps,
  kind: string,
): Map<string, unknown> {
  const known = changed[kind]
  if (known !== undefined) return known
  if (!Object.hasOwn(maps, kind)) {
    throw new Failure(
      'resource',
      `Cannot apply a resource of kind ${JSON.stringify(kind)}: expected ${Object.keys(maps).join(', ')}`,
    )
  }
  return (changed[kind] = new Map<string, unknown>(maps[kind as keyof ResourceMaps]))
}
