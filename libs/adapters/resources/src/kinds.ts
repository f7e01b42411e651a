import { checkAuthorizationPolicy } from './checks/authorization-policy.ts'
import { checkExternalService } from './checks/external-service.ts'
import { checkGateway } from './checks/gateway.ts'
import { checkGrpcRoute } from './checks/grpc-route.ts'
import { checkHttpRoute } from './checks/http-route.ts'
import { checkReferenceGrant } from './checks/reference-grant.ts'
import { checkRelayRoute } from './checks/relay-route.ts'
import { checkSecret } from './checks/secret.ts'
import { checkService } from './checks/service.ts'
import { checkTrafficPolicy } from './checks/traffic-policy.ts'
import type { FieldProblem } from './problem.ts'
import type { AnyResource, ResourceKind, StoredKind } from './resource.ts'
import { authorizationPolicySchema } from './schemas/authorization-policy.ts'
import { externalServiceSchema } from './schemas/external-service.ts'
import { gatewaySchema } from './schemas/gateway.ts'
import { grpcRouteSchema } from './schemas/grpc-route.ts'
import { httpRouteSchema, httpRouteVersions } from './schemas/http-route.ts'
import { referenceGrantSchema, referenceGrantVersions } from './schemas/reference-grant.ts'
import { tcpRouteSchema, tcpRouteVersions, tlsRouteSchema, tlsRouteVersions } from './schemas/relay-route.ts'
import type { Schema } from './schemas/schema.ts'
import { configMapSchema, secretSchema } from './schemas/secret.ts'
import { serviceSchema } from './schemas/service.ts'
import { trafficPolicySchema } from './schemas/traffic-policy.ts'

/** What resources are read for. */
export type Place = 'mesh' | 'proxy'

/** Everything about one kind of resource. */
export interface KindEntry<Kind extends ResourceKind = ResourceKind> {
  readonly kind: Kind
  /** Versions that are read alike, the one to write first. */
  readonly apiVersions: readonly string[]
  readonly plural: string
  /** Where it has a meaning: in a mesh, in the file of `weft proxy`. */
  readonly places: readonly Place[]
  readonly schema: Schema
  /** What a schema can't say. Called only with what the schema accepts. */
  readonly check: (resource: AnyResource & { kind: Kind }) => FieldProblem[]
}

/** The one table of kinds. */
export const kindTable: { readonly [Kind in ResourceKind]: KindEntry<Kind> } = {
  Service: {
    kind: 'Service',
    apiVersions: ['v1'],
    plural: 'services',
    places: ['mesh'],
    schema: serviceSchema,
    check: checkService,
  },
  HTTPRoute: {
    kind: 'HTTPRoute',
    apiVersions: httpRouteVersions,
    plural: 'httproutes',
    places: ['mesh', 'proxy'],
    schema: httpRouteSchema,
    check: checkHttpRoute,
  },
  GRPCRoute: {
    kind: 'GRPCRoute',
    apiVersions: ['gateway.networking.k8s.io/v1'],
    plural: 'grpcroutes',
    places: ['mesh'],
    schema: grpcRouteSchema,
    check: checkGrpcRoute,
  },
  ReferenceGrant: {
    kind: 'ReferenceGrant',
    apiVersions: referenceGrantVersions,
    plural: 'referencegrants',
    places: ['mesh'],
    schema: referenceGrantSchema,
    check: checkReferenceGrant,
  },
  TrafficPolicy: {
    kind: 'TrafficPolicy',
    apiVersions: ['weft.dev/v1alpha1'],
    plural: 'trafficpolicies',
    places: ['mesh', 'proxy'],
    schema: trafficPolicySchema,
    check: checkTrafficPolicy,
  },
  AuthorizationPolicy: {
    kind: 'AuthorizationPolicy',
    apiVersions: ['weft.dev/v1alpha1'],
    plural: 'authorizationpolicies',
    places: ['mesh'],
    schema: authorizationPolicySchema,
    check: checkAuthorizationPolicy,
  },
  Gateway: {
    kind: 'Gateway',
    apiVersions: ['gateway.networking.k8s.io/v1'],
    plural: 'gateways',
    places: ['proxy'],
    schema: gatewaySchema,
    check: checkGateway,
  },
  TCPRoute: {
    kind: 'TCPRoute',
    apiVersions: tcpRouteVersions,
    plural: 'tcproutes',
    places: ['mesh', 'proxy'],
    schema: tcpRouteSchema,
    check: checkRelayRoute,
  },
  TLSRoute: {
    kind: 'TLSRoute',
    apiVersions: tlsRouteVersions,
    plural: 'tlsroutes',
    places: ['mesh', 'proxy'],
    schema: tlsRouteSchema,
    check: checkRelayRoute,
  },
  ExternalService: {
    kind: 'ExternalService',
    apiVersions: ['weft.dev/v1alpha1'],
    plural: 'externalservices',
    places: ['proxy'],
    schema: externalServiceSchema,
    check: checkExternalService,
  },
  Secret: {
    kind: 'Secret',
    apiVersions: ['v1'],
    plural: 'secrets',
    places: ['proxy'],
    schema: secretSchema,
    check: checkSecret,
  },
  ConfigMap: {
    kind: 'ConfigMap',
    apiVersions: ['v1'],
    plural: 'configmaps',
    places: ['proxy'],
    schema: configMapSchema,
    check: checkSecret,
  },
}

/** The kinds that have a meaning in a place. */
export function kindsIn(place: Place): ResourceKind[] {
  return Object.values(kindTable)
    .filter(({ places }) => places.includes(place))
    .map(({ kind }) => kind)
}

/** The kinds that a mesh keeps. */
export const storedKinds = kindsIn('mesh') as StoredKind[]

/** The kind that a person means: `Service`, `service`, `services`; null for none. */
export function findKind(word: string): StoredKind | null {
  const lower = word.toLowerCase()
  return storedKinds.find((kind) => kind.toLowerCase() === lower || kindTable[kind].plural === lower) ?? null
}
