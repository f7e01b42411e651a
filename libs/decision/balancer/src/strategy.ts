import type { Dice } from './dice.ts'
import type { EndpointState, PickContext } from './endpoint.ts'
import type { BalancerOptions } from './options.ts'
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
  /** An endpoint that the gate accepts, or null when there is none. Allocates nothing. */
  pick(context: PickContext<Target>): EndpointState<Target> | null
}

/** What a strategy asks about an endpoint. */
export interface Gate<Target> {
  /** Whether it may be picked now: not ejected, not tried before. */
  accepts(endpoint: EndpointState<Target>, context: PickContext<Target>): boolean
  /** Whether one that is in slow start has its turn; by chance, in proportion to its share. */
  isWarm(endpoint: EndpointState<Target>, context: PickContext<Target>): boolean
  /** Requests under way there, by whomever this process knows of. */
  inFlight(endpoint: EndpointState<Target>): number
}

export type StrategyOptions = Pick<BalancerOptions, 'balancer' | 'ewmaDecayMs' | 'ewmaDefaultRttMs' | 'choices'>

export function createStrategy<Target>(options: StrategyOptions, dice: Dice, gate: Gate<Target>): Strategy<Target> {
  switch (options.balancer) {
    case 'PeakEwma':
      return new PeakEwma(options, options.choices, dice, gate)
    case 'LeastRequest':
      return new LeastRequest(options.choices, dice, gate)
    case 'RoundRobin':
      return new RoundRobin(dice, gate)
    case 'Random':
      return new RandomChoice(dice, gate)
    case 'RingHash':
      return new RingHash(gate)
    case 'Maglev':
      return new Maglev(gate)
  }
}
