import { array, duration, integer, number, object, string, words } from './schema.ts'

export interface LoadBalancerSpec {
  readonly type?: 'PeakEwma' | 'LeastRequest' | 'RoundRobin' | 'Random' | 'RingHash' | 'Maglev'
  readonly ewmaDecay?: string
  readonly ewmaDefaultRtt?: string
  readonly choices?: number
  readonly hashKeys?: readonly HashKeySpec[]
  readonly zones?: { readonly mode?: 'Prefer' | 'Off'; readonly spillOverPercent?: number }
  readonly overprovisioningPercent?: number
  readonly subset?: { readonly type: 'Deterministic' | 'Random'; readonly size?: number }
  readonly slowStart?: { readonly window: string; readonly aggression?: number; readonly minWeightPercent?: number }
}

export interface HashKeySpec {
  readonly type: 'Header' | 'QueryParameter' | 'Cookie' | 'SourceAddress'
  readonly name?: string
  readonly path?: string
  readonly ttl?: string
}

const hashKey = object(
  'One thing of a request.',
  {
    type: words('What it is.', 'Header', 'QueryParameter', 'Cookie', 'SourceAddress'),
    name: string(
      'Of the header, parameter or cookie; not for SourceAddress.',
      "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
      "letters, digits and !#$%&'*+.^_`|~-",
      256,
    ),
    path: string('Cookie: where it is sent; / when absent.', '^/[!#-:<-~]*$', 'a path that begins with /', 1024),
    ttl: duration('Cookie: how long the client keeps it; until it ends its session when absent.'),
  },
  ['type'],
)

export const loadBalancerSchema = object('How an endpoint is chosen.', {
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
  ewmaDefaultRtt: duration('Latency assumed of an endpoint not tried yet; 30ms when absent.'),
  choices: integer('PeakEwma and LeastRequest: endpoints that are compared; 2 when absent.', 1, 100),
  hashKeys: array(
    'RingHash and Maglev: what ties a request to an endpoint, the first that it has; the caller when absent. A client without the cookie gets one.',
    hashKey,
    8,
    1,
  ),
  zones: object('Endpoints in our own zone come first, then those in our region.', {
    mode: words('Prefer when absent.', 'Prefer', 'Off'),
    spillOverPercent: integer(
      'Traffic spills over when a request takes so much of what it takes in the next zone; 200 when absent.',
      100,
      100_000,
    ),
  }),
  overprovisioningPercent: integer(
    'A zone or priority takes everything while its healthy share times this is 100 or more; 140 when absent.',
    100,
    1000,
  ),
  subset: object(
    'Each agent uses some of the endpoints only; all when absent.',
    {
      type: words(
        'Deterministic shares endpoints out evenly among agents; Random chooses for each.',
        'Deterministic',
        'Random',
      ),
      size: integer('Endpoints, in each zone and priority; 20 when absent.', 1, 100_000),
    },
    ['type'],
  ),
  slowStart: object(
    'An endpoint that is new, or back from an ejection, gets a growing share; not RingHash and Maglev.',
    {
      window: duration('How long until it has its full share.'),
      aggression: number('1 grows evenly, more grows faster at first; 1 when absent.', 0.1, 100),
      minWeightPercent: integer('Share that it begins with; 10 when absent.', 0, 100),
    },
    ['window'],
  ),
})
