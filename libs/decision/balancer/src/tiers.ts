import type { OutlierDetector } from '@weft/outlier'
import type { Dice } from './dice.ts'
import type { EndpointState, Locality } from './endpoint.ts'
import type { BalancerClient, BalancerOptions } from './options.ts'
import { subsetOf } from './subset.ts'
import { Tier } from './tier.ts'

const DISTANCES = 3

/** Endpoints by priority, then by distance from the client, each tier cut down to the client's subset. */
export function tiersOf<Target>(
  endpoints: readonly EndpointState<Target>[],
  options: BalancerOptions,
  client: BalancerClient,
  dice: Dice,
  outliers: OutlierDetector,
): Tier<Target>[] {
  const isNear = options.zone.mode === 'prefer' && client.locality.zone !== ''
  const groups = new Map<number, EndpointState<Target>[]>()
  for (const endpoint of endpoints) {
    const distance = isNear ? distanceOf(client.locality, endpoint.locality) : DISTANCES - 1
    const rank = endpoint.priority * DISTANCES + distance
    const group = groups.get(rank)
    if (group === undefined) groups.set(rank, [endpoint])
    else group.push(endpoint)
  }
  return [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([rank, group]) => {
      const used = subsetOf(group, options.subset, client)
      return new Tier(Math.floor(rank / DISTANCES), rank % DISTANCES, used, options, dice, client.shared, outliers)
    })
}

/** 0: the same zone, 1: the same region, 2: elsewhere or not known. */
function distanceOf(from: Locality, to: Locality): number {
  if (to.zone !== '' && from.zone === to.zone && from.region === to.region) return 0
  return from.region !== '' && from.region === to.region ? 1 : 2
}
