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
  readonly outlier: OutlierPolicy
}

export interface OutlierPolicy {
  readonly consecutiveFailures: number
  readonly ejectBaseMs: number
  readonly ejectMaxMs: number
  /** Ejection is ignored when more than this share of the endpoints would be out. */
  readonly panicRatio: number
}

export const defaultTrafficPolicy: TrafficPolicy = Object.freeze({
  name: '',
  service: '',
  balancer: 'PeakEwma' as const,
  ewmaDecayMs: 10_000,
  ewmaDefaultRttMs: 30,
  connectTimeoutMs: 2_000,
  requestTimeoutMs: 0,
  idleTimeoutMs: 300_000,
  retry: Object.freeze({ attemptsMax: 3, statusCodes: [503], backoffBaseMs: 25, backoffMaxMs: 250 }),
  retryBudgetRatio: 0.2,
  retryBudgetPerSecond: 10,
  retryBudgetWindowMs: 10_000,
  connectionsMax: 1024,
  pendingMax: 10_000,
  outlier: Object.freeze({ consecutiveFailures: 5, ejectBaseMs: 1_000, ejectMaxMs: 60_000, panicRatio: 0.5 }),
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
