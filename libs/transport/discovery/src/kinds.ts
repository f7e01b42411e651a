import type { Service, Workload } from '@weft/topology'
import type { AuthorizationPolicy, Route, TrafficPolicy } from '@weft/traffic'

/** What each kind of the stream is in the model. */
export interface ModelOfKind {
  readonly Service: Service
  readonly Workload: Workload
  readonly Route: Route
  readonly TrafficPolicy: TrafficPolicy
  readonly AuthorizationPolicy: AuthorizationPolicy
}

export type ResourceKind = keyof ModelOfKind

export const resourceKinds = [
  'Service',
  'Workload',
  'Route',
  'TrafficPolicy',
  'AuthorizationPolicy',
] as const satisfies readonly ResourceKind[]

/** A model value with its kind and its name on the stream; the form in which workers and tables take it too. */
export type ModelResource = {
  readonly [Kind in ResourceKind]: { readonly kind: Kind; readonly name: string; readonly value: ModelOfKind[Kind] }
}[ResourceKind]

/** `Kind/name`: unique among everything on a stream. */
export type ResourceKey = string

export function resourceKey(kind: ResourceKind, name: string): ResourceKey {
  return `${kind}/${name}`
}

/** Kind and name of a key, or null when it is not one. */
export function parseResourceKey(key: string): { kind: ResourceKind; name: string } | null {
  const at = key.indexOf('/')
  const kind = resourceKinds.find((candidate) => candidate === key.slice(0, Math.max(at, 0)))
  return kind === undefined || at + 1 >= key.length ? null : { kind, name: key.slice(at + 1) }
}

/**
 * The name under which a value goes over the stream: Service and TrafficPolicy (one per service) `namespace/service`,
 * Route `namespace/service` or `namespace/service:port`, with `@namespace` when it is for clients of that one alone, AuthorizationPolicy `namespace/name`, Workload its uid.
 */
export function resourceName<Kind extends ResourceKind>(kind: Kind, value: ModelOfKind[Kind]): string {
  return names[kind](value)
}

/** Kind, name and value together. */
export function modelResource<Kind extends ResourceKind>(kind: Kind, value: ModelOfKind[Kind]): ModelResource {
  return { kind, name: resourceName(kind, value), value } as unknown as ModelResource
}

const names: { readonly [Kind in ResourceKind]: (value: ModelOfKind[Kind]) => string } = {
  Service: (service) => `${service.namespace}/${service.name}`,
  Workload: (workload) => workload.uid,
  Route: ({ service, port, clientNamespace }) =>
    `${service}${port === 0 ? '' : `:${port}`}${clientNamespace === '' ? '' : `@${clientNamespace}`}`,
  TrafficPolicy: (policy) => policy.service,
  AuthorizationPolicy: (policy) => policy.name.slice('AuthorizationPolicy/'.length),
}
