import type { ResourceSet } from '@weft/discovery'
import type { Service, Workload } from '@weft/topology'
import type { AuthorizationPolicy, Route, TrafficPolicy } from '@weft/traffic'
import type { EnrolmentState } from '../capture/capture.ts'
import type { TopologyIndex } from '../snapshot/topology-index.ts'
import type { LocalWorkload } from '../worker/messages.ts'

/** A workload of this node, as far as its node knows it. */
export interface DirectLocal {
  readonly uid: string
  readonly cgroupId: bigint
  /** It is captured and has a certificate: the authority has said who it is. */
  readonly isEnrolled: boolean
}

/** What is configured at one moment, as the supervisor has it. */
export interface DirectConfigured {
  readonly services: ReadonlyMap<string, Service>
  readonly workloads: ReadonlyMap<string, Workload>
  readonly index: TopologyIndex
  readonly routes: readonly Route[]
  readonly trafficPolicies: readonly TrafficPolicy[]
  readonly policies: readonly AuthorizationPolicy[]
}

export interface DirectInputs extends DirectConfigured {
  readonly local: readonly DirectLocal[]
}

export function directConfigured(set: ResourceSet, index: TopologyIndex): DirectConfigured {
  return {
    services: set.byName('Service'),
    workloads: set.byName('Workload'),
    index,
    routes: [...set.ofKind('Route')],
    trafficPolicies: [...set.ofKind('TrafficPolicy')],
    policies: [...set.ofKind('AuthorizationPolicy')],
  }
}

/** The captured workloads of this node; enrolled are those whose certificate is there and has not ended. */
export function directLocals(
  local: readonly LocalWorkload[],
  states: readonly Pick<EnrolmentState, 'uid' | 'enrolled'>[],
  identityOf: (workload: Workload) => string,
  expiries: readonly { readonly identity: string; readonly notAfterMs: number }[],
  wallMs: number,
): DirectLocal[] {
  const enrolled = new Set(states.filter((state) => state.enrolled).map(({ uid }) => uid))
  const valid = new Set(expiries.filter(({ notAfterMs }) => notAfterMs > wallMs).map(({ identity }) => identity))
  return local.map(({ uid, cgroupId, workload }) => ({
    uid,
    cgroupId,
    isEnrolled: enrolled.has(uid) && workload !== null && valid.has(identityOf(workload)),
  }))
}
