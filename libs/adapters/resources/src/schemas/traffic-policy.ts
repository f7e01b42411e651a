import { resourceSchema } from './metadata.ts'
import { type LoadBalancerSpec, loadBalancerSchema } from './load-balancer.ts'
import { type OutlierDetectionSpec, outlierDetectionSchema } from './outlier-detection.ts'
import { array, duration, integer, object, targetRef } from './schema.ts'

export interface TrafficPolicySpec {
  readonly targetRefs: readonly {
    readonly kind: 'Service' | 'ExternalService'
    readonly name: string
    readonly group?: '' | 'weft.dev'
  }[]
  readonly loadBalancer?: LoadBalancerSpec
  readonly timeouts?: { readonly connect?: string; readonly request?: string; readonly idle?: string }
  readonly retries?: {
    readonly attempts?: number
    readonly codes?: readonly number[]
    readonly backoff?: string
    readonly backoffMax?: string
  }
  readonly retryBudget?: { readonly percent?: number; readonly perSecond?: number; readonly window?: string }
  readonly connectionLimits?: {
    readonly connections?: number
    readonly pending?: number
    readonly requests?: number
    readonly streamsPerConnection?: number
    readonly requestsPerConnection?: number
    readonly maxAge?: string
    readonly warm?: number
  }
  readonly outlierDetection?: OutlierDetectionSpec
}

export const trafficPolicySchema = resourceSchema(
  'weft.dev/v1alpha1',
  'TrafficPolicy',
  'How traffic to a service is balanced, limited and tried again.',
  object(
    'What is absent keeps its default.',
    {
      targetRefs: array('The services it is for.', targetRef('Service', 'ExternalService'), 16, 1),
      loadBalancer: loadBalancerSchema,
      timeouts: object('0s means none.', {
        connect: duration('To connect to a workload; 2s when absent.'),
        request: duration('From the first octet of a request to the last of the reply; none when absent.'),
        idle: duration('A connection on which nothing happens; 5m when absent.'),
      }),
      retries: object(
        'When a request is tried again: only if nothing reached the workload, or the method is idempotent.',
        {
          attempts: integer('How often it is tried again at most; 2 when absent, 0 for never.', 0, 99),
          codes: array(
            'Status codes of replies after which it is tried again; 503 when absent.',
            integer('Status code.', 400, 599),
            16,
          ),
          backoff: duration('Wait before the first retry, doubled each time; 25ms when absent.'),
          backoffMax: duration('Longest wait; 250ms when absent.'),
        },
      ),
      retryBudget: object('How much load retries may add.', {
        percent: integer('Of the requests in the window; 20 when absent.', 0, 1000),
        perSecond: integer('On top of it; 10 when absent.', 0, 1_000_000),
        window: duration('10s when absent.'),
      }),
      connectionLimits: object('Per caller and endpoint, in each worker.', {
        connections: integer('Connections, or streams where they share one; 1024 when absent.', 1, 10_000_000),
        pending: integer('Requests that wait for one; 10000 when absent.', 0, 10_000_000),
        requests: integer('Requests under way to one endpoint; no limit when absent.', 1, 10_000_000),
        streamsPerConnection: integer('HTTP/2: streams at once on one connection; 100 when absent.', 1, 1_000_000),
        requestsPerConnection: integer(
          'Requests after which a connection is closed; no limit when absent.',
          1,
          1_000_000_000,
        ),
        maxAge: duration('Age at which a connection is closed, less up to a tenth; no limit when absent.'),
        warm: integer('Connections that are kept ready to each endpoint; 0 when absent.', 0, 10_000),
      }),
      outlierDetection: outlierDetectionSchema,
    },
    ['targetRefs'],
  ),
)
