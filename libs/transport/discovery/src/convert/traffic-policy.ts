import type { weft } from '@weft/proto'
import type { HashKey, OutlierPolicy, TrafficPolicy } from '@weft/traffic'
import type { FieldChecks } from './field-checks.ts'
import { retryFromMessage, retryToMessage } from './route.ts'

type Message = weft.discovery.v1.TrafficPolicy.$Properties
type OutlierMessage = weft.discovery.v1.OutlierPolicy.$Properties
type HashKeyMessage = weft.discovery.v1.HashKey.$Properties

const balancers = ['PeakEwma', 'LeastRequest', 'RoundRobin', 'Random', 'RingHash', 'Maglev'] as const
const HASH_KEYS_MAX = 8

export function trafficPolicyToMessage(policy: TrafficPolicy): Message {
  const { retry, outlier, hashKeys, subset, zone, slowStart } = policy
  return {
    ...policy,
    retry: retryToMessage(retry),
    outlier: { ...outlier },
    hashKeys: hashKeys.map((key) => ({ ...key })),
    subset: { ...subset },
    zone: { ...zone },
    slowStart: { ...slowStart },
  }
}

export function trafficPolicyFromMessage(message: Message, checks: FieldChecks): TrafficPolicy {
  const part = <T>(field: string, value: T | null | undefined): T => value ?? checks.refuse(field, null, 'a message')
  const subset = part('subset', message.subset)
  const zone = part('zone', message.zone)
  const slowStart = part('slow_start', message.slowStart)
  return {
    name: checks.text('name', message.name, 512),
    service: checks.serviceKey('service', message.service),
    balancer: checks.oneOf('balancer', message.balancer, balancers),
    ewmaDecayMs: checks.periodMs('ewma_decay_ms', message.ewmaDecayMs),
    ewmaDefaultRttMs: checks.periodMs('ewma_default_rtt_ms', message.ewmaDefaultRttMs),
    choices: checks.integer('choices', message.choices, 1, 100),
    hashKeys: checks.list('hash_keys', message.hashKeys, HASH_KEYS_MAX, (key, at) =>
      hashKeyFromMessage(key, at, checks),
    ),
    subset: {
      type: checks.oneOf('subset.type', subset.type, ['none', 'deterministic', 'random']),
      size: checks.integer('subset.size', subset.size, 1, 100_000),
    },
    zone: {
      mode: checks.oneOf('zone.mode', zone.mode, ['off', 'prefer']),
      spillOverRatio: checks.ratio('zone.spill_over_ratio', zone.spillOverRatio, 1_000),
    },
    overprovisioning: checks.ratio('overprovisioning', message.overprovisioning, 10),
    slowStart: {
      windowMs: checks.periodMs('slow_start.window_ms', slowStart.windowMs),
      aggression: checks.ratio('slow_start.aggression', slowStart.aggression, 100),
      minWeight: checks.ratio('slow_start.min_weight', slowStart.minWeight),
    },
    connectTimeoutMs: checks.periodMs('connect_timeout_ms', message.connectTimeoutMs),
    requestTimeoutMs: checks.periodMs('request_timeout_ms', message.requestTimeoutMs),
    idleTimeoutMs: checks.periodMs('idle_timeout_ms', message.idleTimeoutMs),
    retry: retryFromMessage(part('retry', message.retry), 'retry', checks),
    retryBudgetRatio: checks.ratio('retry_budget_ratio', message.retryBudgetRatio, 10),
    retryBudgetPerSecond: checks.ratio('retry_budget_per_second', message.retryBudgetPerSecond, 1_000_000),
    retryBudgetWindowMs: checks.periodMs('retry_budget_window_ms', message.retryBudgetWindowMs),
    connectionsMax: checks.integer('connections_max', message.connectionsMax, 1, 10_000_000),
    pendingMax: checks.integer('pending_max', message.pendingMax, 0, 10_000_000),
    requestsMax: checks.integer('requests_max', message.requestsMax, 0, 10_000_000),
    streamsMax: checks.integer('streams_max', message.streamsMax, 1, 1_000_000),
    requestsPerConnectionMax: checks.integer(
      'requests_per_connection_max',
      message.requestsPerConnectionMax,
      0,
      1_000_000_000,
    ),
    warmConnections: checks.integer('warm_connections', message.warmConnections, 0, 10_000),
    connectionAgeMaxMs: checks.periodMs('connection_age_max_ms', message.connectionAgeMaxMs),
    outlier: outlierFromMessage(part('outlier', message.outlier), checks),
  }
}

function hashKeyFromMessage(message: HashKeyMessage, at: string, checks: FieldChecks): HashKey {
  const type = checks.oneOf(`${at}.type`, message.type, ['header', 'query', 'source', 'cookie'])
  if (type === 'source') return { type }
  const name = checks.text(`${at}.name`, message.name, 256)
  if (type !== 'cookie') return { type, name }
  const path = checks.optionalText(`${at}.path`, message.path, 1024)
  return { type, name, path, ttlMs: checks.periodMs(`${at}.ttl_ms`, message.ttlMs) }
}

function outlierFromMessage(message: OutlierMessage, checks: FieldChecks): OutlierPolicy {
  const count = (field: string, value: number | null | undefined, min = 0): number =>
    checks.integer(`outlier.${field}`, value, min, 1_000_000)
  return {
    consecutiveFailures: count('consecutive_failures', message.consecutiveFailures),
    consecutiveGatewayFailures: count('consecutive_gateway_failures', message.consecutiveGatewayFailures),
    consecutiveConnectFailures: count('consecutive_connect_failures', message.consecutiveConnectFailures),
    intervalMs: checks.periodMs('outlier.interval_ms', message.intervalMs),
    successRateRequestsMin: count('success_rate_requests_min', message.successRateRequestsMin),
    successRateEndpointsMin: count('success_rate_endpoints_min', message.successRateEndpointsMin),
    successRateStdevs: checks.ratio('outlier.success_rate_stdevs', message.successRateStdevs, 100),
    latencyFactor: checks.ratio('outlier.latency_factor', message.latencyFactor, 1_000_000),
    ejectBaseMs: checks.periodMs('outlier.eject_base_ms', message.ejectBaseMs),
    ejectMaxMs: checks.periodMs('outlier.eject_max_ms', message.ejectMaxMs),
    ejectRatioMax: checks.ratio('outlier.eject_ratio_max', message.ejectRatioMax),
    probes: count('probes', message.probes, 1),
    retryAfterMaxMs: checks.periodMs('outlier.retry_after_max_ms', message.retryAfterMaxMs),
    panicRatio: checks.ratio('outlier.panic_ratio', message.panicRatio),
  }
}
