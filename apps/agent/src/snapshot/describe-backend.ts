import type { EndpointState } from '@weft/balancer'
import type { Backend, Upstream } from '@weft/stack'

/** A backend for the admin page: its policy, how its traffic is shared out, and what is known of each endpoint. */
export function describeBackend(name: string, { policy, balancer }: Backend): unknown {
  const { subset, slowStart, overprovisioning, hashKeys } = policy
  return {
    name,
    policy: policy.name,
    balancer: policy.balancer,
    settings: { choices: policy.choices, hashKeys, zone: policy.zone, subset, slowStart, overprovisioning },
    isPanicking: balancer.isPanicking,
    ejected: balancer.ejectedCount,
    tiers: balancer.tiers().map(({ tier, share }) => ({
      priority: tier.priority,
      distance: DISTANCES[tier.distance],
      endpoints: tier.endpoints.length,
      share,
      spill: tier.spill,
      isPanicking: tier.isPanicking,
    })),
    endpoints: [...balancer.states()].map(describeEndpoint),
  }
}

const DISTANCES = ['same zone', 'same region', 'elsewhere']

function describeEndpoint(state: EndpointState<Upstream>): unknown {
  const { outlier } = state
  return {
    key: state.key,
    address: state.target.address,
    weight: state.weight,
    priority: state.priority,
    locality: state.locality,
    isUsed: state.tier !== null,
    inFlight: state.inFlight,
    waiting: state.waiting,
    ewmaMs: state.ewmaMs,
    isShared: state.sharedSlot >= 0,
    phase: outlier.phase,
    cause: outlier.cause,
    ejections: outlier.ejectionsTotal,
    consecutiveFailures: outlier.consecutiveFailures,
  }
}
