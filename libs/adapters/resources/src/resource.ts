import type { AuthorizationPolicySpec } from './schemas/authorization-policy.ts'
import type { ExternalServiceSpec } from './schemas/external-service.ts'
import type { GatewaySpec } from './schemas/gateway.ts'
import type { GrpcRouteSpec } from './schemas/grpc-route.ts'
import type { HttpRouteSpec, httpRouteVersions } from './schemas/http-route.ts'
import type { ReferenceGrantSpec, referenceGrantVersions } from './schemas/reference-grant.ts'
import type { RelayRouteSpec, tcpRouteVersions, tlsRouteVersions } from './schemas/relay-route.ts'
import type { SecretSpec } from './schemas/secret.ts'
import type { ServiceSpec } from './schemas/service.ts'
import type { TrafficPolicySpec } from './schemas/traffic-policy.ts'

/** The part that every resource has. What the store sets is optional, so that what was read can be applied again. */
export interface Metadata {
  readonly name: string
  readonly namespace: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  /** Set by the store: grows with each change of the spec. */
  readonly generation?: number
  /** Set by the store: the revision that last changed it. In a change: apply only if it still is this. */
  readonly resourceVersion?: string
  /** Set by the store: RFC 3339. */
  readonly creationTimestamp?: string
}

/**
 * What of a route is not in force, and why. Only where it could not be refused when it was written: on Kubernetes anybody
 * may store what the CRD lets through.
 */
export interface RouteRefusal {
  /** Of the route as a whole: then nothing of it is in force. */
  readonly problems: readonly string[]
  /** Rules by their index; they stand in the spec as empty ones. */
  readonly rules: readonly { readonly index: number; readonly problems: readonly string[] }[]
  /** Parents that seem to be services and are none. They are not in the spec. */
  readonly parents: readonly { readonly parentRef: object; readonly problem: string }[]
}

interface Refusable {
  readonly refusal?: RouteRefusal
}

interface ResourceOf<ApiVersion extends string, Kind extends string, Spec> {
  readonly apiVersion: ApiVersion
  readonly kind: Kind
  readonly metadata: Metadata
  readonly spec: Spec
}

export type ServiceResource = ResourceOf<'v1', 'Service', ServiceSpec>
export type HttpRouteResource = ResourceOf<(typeof httpRouteVersions)[number], 'HTTPRoute', HttpRouteSpec> & Refusable
export type GrpcRouteResource = ResourceOf<'gateway.networking.k8s.io/v1', 'GRPCRoute', GrpcRouteSpec> & Refusable
export type ReferenceGrantResource = ResourceOf<
  (typeof referenceGrantVersions)[number],
  'ReferenceGrant',
  ReferenceGrantSpec
>
export type TrafficPolicyResource = ResourceOf<'weft.dev/v1alpha1', 'TrafficPolicy', TrafficPolicySpec>
export type AuthorizationPolicyResource = ResourceOf<
  'weft.dev/v1alpha1',
  'AuthorizationPolicy',
  AuthorizationPolicySpec
>

export type GatewayResource = ResourceOf<'gateway.networking.k8s.io/v1', 'Gateway', GatewaySpec>
export type TcpRouteResource = ResourceOf<(typeof tcpRouteVersions)[number], 'TCPRoute', RelayRouteSpec> & Refusable
export type TlsRouteResource = ResourceOf<(typeof tlsRouteVersions)[number], 'TLSRoute', RelayRouteSpec> & Refusable
export type RelayRouteResource = TcpRouteResource | TlsRouteResource
export type ExternalServiceResource = ResourceOf<'weft.dev/v1alpha1', 'ExternalService', ExternalServiceSpec>
export type SecretResource = ResourceOf<'v1', 'Secret', SecretSpec>
export type ConfigMapResource = ResourceOf<'v1', 'ConfigMap', SecretSpec>

/** A route that can be attached to a service. */
export type RouteResource = HttpRouteResource | GrpcRouteResource | TcpRouteResource | TlsRouteResource

/** A checked resource that a mesh keeps, as people write it. */
export type Resource =
  ServiceResource | RouteResource | ReferenceGrantResource | TrafficPolicyResource | AuthorizationPolicyResource
/** What the file of `weft proxy` holds. */
export type ProxyResource =
  | GatewayResource
  | HttpRouteResource
  | RelayRouteResource
  | ExternalServiceResource
  | TrafficPolicyResource
  | SecretResource
  | ConfigMapResource

/** A checked resource as people write it. */
export type AnyResource = Resource | ProxyResource
export type ResourceKind = AnyResource['kind']
export type StoredKind = Resource['kind']

/** Whether it is a route of some kind. */
export function isRoute(resource: AnyResource): resource is RouteResource {
  return ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].includes(resource.kind)
}

/** `Kind/namespace/name`: what people and messages call it. */
export function resourceId(resource: Pick<AnyResource, 'kind' | 'metadata'>): string {
  return `${resource.kind}/${resource.metadata.namespace}/${resource.metadata.name}`
}

/** `namespace/name` that a reference in a resource of `namespace` means. */
export function referenced(
  reference: { readonly name: string; readonly namespace?: string },
  namespace: string,
): string {
  return `${reference.namespace ?? namespace}/${reference.name}`
}
