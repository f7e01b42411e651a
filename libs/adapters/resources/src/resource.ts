import type { AuthorizationPolicySpec } from './schemas/authorization-policy.ts'
import type { ExternalServiceSpec } from './schemas/external-service.ts'
import type { GatewaySpec } from './schemas/gateway.ts'
import type { HttpRouteSpec } from './schemas/http-route.ts'
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

interface ResourceOf<ApiVersion extends string, Kind extends string, Spec> {
  readonly apiVersion: ApiVersion
  readonly kind: Kind
  readonly metadata: Metadata
  readonly spec: Spec
}

export type ServiceResource = ResourceOf<'v1', 'Service', ServiceSpec>
export type HttpRouteResource = ResourceOf<'gateway.networking.k8s.io/v1', 'HTTPRoute', HttpRouteSpec>
export type TrafficPolicyResource = ResourceOf<'weft.dev/v1alpha1', 'TrafficPolicy', TrafficPolicySpec>
export type AuthorizationPolicyResource = ResourceOf<
  'weft.dev/v1alpha1',
  'AuthorizationPolicy',
  AuthorizationPolicySpec
>

export type GatewayResource = ResourceOf<'gateway.networking.k8s.io/v1', 'Gateway', GatewaySpec>
export type TcpRouteResource = ResourceOf<(typeof tcpRouteVersions)[number], 'TCPRoute', RelayRouteSpec>
export type TlsRouteResource = ResourceOf<(typeof tlsRouteVersions)[number], 'TLSRoute', RelayRouteSpec>
export type RelayRouteResource = TcpRouteResource | TlsRouteResource
export type ExternalServiceResource = ResourceOf<'weft.dev/v1alpha1', 'ExternalService', ExternalServiceSpec>
export type SecretResource = ResourceOf<'v1', 'Secret', SecretSpec>
export type ConfigMapResource = ResourceOf<'v1', 'ConfigMap', SecretSpec>

/** A checked resource that a mesh keeps, as people write it. */
export type Resource = ServiceResource | HttpRouteResource | TrafficPolicyResource | AuthorizationPolicyResource
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
