import { resourceSchema } from './metadata.ts'
import { array, duration, integer, object, targetRef, words } from './schema.ts'

export interface TrafficPolicySpec {
  readonly targetRefs: readonly {
    readonly kind: 'Service' | 'ExternalService'
    readonly name: string
    readonly group?: '' | 'weft.dev'
  }[]
  readonly loadBalancer?: {
    readonly type?: 'PeakEwma' | 'LeastRequest' | 'RoundRobin' | 'Random' | 'RingHash' | 'Maglev'
    readonly ewmaDecay?: string
    readonly ewmaDefaultRtt?: string
  }
  readonly timeouts?: { readonly connect?: string; readonly request?: string; readonly idle?: string }
  readonly retries?: {
    readonly attempts?: number
    readonly codes?: readonly number[]
    readonly backoff?: string
    readonly backoffMax?: string
  }
  readonly retryBudget?: { readonly percent?: number; readonly perSecond?: number; readonly window?: string }
  readonly connectionLimits?: { readonly connections?: number; readonly pending?: number }
  readonly outlierDetection?: {
    readonly consecutiveFailures?: number
    readonly ejectBase?: string
    readonly ejectMax?: string
    readonly panicPercent?: number
  }
}

export const trafficPolicySchema = resourceSchema(
  'weft.dev/v1alpha1',
  'TrafficPolicy',
  'How traffic to a service is balanced, limited and tried again.',
  object(
    'What is absent keeps its default.',
    {
      targetRefs: array('The services it is for.', targetRef('Service', 'ExternalService'), 16, 1),
      loadBalancer: object('How an endpoint is chosen.', {
        type: words(
          'Strategy; PeakEwma when absent.',
          'PeakEwma',
          'LeastRequest',
          'RoundRobin',
          'Random',
          'RingHash',
          'Maglev',
        ),
        ewmaDecay: duration('PeakEwma: over how long a latency is forgotten; 10s when absent.'),
        ewmaDefaultRtt: duration('PeakEwma: latency assumed of an endpoint not tried yet; 30ms when absent.'),
      }),
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
      connectionLimits: object('Per caller agent and workload.', {
        connections: integer('Connections, or streams where they share one; 1024 when absent.', 1, 10_000_000),
        pending: integer('Requests that wait for one; 10000 when absent.', 0, 10_000_000),
      }),
      outlierDetection: object('When a workload that fails is left out for a while.', {
        consecutiveFailures: integer('Failures in a row; 5 when absent, 0 for never.', 0, 1_000_000),
        ejectBase: duration('First time out, doubled each time; 1s when absent.'),
        ejectMax: duration('Longest time out; 60s when absent.'),
        panicPercent: integer('When more than this share would be out, nobody is; 50 when absent.', 0, 100),
      }),
    },
    ['targetRefs'],
  ),
)
