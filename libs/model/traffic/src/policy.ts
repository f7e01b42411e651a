import type { NamedMatch, StringMatch } from './route.ts'
import type { RetryPolicy } from './route.ts'

export type BalancerType = 'PeakEwma' | 'LeastRequest' | 'RoundRobin' | 'Random' | 'RingHash' | 'Maglev'

/** How traffic to one service is balanced, limited and tried again. Every field has its default in {@link defaultTrafficPolicy}. */
export interface TrafficPolicy {
  /** `TrafficPolicy/namespace/name`, '' for the default. */
  readonly name: string
  readonly service: string
  readonly balancer: BalancerType
  readonly ewmaDecayMs: number
  readonly ewmaDefaultRttMs: number
  /** PeakEwma and LeastRequest: how many endpoints are compared. */
  readonly choices: number
  /** RingHash and Maglev: what a request is hashed by; the first that it has, else the calling workload. */
  readonly hashKeys: readonly HashKey[]
  readonly subset: SubsetPolicy
  readonly zone: ZonePolicy
  /** A priority or zone takes all traffic until less than 1/this of its endpoints is well; the rest spills over. */
  readonly overprovisioning: number
  readonly slowStart: SlowStartPolicy
  readonly connectTimeoutMs: number
  readonly requestTimeoutMs: number
  readonly idleTimeoutMs: number
  readonly retry: RetryPolicy
  /** Retries allowed per request over the window (0.2 = 20 %) and per second on top. */
  readonly retryBudgetRatio: number
  readonly retryBudgetPerSecond: number
  readonly retryBudgetWindowMs: number
  readonly connectionsMax: number
  readonly pendingMax: number
  /** Exchanges under way to one endpoint; more are refused. 0: no limit. */
  readonly requestsMax: number
  /** HTTP/2: streams at once on one connection. */
  readonly streamsMax: number
  /** Exchanges that a connection serves before it is closed; 0: no limit. */
  readonly requestsPerConnectionMax: number
  /** Connections to each endpoint that are made before they are asked for and kept open. */
  readonly warmConnections: number
  /** A connection is closed between two exchanges when it is older, less up to a tenth by chance; 0: never. */
  readonly connectionAgeMaxMs: number
  readonly outlier: OutlierPolicy
}

/** One thing of a request that decides to which endpoint it sticks. */
export type HashKey =
  | { readonly type: 'header'; readonly name: string }
  | { readonly type: 'query'; readonly name: string }
  | { readonly type: 'source' }
  /** Given to a client that has none; `ttlMs` 0: until the client ends its session. */
  | { readonly type: 'cookie'; readonly name: string; readonly path: string; readonly ttlMs: number }

/**
 * Which endpoints one agent uses at all. `deterministic`: agents share endpoints evenly among them, by their number.
 * `random`: each agent has a random choice of its own, that changes as little as it can.
 */
export interface SubsetPolicy {
  readonly type: 'none' | 'deterministic' | 'random'
  /** Endpoints of each priority and zone. */
  readonly size: number
}

export interface ZonePolicy {
  /** `prefer`: the zone of the agent first, then its region, then the rest; where zones are known. */
  readonly mode: 'off' | 'prefer'
  /** Traffic spills over when a request here would cost more than this many times one there (time × load). */
  readonly spillOverRatio: number
}

/** An endpoint that is new, or back from an ejection, gets a share that grows over the window. */
export interface SlowStartPolicy {
  /** 0: none. */
  readonly windowMs: number
  /** Share at age t: (t / window) ^ (1 / aggression). */
  readonly aggression: number
  /** Share that it begins with, of 1. */
  readonly minWeight: number
}

/** When an endpoint is left out. A rule whose first number is 0 is off. */
export interface OutlierPolicy {
  /** Failures of any kind in a row: status 5xx (but 501), connect failures, resets, timeouts. */
  readonly consecutiveFailures: number
  /** Status 502, 503, 504 and what has no status, in a row. */
  readonly consecutiveGatewayFailures: number
  /** Connections in a row that could not be made or proved somebody else. */
  readonly consecutiveConnectFailures: number
  /** How often success rates and latencies are compared. */
  readonly intervalMs: number
  /** Success rate: an endpoint is compared when it had so many requests in the interval. */
  readonly successRateRequestsMin: number
  /** Success rate and latency: nothing is compared among fewer endpoints. */
  readonly successRateEndpointsMin: number
  /** Success rate: out when below the mean less this many standard deviations. */
  readonly successRateStdevs: number
  /** Latency: out when its mean is above this many times the median of the endpoints. */
  readonly latencyFactor: number
  readonly ejectBaseMs: number
  readonly ejectMaxMs: number
  /** No more than this share of the endpoints is ejected, but always one may be. */
  readonly ejectRatioMax: number
  /** Successful requests that end the probation. */
  readonly probes: number
  /** A 429 or 503 with Retry-After, and gRPC pushback, leave the endpoint out for what they say, up to this; 0: ignored. */
  readonly retryAfterMaxMs: number
  /** Ejection is ignored when more than this share of the endpoints would be out. */
  readonly panicRatio: number
}

export const defaultTrafficPolicy: TrafficPolicy = Object.freeze({
  name: '',
  service: '',
  balancer: 'PeakEwma' as const,
  ewmaDecayMs: 10_000,
  ewmaDefaultRttMs: 30,
  choices: 2,
  hashKeys: Object.freeze([]),
  subset: Object.freeze({ type: 'none' as const, size: 20 }),
  zone: Object.freeze({ mode: 'prefer' as const, spillOverRatio: 2 }),
  overprovisioning: 1.4,
  slowStart: Object.freeze({ windowMs: 0, aggression: 1, minWeight: 0.1 }),
  connectTimeoutMs: 2_000,
  requestTimeoutMs: 0,
  idleTimeoutMs: 300_000,
  retry: Object.freeze({ attemptsMax: 3, statusCodes: [503], backoffBaseMs: 25, backoffMaxMs: 250 }),
  retryBudgetRatio: 0.2,
  retryBudgetPerSecond: 10,
  retryBudgetWindowMs: 10_000,
  connectionsMax: 1024,
  pendingMax: 10_000,
  requestsMax: 0,
  streamsMax: 100,
  requestsPerConnectionMax: 0,
  warmConnections: 0,
  connectionAgeMaxMs: 0,
  outlier: Object.freeze({
    consecutiveFailures: 5,
    consecutiveGatewayFailures: 0,
    consecutiveConnectFailures: 0,
    intervalMs: 10_000,
    successRateRequestsMin: 100,
    successRateEndpointsMin: 5,
    successRateStdevs: 1.9,
    latencyFactor: 0,
    ejectBaseMs: 1_000,
    ejectMaxMs: 60_000,
    ejectRatioMax: 1,
    probes: 1,
    retryAfterMaxMs: 30_000,
    panicRatio: 0.5,
  }),
})

/** One side of a rule's `from`. All given fields must hold; an empty list matches anything. Values may end in `*`. */
export interface SourceMatch {
  readonly identities: readonly string[]
  readonly namespaces: readonly string[]
  readonly notIdentities: readonly string[]
  readonly notNamespaces: readonly string[]
  /** Also admit callers that proved no identity (plaintext). */
  readonly unauthenticated: boolean
}

export interface OperationMatch {
  readonly ports: readonly number[]
  readonly methods: readonly string[]
  readonly paths: readonly StringMatch[]
  readonly headers: readonly NamedMatch[]
}

export interface AuthorizationRule {
  /** Empty: any caller. Otherwise one of them must match. */
  readonly from: readonly SourceMatch[]
  /** Empty: any operation. */
  readonly to: readonly OperationMatch[]
}

/** A compiled AuthorizationPolicy. DENY is decided before ALLOW; with any ALLOW on a workload, what none of them allows is denied. */
export interface AuthorizationPolicy {
  /** `AuthorizationPolicy/namespace/name`. */
  readonly name: string
  readonly namespace: string
  readonly action: 'ALLOW' | 'DENY'
  /** Labels of the workloads in its namespace that it governs; empty: all of them. */
  readonly selector: Readonly<Record<string, string>>
  /** Names of services (in its namespace) whose workloads it governs, besides the selector; empty: no restriction. */
  readonly services: readonly string[]
  readonly rules: readonly AuthorizationRule[]
}
