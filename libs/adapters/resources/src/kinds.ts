import { checkAuthorizationPolicy } from './checks/authorization-policy.ts'
import { checkHttpRoute } from './checks/http-route.ts'
import { checkService } from './checks/service.ts'
import { checkTrafficPolicy } from './checks/traffic-policy.ts'
import type { FieldProblem } from './problem.ts'
import type { Resource, StoredKind } from './resource.ts'
import { authorizationPolicySchema } from './schemas/authorization-policy.ts'
import { httpRouteSchema } from './schemas/http-route.ts'
import type { Schema } from './schemas/schema.ts'
import { serviceSchema } from './schemas/service.ts'
import { trafficPolicySchema } from './schemas/traffic-policy.ts'

/** Everything about one kind of resource. */
export interface KindEntry<Kind extends StoredKind = StoredKind> {
  readonly kind: Kind
  readonly apiVersion: string
  readonly plural: string
  readonly schema: Schema
  /** What a schema can't say. Called only with what the schema accepts. */
  readonly check: (resource: Resource & { kind: Kind }) => FieldProblem[]
}

/** The one table of kinds. */
export const kindTable: { readonly [Kind in StoredKind]: KindEntry<Kind> } = {
  Service: {
    kind: 'Service',
    apiVersion: 'v1',
    plural: 'services',
    schema: serviceSchema,
    check: checkService,
  },
  HTTPRoute: {
    kind: 'HTTPRoute',
    apiVersion: 'gateway.networking.k8s.io/v1',
    plural: 'httproutes',
    schema: httpRouteSchema,
    check: checkHttpRoute,
  },
  TrafficPolicy: {
    kind: 'TrafficPolicy',
    apiVersion: 'weft.dev/v1alpha1',
    plural: 'trafficpolicies',
    schema: trafficPolicySchema,
    check: checkTrafficPolicy,
  },
  AuthorizationPolicy: {
    kind: 'AuthorizationPolicy',
    apiVersion: 'weft.dev/v1alpha1',
    plural: 'authorizationpolicies',
    schema: authorizationPolicySchema,
    check: checkAuthorizationPolicy,
  },
}

export const storedKinds = Object.keys(kindTable) as StoredKind[]

/** The kind that a person means: `Service`, `service`, `services`; null for none. */
export function findKind(word: string): StoredKind | null {
  const lower = word.toLowerCase()
  return storedKinds.find((kind) => kind.toLowerCase() === lower || kindTable[kind].plural === lower) ?? null
}
