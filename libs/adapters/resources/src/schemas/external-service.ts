import { hostname, type ObjectRef, objectRef } from './gateway.ts'
import { resourceSchema } from './metadata.ts'
import { array, integer, label, object, port, string, words } from './schema.ts'

export interface ExternalServiceSpec {
  readonly ports: readonly ExternalPortSpec[]
  readonly endpoints: readonly ExternalEndpointSpec[]
  readonly tls?: OriginationSpec
  readonly tunnel?: TunnelSpec
}

export interface ExternalPortSpec {
  readonly name?: string
  readonly port: number
  readonly appProtocol?: keyof typeof externalProtocolOf
}

export interface ExternalEndpointSpec {
  readonly address: string
  readonly port?: number
  readonly portName?: string
  readonly weight?: number
  readonly priority?: number
  readonly region?: string
  readonly zone?: string
}

export interface OriginationSpec {
  readonly hostname?: string
  readonly caCertificateRefs?: readonly ObjectRef[]
  readonly wellKnownCACertificates?: 'System'
  readonly certificateRef?: ObjectRef
}

export interface TunnelSpec {
  readonly protocol: 'HBONE'
  readonly address: string
  readonly port: number
  readonly tls: OriginationSpec
}

/** How the values of appProtocol read and what they are in the model. Absent: octets, as tcp. */
export const externalProtocolOf = {
  http: 'http',
  'kubernetes.io/h2c': 'http2',
  'kubernetes.io/ws': 'http',
  grpc: 'grpc',
  https: 'http',
  tcp: 'tcp',
  tls: 'tcp',
} as const

const address = string(
  'IPv4 or IPv6 address, or a host name that the machine resolves.',
  '^([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*|[A-Za-z0-9_]([-A-Za-z0-9_.]{0,251}[A-Za-z0-9])?)$',
  'an IPv4 or IPv6 address, or a host name',
  253,
)

const origination = object('TLS towards the endpoints; the certificate of the server is always verified.', {
  hostname,
  caCertificateRefs: array(
    'Authorities that the certificate must come from, under `ca.crt`.',
    objectRef('A ConfigMap or Secret with `ca.crt`.', 'ConfigMap', 'Secret'),
    16,
    1,
  ),
  wellKnownCACertificates: words('The authorities of the machine; so when no other are given.', 'System'),
  certificateRef: objectRef('Secret with the certificate by which we prove ourselves.', 'Secret'),
})

export const externalServiceSchema = resourceSchema(
  'weft.dev/v1alpha1',
  'ExternalService',
  'Endpoints that are no workloads of the mesh, under one name.',
  object(
    'Ports and endpoints.',
    {
      ports: array(
        'Ports by which routes refer to it.',
        object(
          'One port.',
          {
            name: label('Name of the port, unique in the service.'),
            port: port('Port in references; also that of endpoints which give none.'),
            appProtocol: words(
              'What the endpoints speak; tcp when absent. http is HTTP/1.1, https HTTP/2 or HTTP/1.1 in TLS, as agreed on.',
              ...Object.keys(externalProtocolOf),
            ),
          },
          ['port'],
        ),
        64,
        1,
      ),
      endpoints: array(
        'Where it is served; several are balanced.',
        object(
          'One endpoint.',
          {
            address,
            port: port('Port of the endpoint; that of the reference when absent.'),
            portName: label('The endpoint serves this port only; all ports when absent.'),
            weight: integer('Share, as part of the sum of all weights; 1 when absent, 0 for none.', 0, 1_000_000),
            priority: integer('0 is used first, the next as far as it is not well; 0 when absent.', 0, 1000),
            region: label('Where it is; one in our own region is preferred to others.'),
            zone: label('Where it is; one in our own zone is preferred most.'),
          },
          ['address'],
        ),
        1000,
        1,
      ),
      tls: origination,
      tunnel: object(
        'The endpoints are reached through another weft proxy.',
        {
          protocol: words('HTTP/2 CONNECT over mutual TLS.', 'HBONE'),
          address,
          port: port('Port of its HBONE listener.'),
          tls: origination,
        },
        ['protocol', 'address', 'port', 'tls'],
      ),
    },
    ['ports', 'endpoints'],
  ),
)
