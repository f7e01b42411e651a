import {
  layouts,
  listenerKinds,
  PORT_CONTESTED,
  PORT_DECLARED,
  PORT_KEPT,
  UID_BYTES,
  WORKLOAD_SHARED_NETWORK,
  type ListenerKind,
} from '@weft/bpf'
import { endianness } from 'node:os'
import { readAddress, writeAddress } from './address.ts'
import type { AgentPorts, WorkloadNetwork } from './capture.ts'

/** Keys and values of the maps in native/bpf/mesh_types.h, octet by octet; integers in the machine's order. */
const little = endianness() === 'LE'
const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function encodeU32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  viewOf(bytes).setUint32(0, value, little)
  return bytes
}

export function encodeU64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  viewOf(bytes).setBigUint64(0, value, little)
  return bytes
}

export function decodeU64(bytes: Uint8Array, offset = 0): bigint {
  return viewOf(bytes).getBigUint64(offset, little)
}

export function encodeAddress(address: string): Uint8Array {
  const bytes = new Uint8Array(layouts.mesh_address)
  writeAddress(address, bytes, 0)
  return bytes
}

export interface EndpointEntry {
  readonly address: string
  readonly port: number
}

export function encodeEndpoint({ address, port }: EndpointEntry): Uint8Array {
  const bytes = new Uint8Array(layouts.endpoint)
  writeAddress(address, bytes, 0)
  viewOf(bytes).setUint16(16, port, little)
  return bytes
}

export function decodeEndpoint(bytes: Uint8Array): EndpointEntry {
  return { address: readAddress(bytes, 0), port: viewOf(bytes).getUint16(16, little) }
}

export function encodeSettings(workloads: bigint, netns: bigint, ports: AgentPorts): Uint8Array {
  const bytes = new Uint8Array(layouts.mesh_settings)
  const view = viewOf(bytes)
  view.setBigUint64(0, workloads, little)
  view.setBigUint64(8, netns, little)
  view.setUint16(16, ports.outbound, little)
  view.setUint16(18, ports.inbound, little)
  view.setUint16(20, ports.hbone, little)
  view.setUint16(22, ports.dns, little)
  return bytes
}

export interface WorkloadEntry {
  readonly uid: string
  readonly address: string
  readonly network: WorkloadNetwork
  readonly dnsPort: number
}

export function encodeWorkload({ uid, address, network, dnsPort }: WorkloadEntry): Uint8Array {
  const bytes = new Uint8Array(layouts.workload)
  const view = viewOf(bytes)
  writeAddress(address, bytes, 0)
  view.setUint32(16, network === 'shared' ? WORKLOAD_SHARED_NETWORK : 0, little)
  view.setUint16(20, dnsPort, little)
  bytes.set(encoder.encode(uid).subarray(0, UID_BYTES - 1), 24)
  return bytes
}

export function decodeWorkload(bytes: Uint8Array): WorkloadEntry {
  const view = viewOf(bytes)
  const text = bytes.subarray(24, 24 + UID_BYTES)
  const end = text.indexOf(0)
  return {
    uid: decoder.decode(text.subarray(0, end === -1 ? UID_BYTES : end)),
    address: readAddress(bytes, 0),
    network: (view.getUint32(16, little) & WORKLOAD_SHARED_NETWORK) !== 0 ? 'shared' : 'own',
    dnsPort: view.getUint16(20, little),
  }
}

export interface PortEntry {
  readonly workload: bigint
  readonly listeners: number
  /** Its workload declared this port. */
  readonly isDeclared: boolean
  /** Stays when nobody listens any more. */
  readonly isKept: boolean
  /** Another workload listens there too. */
  readonly isContested: boolean
}

export function encodePort({ workload, listeners, isDeclared, isKept, isContested }: PortEntry): Uint8Array {
  const bytes = new Uint8Array(layouts.port_owner)
  const view = viewOf(bytes)
  view.setBigUint64(0, workload, little)
  view.setUint32(8, listeners, little)
  const flags = (isDeclared ? PORT_DECLARED : 0) | (isKept ? PORT_KEPT : 0) | (isContested ? PORT_CONTESTED : 0)
  view.setUint32(12, flags, little)
  return bytes
}

export function decodePort(bytes: Uint8Array): PortEntry {
  const view = viewOf(bytes)
  return {
    workload: view.getBigUint64(0, little),
    listeners: view.getUint32(8, little),
    isDeclared: (view.getUint32(12, little) & PORT_DECLARED) !== 0,
    isKept: (view.getUint32(12, little) & PORT_KEPT) !== 0,
    isContested: (view.getUint32(12, little) & PORT_CONTESTED) !== 0,
  }
}

export function encodeListener(kind: ListenerKind, address: string): Uint8Array {
  const bytes = new Uint8Array(layouts.listener_key)
  writeAddress(address, bytes, 0)
  viewOf(bytes).setUint32(16, listenerKinds[kind], little)
  return bytes
}

/** The sum of a per-CPU value of one 64-bit number. */
export function sumPerCpu(bytes: Uint8Array): number {
  let sum = 0n
  for (let offset = 0; offset + 8 <= bytes.length; offset += 8) sum += decodeU64(bytes, offset)
  return Number(sum)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
