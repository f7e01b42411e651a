import type { Random } from '@weft/time'
import type { BalancerType } from '@weft/traffic'
import type { EndpointState, PickContext } from './endpoint.ts'
import { LeastRequest } from './strategies/least-request.ts'
import { Maglev } from './strategies/maglev.ts'
import { PeakEwma } from './strategies/peak-ewma.ts'
import { RandomChoice } from './strategies/random-choice.ts'
import { RingHash } from './strategies/ring-hash.ts'
import { RoundRobin } from './strategies/round-robin.ts'

/** One way of choosing. Weights are above 0 and read at `update`. */
export interface Strategy<Target> {
  /** Whether the same hash is meant to meet the same endpoint. */
  readonly isSticky: boolean
  /** Takes the endpoints in full; the array is the strategy's to keep and nobody changes it. */
  update(endpoints: readonly EndpointState<Target>[]): void
  /** An eligible endpoint, or null when there is none. Allocates nothing. */
  pick(context: PickContext<Target>): EndpointState<Target> | null
}

/** Whether an endpoint may be picked now: not ejected, not tried before. */
export type Eligible<Target> = (endpoint: EndpointState<Target>, context: PickContext<Target>) => boolean

export interface StrategyOptions {
  readonly balancer: BalancerType
  readonly ewmaDecayMs: number
}

export function createStrategy<Target>(
  options: StrategyOptions,
  random: Random,
  eligible: Eligible<Target>,
): Strategy<Target> {
  switch (options.balancer) {
    case 'PeakEwma':
      return new PeakEwma(options.ewmaDecayMs, random, eligible)
    case 'LeastRequest':
      return new LeastRequest(random, eligible)
    case 'RoundRobin':
      return new RoundRobin(random, eligible)
    case 'Random':
      return new RandomChoice(random, eligible)
    case 'RingHash':
      return new RingHash(eligible)
    case 'Maglev':
      return new Maglev(eligible)
  }
}
