import type { PortState } from './capture.ts'
import { decodeEndpoint, decodePort, encodeEndpoint, encodePort, encodeU32 } from './entries.ts'
import type { KernelMap } from './kernel-map.ts'

const PRESENT = encodeU32(1)

/**
 * Declares ports of a workload of the shared network: at its own address they are protected before anybody listens.
 * Elsewhere the kernel protects each from the moment that the workload listens there, and not before: the port may be
 * somebody else's on this machine. A port that another workload owns at this address stays with that one.
 */
export function declarePorts(map: KernelMap, workload: bigint, address: string, ports: readonly number[]): void {
  for (const port of ports) {
    const key = encodeEndpoint({ address, port })
    const declared = { workload, listeners: 0, isDeclared: true, isKept: true, isContested: false }
    map.setIfAbsent(key, encodePort(declared))
  }
  for (const key of map.keys()) {
    const at = decodeEndpoint(key)
    const value = map.get(key)
    if (value === null || !ports.includes(at.port)) continue
    const owner = decodePort(value)
    if (owner.workload !== workload || (owner.isDeclared && owner.isKept)) continue
    map.set(key, encodePort({ ...owner, isDeclared: true, isKept: owner.isKept || at.address === address }))
  }
}

/**
 * Takes a workload's declared ports out. Where a socket of it still listens the entry stays until the kernel sees that
 * socket close: whoever listens owns the port. With `isGone` nobody is left to listen, and all of them go.
 */
export function forgetPorts(map: KernelMap, workload: bigint, isGone: boolean): void {
  for (const key of map.keys()) {
    const value = map.get(key)
    if (value === null) continue
    const owner = decodePort(value)
    if (owner.workload !== workload) continue
    if (owner.listeners === 0 || (isGone && !owner.isContested)) map.delete(key)
    else if (owner.isKept) map.set(key, encodePort({ ...owner, isDeclared: false, isKept: false }))
  }
}

/** Makes these the probed ports of an address, and no others. Others' addresses are not touched. */
export function setProbedPorts(map: KernelMap, address: string, ports: readonly number[]): void {
  for (const key of map.keys()) {
    const at = decodeEndpoint(key)
    if (at.address === address && !ports.includes(at.port)) map.delete(key)
  }
  for (const port of ports) map.set(encodeEndpoint({ address, port }), PRESENT)
}

/** Ports by the id of the cgroup of their workload. */
export function readPorts(map: KernelMap): Map<bigint, PortState[]> {
  const ports = new Map<bigint, PortState[]>()
  for (const key of map.keys()) {
    const value = map.get(key)
    if (value === null) continue
    const { workload, listeners, isDeclared, isContested } = decodePort(value)
    const own = ports.get(workload) ?? []
    own.push({ ...decodeEndpoint(key), listeners, isDeclared, isContested })
    ports.set(workload, own)
  }
  return ports
}
