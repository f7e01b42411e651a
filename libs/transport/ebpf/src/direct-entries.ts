import { DIRECT_ALLOW, DIRECT_ENDPOINTS_MAX, DIRECT_REFUSE, layouts } from '@weft/bpf'
import { assert } from '@weft/faults'
import { endianness } from 'node:os'
import { readAddress } from './address.ts'
import type { DirectCounts, DirectEndpoint, DirectFlow, DirectVerdict } from './direct.ts'
import { decodeEndpoint, encodeEndpoint, encodeU32 } from './entries.ts'

/** Keys and values of the maps of the way without the agent, as native/bpf/mesh_types.h has them. */
const little = endianness() === 'LE'
const verdicts = { allow: encodeU32(DIRECT_ALLOW), refuse: encodeU32(DIRECT_REFUSE) } as const

export function encodeDirectService(endpoints: readonly DirectEndpoint[]): Uint8Array {
  assert(endpoints.length > 0 && endpoints.length <= DIRECT_ENDPOINTS_MAX, 'a direct service has 1 to 8 endpoints')
  const bytes = new Uint8Array(layouts.direct_service)
  viewOf(bytes).setUint32(0, endpoints.length, little)
  endpoints.forEach((endpoint, i) => bytes.set(encodeEndpoint(endpoint), 4 + i * layouts.endpoint))
  return bytes
}

export function encodeDirectPair(caller: bigint, callee: DirectEndpoint): Uint8Array {
  const bytes = new Uint8Array(layouts.direct_pair)
  viewOf(bytes).setBigUint64(0, caller, little)
  bytes.set(encodeEndpoint(callee), 8)
  return bytes
}

export function decodeDirectPair(bytes: Uint8Array): { caller: bigint; callee: DirectEndpoint } {
  return { caller: viewOf(bytes).getBigUint64(0, little), callee: decodeEndpoint(bytes.subarray(8, 28)) }
}

export function encodeVerdict(verdict: DirectVerdict): Uint8Array {
  return verdicts[verdict]
}

/** From an entry of `direct_flows`. */
export function decodeDirectFlow(key: Uint8Array, value: Uint8Array): DirectFlow {
  const [ends, entry] = [viewOf(key), viewOf(value)]
  return {
    caller: entry.getBigUint64(0, little),
    cookie: entry.getBigUint64(8, little),
    source: { address: readAddress(key, 8), port: ends.getUint16(40, little) },
    callee: { address: readAddress(key, 24), port: ends.getUint16(42, little) },
  }
}

export function encodeDirectCountKey(caller: bigint, asked: DirectEndpoint, callee: DirectEndpoint): Uint8Array {
  const bytes = new Uint8Array(layouts.direct_count_key)
  viewOf(bytes).setBigUint64(0, caller, little)
  bytes.set(encodeEndpoint(asked), 8)
  bytes.set(encodeEndpoint(callee), 28)
  return bytes
}

/** From an entry of `direct_counts`. */
export function decodeDirectCounts(key: Uint8Array, value: Uint8Array): DirectCounts {
  const view = viewOf(value)
  const number = (slot: number): number => Number(view.getBigUint64(8 * slot, little))
  return {
    caller: viewOf(key).getBigUint64(0, little),
    asked: decodeEndpoint(key.subarray(8, 28)),
    callee: decodeEndpoint(key.subarray(28, 48)),
    opened: number(0),
    closed: number(1),
    failed: number(2),
    refused: number(3),
    unproven: number(4),
    sent: number(5),
    received: number(6),
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
