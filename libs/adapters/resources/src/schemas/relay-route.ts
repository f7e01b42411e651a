import { hostname } from './gateway.ts'
import { resourceSchema } from './metadata.ts'
import { type BackendRef, connectionBackendRef, parentRef, type ParentRef } from './references.ts'
import { array, label, object } from './schema.ts'

/** TCPRoute and TLSRoute: connections of a listener to backends, by weight. */
export interface RelayRouteSpec {
  readonly parentRefs: readonly ParentRef[]
  /** TLSRoute only: names that clients ask for. */
  readonly hostnames?: readonly string[]
  readonly rules: readonly { readonly name?: string; readonly backendRefs: readonly BackendRef[] }[]
}

const rules = array(
  'The rule.',
  object(
    'Where connections go.',
    {
      name: label('Name of the rule.'),
      backendRefs: array('Backends, by weight.', connectionBackendRef, 16, 1),
    },
    ['backendRefs'],
  ),
  1,
  1,
)
const parentRefs = array('The services or listeners whose connections the route is for.', parentRef, 32, 1)

export const tcpRouteVersions = ['gateway.networking.k8s.io/v1alpha2', 'gateway.networking.k8s.io/v1'] as const
export const tlsRouteVersions = [
  'gateway.networking.k8s.io/v1alpha2',
  'gateway.networking.k8s.io/v1alpha3',
  'gateway.networking.k8s.io/v1',
] as const

export const tcpRouteSchema = resourceSchema(
  tcpRouteVersions,
  'TCPRoute',
  'Where connections to a service or TCP listener go. Source: Gateway API.',
  object('Attachment and rule.', { parentRefs, rules }, ['parentRefs', 'rules']),
)

export const tlsRouteSchema = resourceSchema(
  tlsRouteVersions,
  'TLSRoute',
  'Where connections of a TLS listener go, by the name that the client asks for (SNI). Source: Gateway API.',
  object(
    'Attachment, names and rule.',
    { parentRefs, hostnames: array('Names; any when absent.', hostname, 16, 1), rules },
    ['parentRefs', 'rules'],
  ),
)
