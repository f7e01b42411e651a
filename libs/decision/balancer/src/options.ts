import {
  defaultTrafficPolicy,
  type BalancerType,
  type OutlierPolicy,
  type SlowStartPolicy,
  type SubsetPolicy,
  type ZonePolicy,
} from '@weft/traffic'
import { type Locality, unknownLocality } from './endpoint.ts'
import type { SharedLoad } from './shared-load.ts'

/** The fields of a TrafficPolicy that the balancer reads; a TrafficPolicy is one. */
export interface BalancerOptions {
  readonly balancer: BalancerType
  readonly ewmaDecayMs: number
  readonly ewmaDefaultRttMs: number
  readonly choices: number
  readonly subset: SubsetPolicy
  readonly zone: ZonePolicy
  readonly overprovisioning: number
  readonly slowStart: SlowStartPolicy
  readonly outlier: OutlierPolicy
}

/** Peak EWMA with two choices; every field as TrafficPolicy has it. */
export const defaultBalancerOptions: BalancerOptions = defaultTrafficPolicy

/** Who balances. */
export interface BalancerClient {
  /** Where it runs; endpoints of its zone are preferred. */
  readonly locality: Locality
  /** Its number among all clients, for deterministic subsets; 0 … */
  readonly number: number
  /** What tells it from other clients, for random subsets. */
  readonly name: string
  /** What other processes of this machine have in flight; null to see only one's own. */
  readonly shared: SharedLoad | null
  /** What tells endpoints of this balancer from those of others in the shared table: the backend. */
  readonly scope: string
}

export const defaultBalancerClient: BalancerClient = Object.freeze({
  locality: unknownLocality,
  number: 0,
  name: '',
  shared: null,
  scope: '',
})
