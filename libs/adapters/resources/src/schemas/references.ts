import { objectName } from './gateway.ts'
import { headerFilters, type RouteFilter } from './route-filter.ts'
import { array, integer, label, object, port, type Schema, words } from './schema.ts'

export interface ParentRef {
  /** `core` is written for '' at times, and means the same. */
  readonly group?: '' | 'core' | 'gateway.networking.k8s.io'
  readonly kind?: 'Service' | 'Gateway'
  readonly name: string
  readonly namespace?: string
  readonly port?: number
  readonly sectionName?: string
}

export interface BackendRef {
  readonly group?: '' | 'core' | 'weft.dev'
  readonly kind?: 'Service' | 'ExternalService'
  readonly name: string
  readonly namespace?: string
  readonly port: number
  readonly weight?: number
  /** Of routes for HTTP and gRPC only. */
  readonly filters?: readonly RouteFilter[]
}

const fields = {
  group: words("API group: '' (core) of a Service, weft.dev of an ExternalService.", '', 'core', 'weft.dev'),
  kind: words('Kind; Service when absent.', 'Service', 'ExternalService'),
  name: label('Name of the service.'),
  namespace: label('Namespace of the service; that of the route when absent.'),
  port: port('Port of the service.'),
  weight: integer('Share of the requests, as part of the sum of all weights; 1 when absent.', 0, 1_000_000),
}

/** A backend of connections. */
export const connectionBackendRef: Schema = object('A service that connections go to.', fields, ['name', 'port'])

/** A backend of requests. */
export const backendRef: Schema = object('A service that traffic goes to.', { ...fields, filters: headerFilters }, [
  'name',
  'port',
])

export const parentRef: Schema = object(
  'The service whose callers, or the gateway whose clients the route is for.',
  {
    group: words("API group: '' (core) of a Service.", '', 'core', 'gateway.networking.k8s.io'),
    kind: words('Kind; Gateway when absent.', 'Service', 'Gateway'),
    name: objectName('Name of it.'),
    namespace: label(
      'Namespace of it; that of the route when absent. A service of another namespace: for calls from the namespace of the route alone.',
    ),
    port: port('Port of it; all ports when absent.'),
    sectionName: objectName(
      'Name of the port of the service or of the listener; with a port beside it both must hold.',
    ),
  },
  ['name'],
)

export const parentRefs: Schema = array('The services or gateways that the route is for.', parentRef, 32, 1)
