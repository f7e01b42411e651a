import type { PortState } from './capture.ts'
import { decodeEndpoint, decodePort, encodeEndpoint, encodePort } from './entries.ts'
import type { KernelMap } from './kernel-map.ts'

/**
 * Declares ports of a workload of the shared network, at its address and at every address, so that they are protected
 * before anybody listens. A port that another workload owns already stays with that one.
 */
export function declarePorts(map: KernelMap, workload: bigint, address: string, ports: readonly number[]): void {
  for (const port of ports) {
    declare(map, workload, encodeEndpoint({ address, port }))
    declare(map, workload, encodeEndpoint({ address: '', port }))
  }
}

/** Takes a workload's ports out, also those that it listens on. */
export function forgetPorts(map: KernelMap, workload: bigint): void {
  for (const key of map.keys()) {
    const value = map.get(key)
    if (value !== null && decodePort(value).workload === workload) map.delete(key)
  }
}

/** Ports by the id of the cgroup of their workload. */
export function readPorts(map: KernelMap): Map<bigint, PortState[]> {
  const ports = new Map<bigint, PortState[]>()
  for (const key of map.keys()) {
    const value = map.get(key)
    if (value === null) continue
    const { workload, listeners, isDeclared } = decodePort(value)
    const own = ports.get(workload) ?? []
    own.push({ ...decodeEndpoint(key), listeners, isDeclared })
    ports.set(workload, own)
  }
  return ports
}

function declare(map: KernelMap, workload: bigint, key: Uint8Array): void {
  if (map.setIfAbsent(key, encodePort({ workload, listeners: 0, isDeclared: true }))) return
  const value = map.get(key)
  if (value === null) return
  const owner = decodePort(value)
  if (owner.workload === workload && !owner.isDeclared) map.set(key, encodePort({ ...owner, isDeclared: true }))
}
