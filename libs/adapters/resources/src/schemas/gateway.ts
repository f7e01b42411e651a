import { resourceSchema } from './metadata.ts'
import { array, label, object, port, string, words } from './schema.ts'

export type ListenerProtocol = 'HTTP' | 'HTTPS' | 'TLS' | 'TCP' | 'HBONE'

export interface GatewaySpec {
  readonly gatewayClassName: 'weft'
  readonly addresses?: readonly { readonly type?: 'IPAddress'; readonly value: string }[]
  readonly listeners: readonly ListenerSpec[]
}

export interface ListenerSpec {
  readonly name: string
  readonly port: number
  readonly protocol: ListenerProtocol
  readonly hostname?: string
  readonly tls?: ListenerTls
  readonly allowedRoutes?: { readonly namespaces?: { readonly from?: 'Same' | 'All' } }
}

export interface ListenerTls {
  readonly mode?: 'Terminate' | 'Passthrough'
  readonly certificateRefs?: readonly ObjectRef[]
  readonly frontendValidation?: { readonly caCertificateRefs: readonly ObjectRef[] }
}

/** A Secret, or a ConfigMap where no key is needed, of the same file. */
export interface ObjectRef {
  readonly group?: ''
  readonly kind?: 'Secret' | 'ConfigMap'
  readonly name: string
  readonly namespace?: string
}

export const hostname = string(
  'Host name; `*.example.com` is every name below.',
  '^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
  'a host name in lower case such as shop.example.com or *.example.com',
  253,
)

export const objectRef = (what: string, ...kinds: readonly string[]) =>
  object(
    what,
    {
      group: words("API group: '' (core).", ''),
      kind: words(`Kind; ${kinds[0]} when absent.`, ...kinds),
      name: objectName('Name of it.'),
      namespace: label('Namespace of it; that of the resource when absent.'),
    },
    ['name'],
  )

/** Name of a Secret, Gateway or the like: RFC 1123 subdomain. */
export const objectName = (description: string) =>
  string(
    description,
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
    'a name of lower-case letters, digits, - and ., beginning and ending with a letter or digit',
    253,
  )

const tls = object('TLS of the listener.', {
  mode: words('Taken off here, or passed on as it is; Terminate when absent.', 'Terminate', 'Passthrough'),
  certificateRefs: array(
    'Certificates with their keys; which one is used follows from the name that the client asks for.',
    objectRef('A Secret of type kubernetes.io/tls.', 'Secret'),
    64,
    1,
  ),
  frontendValidation: object(
    'Clients must prove themselves by a certificate of these authorities.',
    {
      caCertificateRefs: array(
        'Certificates of authorities, under `ca.crt`.',
        objectRef('A ConfigMap or Secret with `ca.crt`.', 'ConfigMap', 'Secret'),
        16,
        1,
      ),
    },
    ['caCertificateRefs'],
  ),
})

const listener = object(
  'One place where connections arrive.',
  {
    name: label('Name of the listener, unique in the gateway; the `sectionName` of routes.'),
    port: port('Port. Several listeners may share one where the host name tells them apart.'),
    protocol: words('What arrives.', 'HTTP', 'HTTPS', 'TLS', 'TCP', 'HBONE'),
    hostname,
    tls,
    allowedRoutes: object('Which routes may be attached.', {
      namespaces: object('Of which namespaces.', {
        from: words('That of the gateway, or any; Same when absent.', 'Same', 'All'),
      }),
    }),
  },
  ['name', 'port', 'protocol'],
)

export const gatewaySchema = resourceSchema(
  'gateway.networking.k8s.io/v1',
  'Gateway',
  'Where traffic arrives: listening ports. Source: Gateway API v1.',
  object(
    'Listeners.',
    {
      gatewayClassName: words('Who serves it: weft.', 'weft'),
      addresses: array(
        'Addresses of this machine on which it listens; those of --bind when absent.',
        object(
          'One address.',
          {
            type: words('Kind of address: IPAddress.', 'IPAddress'),
            value: string('IPv4 or IPv6 address.', '^[0-9A-Fa-f.:]+$', 'an IPv4 or IPv6 address', 45),
          },
          ['value'],
        ),
        16,
        1,
      ),
      listeners: array('Listeners.', listener, 64, 1),
    },
    ['gatewayClassName', 'listeners'],
  ),
)
