import type { weft } from '@weft/proto'
import type { TrafficPolicy } from '@weft/traffic'
import type { FieldChecks } from './field-checks.ts'
import { retryFromMessage, retryToMessage } from './route.ts'

type Message = weft.discovery.v1.TrafficPolicy.$Properties

const balancers = ['PeakEwma', 'LeastRequest', 'RoundRobin', 'Random', 'RingHash', 'Maglev'] as const

export function trafficPolicyToMessage(policy: TrafficPolicy): Message {
  return { ...policy, retry: retryToMessage(policy.retry), outlier: { ...policy.outlier } }
}

export function trafficPolicyFromMessage(message: Message, checks: FieldChecks): TrafficPolicy {
  const outlier = message.outlier ?? checks.refuse('outlier', null, 'a message')
  return {
    name: checks.text('name', message.name, 512),
    service: checks.serviceKey('service', message.service),
    balancer: checks.oneOf('balancer', message.balancer, balancers),
    ewmaDecayMs: checks.periodMs('ewma_decay_ms', message.ewmaDecayMs),
    ewmaDefaultRttMs: checks.periodMs('ewma_default_rtt_ms', message.ewmaDefaultRttMs),
    connectTimeoutMs: checks.periodMs('connect_timeout_ms', message.connectTimeoutMs),
    requestTimeoutMs: checks.periodMs('request_timeout_ms', message.requestTimeoutMs),
    idleTimeoutMs: checks.periodMs('idle_timeout_ms', message.idleTimeoutMs),
    retry: retryFromMessage(message.retry ?? checks.refuse('retry', null, 'a message'), 'retry', checks),
    retryBudgetRatio: checks.ratio('retry_budget_ratio', message.retryBudgetRatio, 10),
    retryBudgetPerSecond: checks.ratio('retry_budget_per_second', message.retryBudgetPerSecond, 1_000_000),
    retryBudgetWindowMs: checks.periodMs('retry_budget_window_ms', message.retryBudgetWindowMs),
    connectionsMax: checks.integer('connections_max', message.connectionsMax, 1, 10_000_000),
    pendingMax: checks.integer('pending_max', message.pendingMax, 0, 10_000_000),
    outlier: {
      consecutiveFailures: checks.integer('outlier.consecutive_failures', outlier.consecutiveFailures, 0, 1_000_000),
      ejectBaseMs: checks.periodMs('outlier.eject_base_ms', outlier.ejectBaseMs),
      ejectMaxMs: checks.periodMs('outlier.eject_max_ms', outlier.ejectMaxMs),
      panicRatio: checks.ratio('outlier.panic_ratio', outlier.panicRatio),
    },
  }
}
