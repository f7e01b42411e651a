import { hostname, objectName } from './gateway.ts'
import { valueMatch, type ValueMatch } from './http-route.ts'
import { resourceSchema } from './metadata.ts'
import { backendRef, type BackendRef, parentRefs, type ParentRef } from './references.ts'
import { grpcFilters, type RouteFilter } from './route-filter.ts'
import { array, object, type Schema, words } from './schema.ts'

export interface GrpcRouteSpec {
  readonly parentRefs: readonly ParentRef[]
  readonly hostnames?: readonly string[]
  readonly rules: readonly GrpcRouteRule[]
}

export interface GrpcRouteRule {
  readonly name?: string
  readonly matches?: readonly GrpcRouteMatch[]
  readonly filters?: readonly RouteFilter[]
  readonly backendRefs?: readonly BackendRef[]
}

export interface GrpcRouteMatch {
  readonly method?: GrpcMethodMatch
  readonly headers?: readonly ValueMatch[]
}

export interface GrpcMethodMatch {
  readonly type?: 'Exact' | 'RegularExpression'
  readonly service?: string
  readonly method?: string
}

const name = (description: string): Schema => ({ type: 'string', description, maxLength: 1024 })

const match = object('All given fields must hold.', {
  method: object('What is called.', {
    type: words('How the values are compared; Exact when absent.', 'Exact', 'RegularExpression'),
    service: name('Service with its package; any when absent.'),
    method: name('Method; any when absent.'),
  }),
  headers: array('Matches of headers (metadata), all must hold.', valueMatch('header'), 16),
})

const rule = object('Calls that match go to the backends.', {
  name: objectName('Name of the rule.'),
  matches: array('One of these must hold; every call when absent.', match, 64),
  filters: grpcFilters,
  backendRefs: array('Where calls go, by weight. Without any they are answered UNAVAILABLE.', backendRef, 16),
})

export const grpcRouteSchema = resourceSchema(
  'gateway.networking.k8s.io/v1',
  'GRPCRoute',
  'Where gRPC calls to a service go. Source: Gateway API v1, GAMMA.',
  object(
    'Attachment and rules.',
    {
      parentRefs,
      hostnames: array('Host names of clients of a gateway; without meaning for services.', hostname, 16),
      rules: array('Rules.', rule, 16),
    },
    ['parentRefs'],
  ),
)
