import { defaultTrafficPolicy, type TrafficPolicy } from '@weft/traffic'
import { resourceId, type TrafficPolicyResource } from '../resource.ts'
import { backendKey } from './backends.ts'
import { compileLoadBalancer, compileOutlierDetection, orMs } from './load-balancer.ts'
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
  const { retry } = defaults
  return {
    name: resourceId(policy),
    service,
    ...compileLoadBalancer(loadBalancer),
    connectTimeoutMs: orMs(timeouts.connect, defaults.connectTimeoutMs),
    requestTimeoutMs: orMs(timeouts.request, defaults.requestTimeoutMs),
    idleTimeoutMs: orMs(timeouts.idle, defaults.idleTimeoutMs),
    retry: {
      attemptsMax: retries.attempts === undefined ? retry.attemptsMax : 1 + retries.attempts,
      statusCodes: retries.codes ?? retry.statusCodes,
      backoffBaseMs: orMs(retries.backoff, retry.backoffBaseMs),
      backoffMaxMs: orMs(retries.backoffMax, retry.backoffMaxMs),
    },
    retryBudgetRatio: (retryBudget.percent ?? 100 * defaults.retryBudgetRatio) / 100,
    retryBudgetPerSecond: retryBudget.perSecond ?? defaults.retryBudgetPerSecond,
    retryBudgetWindowMs: orMs(retryBudget.window, defaults.retryBudgetWindowMs),
    connectionsMax: connectionLimits.connections ?? defaults.connectionsMax,
    pendingMax: connectionLimits.pending ?? defaults.pendingMax,
    requestsMax: connectionLimits.requests ?? defaults.requestsMax,
    streamsMax: connectionLimits.streamsPerConnection ?? defaults.streamsMax,
    requestsPerConnectionMax: connectionLimits.requestsPerConnection ?? defaults.requestsPerConnectionMax,
    warmConnections: connectionLimits.warm ?? defaults.warmConnections,
    connectionAgeMaxMs: orMs(connectionLimits.maxAge, defaults.connectionAgeMaxMs),
    outlier: compileOutlierDetection(outlierDetection),
  }
}
