import type { SubsetPolicy } from '@weft/traffic'
import type { EndpointState } from './endpoint.ts'
import { hashText, mix32 } from './hash.ts'

/**
 * Those endpoints that this client uses; all of them when there are no more than the policy's size.
 *
 * `deterministic`: clients in a row (0 … n/size − 1) share all endpoints out among them, so that with as many clients as
 * make full rounds each endpoint has the same number of clients, give or take one. Each round deals in an order of its own,
 * which depends on the keys alone, so a change of one endpoint moves few.
 * `random`: the `size` endpoints whose keys hash lowest together with the client's name; a change of one endpoint
 * changes at most one.
 * Source: Site Reliability Engineering, chapter 20 (deterministic subsetting); gRFC A68 (random subsetting).
 */
export function subsetOf<Target>(
  endpoints: readonly EndpointState<Target>[],
  policy: SubsetPolicy,
  client: { readonly number: number; readonly name: string },
): readonly EndpointState<Target>[] {
  const { type, size } = policy
  if (type === 'none' || endpoints.length <= size) return endpoints
  if (type === 'random') return inOrderOf(endpoints, hashText(client.name)).slice(0, size)
  const subsets = Math.ceil(endpoints.length / size)
  const round = Math.floor(client.number / subsets)
  const dealt = inOrderOf(endpoints, mix32(round + 1))
  // Subsets overlap by a few where the endpoints do not divide evenly, rather than be smaller than asked.
  const from = Math.round(((client.number % subsets) * endpoints.length) / subsets)
  return Array.from({ length: size }, (_, i) => dealt[(from + i) % dealt.length]!)
}

/** All endpoints, in an order that depends on their keys and the seed. */
function inOrderOf<Target>(endpoints: readonly EndpointState<Target>[], seed: number): EndpointState<Target>[] {
  const hashed = endpoints.map((endpoint) => ({ endpoint, hash: hashText(endpoint.key, seed) >>> 0 }))
  hashed.sort((a, b) => a.hash - b.hash || (a.endpoint.key < b.endpoint.key ? -1 : 1))
  return hashed.map(({ endpoint }) => endpoint)
}
