import { defaultTrafficPolicy, type TrafficPolicy } from '@weft/traffic'
import { durationMs } from '../duration.ts'
import { resourceId, type TrafficPolicyResource } from '../resource.ts'
import { backendKey } from './backends.ts'
import { byAge } from './precedence.ts'

/**
 * The policy in force for a service, defaults filled in: the oldest that targets it. Null when none does.
 * Source: Gateway API policy attachment, conflict resolution.
 */
export function compileTrafficPolicy(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  policies: readonly TrafficPolicyResource[],
  kind: 'Service' | 'ExternalService' = 'Service',
): TrafficPolicy | null {
  const attached = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === namespace && spec.targetRefs.some((ref) => ref.kind === kind && ref.name === name),
  )
  const oldest = attached.toSorted(byAge)[0]
  return oldest === undefined ? null : compile(oldest, backendKey({ kind, name }, namespace))
}

function compile(policy: TrafficPolicyResource, service: string): TrafficPolicy {
  const {
    loadBalancer = {},
    timeouts = {},
    retries = {},
    retryBudget = {},
    connectionLimits = {},
    outlierDetection = {},
  } = policy.spec
  const defaults = defaultTrafficPolicy
  const { retry, outlier } = defaults
  return {
    ...defaults,
    name: resourceId(policy),
    service,
    balancer: loadBalancer.type ?? defaults.balancer,
    ewmaDecayMs: ms(loadBalancer.ewmaDecay, defaults.ewmaDecayMs),
    ewmaDefaultRttMs: ms(loadBalancer.ewmaDefaultRtt, defaults.ewmaDefaultRttMs),
    connectTimeoutMs: ms(timeouts.connect, defaults.connectTimeoutMs),
    requestTimeoutMs: ms(timeouts.request, defaults.requestTimeoutMs),
    idleTimeoutMs: ms(timeouts.idle, defaults.idleTimeoutMs),
    retry: {
      attemptsMax: retries.attempts === undefined ? retry.attemptsMax : 1 + retries.attempts,
      statusCodes: retries.codes ?? retry.statusCodes,
      backoffBaseMs: ms(retries.backoff, retry.backoffBaseMs),
      backoffMaxMs: ms(retries.backoffMax, retry.backoffMaxMs),
    },
    retryBudgetRatio: (retryBudget.percent ?? 100 * defaults.retryBudgetRatio) / 100,
    retryBudgetPerSecond: retryBudget.perSecond ?? defaults.retryBudgetPerSecond,
    retryBudgetWindowMs: ms(retryBudget.window, defaults.retryBudgetWindowMs),
    connectionsMax: connectionLimits.connections ?? defaults.connectionsMax,
    pendingMax: connectionLimits.pending ?? defaults.pendingMax,
    outlier: {
      ...outlier,
      consecutiveFailures: outlierDetection.consecutiveFailures ?? outlier.consecutiveFailures,
      ejectBaseMs: ms(outlierDetection.ejectBase, outlier.ejectBaseMs),
      ejectMaxMs: ms(outlierDetection.ejectMax, outlier.ejectMaxMs),
      panicRatio: (outlierDetection.panicPercent ?? 100 * outlier.panicRatio) / 100,
    },
  }
}

function ms(text: string | undefined, defaultMs: number): number {
  return text === undefined ? defaultMs : durationMs(text)
}
