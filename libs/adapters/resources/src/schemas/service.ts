import { resourceSchema } from './metadata.ts'
import { array, labels, object, port, string, words } from './schema.ts'

export interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>
  readonly ports: readonly ServicePortSpec[]
  readonly type?: 'ClusterIP'
}

export interface ServicePortSpec {
  readonly name?: string
  readonly port: number
  readonly targetPort?: number
  readonly protocol?: 'TCP'
  readonly appProtocol?: string
}

/** How the values of appProtocol read in Kubernetes and what they are in the model. Absent: the first octets tell. */
export const appProtocolOf = {
  http: 'http',
  'kubernetes.io/h2c': 'http2',
  'kubernetes.io/ws': 'http',
  grpc: 'grpc',
  tcp: 'tcp',
  https: 'tls',
  tls: 'tls',
} as const

export const serviceSchema = resourceSchema(
  'v1',
  'Service',
  'A name that several workloads answer to.',
  object(
    'Which workloads, at which ports.',
    {
      selector: labels(
        'Labels that a workload of the namespace must have, all of them. Without any the service has no workload.',
      ),
      ports: array(
        'Ports at which the service is called.',
        object(
          'One port.',
          {
            name: string(
              'Name of the port, unique in the service.',
              '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
              'a name of lower-case letters, digits and -',
              63,
            ),
            port: port('Port that callers use.'),
            targetPort: port('Port that the workloads listen on; that of the callers when absent.'),
            protocol: words('Transport: TCP.', 'TCP'),
            appProtocol: words(
              'What is spoken on the port; when absent, the first octets of each connection tell.',
              ...Object.keys(appProtocolOf),
            ),
          },
          ['port'],
        ),
        128,
        1,
      ),
      type: words('Kind of address: ClusterIP, a stable address inside the mesh.', 'ClusterIP'),
    },
    ['ports'],
  ),
)
