import { defaultTrafficPolicy, type HashKey, type OutlierPolicy, type TrafficPolicy } from '@weft/traffic'
import { durationMs } from '../duration.ts'
import type { HashKeySpec, LoadBalancerSpec } from '../schemas/load-balancer.ts'
import type { OutlierDetectionSpec } from '../schemas/outlier-detection.ts'

type Balancing = Pick<
  TrafficPolicy,
  | 'balancer'
  | 'ewmaDecayMs'
  | 'ewmaDefaultRttMs'
  | 'choices'
  | 'hashKeys'
  | 'subset'
  | 'zone'
  | 'overprovisioning'
  | 'slowStart'
>

/** The part of a policy that says how an endpoint is chosen, defaults filled in. */
export function compileLoadBalancer(spec: LoadBalancerSpec): Balancing {
  const defaults = defaultTrafficPolicy
  const { zones = {}, subset, slowStart } = spec
  return {
    balancer: spec.type ?? defaults.balancer,
    ewmaDecayMs: orMs(spec.ewmaDecay, defaults.ewmaDecayMs),
    ewmaDefaultRttMs: orMs(spec.ewmaDefaultRtt, defaults.ewmaDefaultRttMs),
    choices: spec.choices ?? defaults.choices,
    hashKeys: (spec.hashKeys ?? []).map(compileHashKey),
    subset:
      subset === undefined
        ? defaults.subset
        : {
            type: subset.type === 'Deterministic' ? 'deterministic' : 'random',
            size: subset.size ?? defaults.subset.size,
          },
    zone: {
      mode: zones.mode === 'Off' ? 'off' : 'prefer',
      spillOverRatio: orPercent(zones.spillOverPercent, defaults.zone.spillOverRatio),
    },
    overprovisioning: orPercent(spec.overprovisioningPercent, defaults.overprovisioning),
    slowStart:
      slowStart === undefined
        ? defaults.slowStart
        : {
            windowMs: durationMs(slowStart.window),
            aggression: slowStart.aggression ?? defaults.slowStart.aggression,
            minWeight: orPercent(slowStart.minWeightPercent, defaults.slowStart.minWeight),
          },
  }
}

/** The part that says when an endpoint is left out. */
export function compileOutlierDetection(spec: OutlierDetectionSpec): OutlierPolicy {
  const defaults = defaultTrafficPolicy.outlier
  const { successRate = {} } = spec
  return {
    consecutiveFailures: spec.consecutiveFailures ?? defaults.consecutiveFailures,
    consecutiveGatewayFailures: spec.consecutiveGatewayFailures ?? defaults.consecutiveGatewayFailures,
    consecutiveConnectFailures: spec.consecutiveConnectFailures ?? defaults.consecutiveConnectFailures,
    intervalMs: orMs(spec.interval, defaults.intervalMs),
    successRateRequestsMin: successRate.requests ?? defaults.successRateRequestsMin,
    successRateEndpointsMin: successRate.endpoints ?? defaults.successRateEndpointsMin,
    successRateStdevs: successRate.standardDeviations ?? defaults.successRateStdevs,
    latencyFactor: spec.latency?.factor ?? defaults.latencyFactor,
    ejectBaseMs: orMs(spec.ejectBase, defaults.ejectBaseMs),
    ejectMaxMs: orMs(spec.ejectMax, defaults.ejectMaxMs),
    ejectRatioMax: orPercent(spec.ejectPercentMax, defaults.ejectRatioMax),
    probes: spec.probes ?? defaults.probes,
    retryAfterMaxMs: orMs(spec.retryAfterMax, defaults.retryAfterMaxMs),
    panicRatio: orPercent(spec.panicPercent, defaults.panicRatio),
  }
}

function compileHashKey({ type, name = '', path, ttl }: HashKeySpec): HashKey {
  switch (type) {
    case 'Header':
      return { type: 'header', name: name.toLowerCase() }
    case 'QueryParameter':
      return { type: 'query', name }
    case 'Cookie':
      return { type: 'cookie', name, path: path ?? '/', ttlMs: orMs(ttl, 0) }
    case 'SourceAddress':
      return { type: 'source' }
  }
}

export function orMs(text: string | undefined, defaultMs: number): number {
  return text === undefined ? defaultMs : durationMs(text)
}

function orPercent(percent: number | undefined, defaultRatio: number): number {
  return percent === undefined ? defaultRatio : percent / 100
}
