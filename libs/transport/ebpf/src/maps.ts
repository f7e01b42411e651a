import type { Addon } from '@weft/addon'
import { directSlots, mapNames, type MapName } from '@weft/bpf'
import { readFileSync } from 'node:fs'
import { encodeU32, encodeU64 } from './entries.ts'
import { KernelMap } from './kernel-map.ts'
import { mapPin, type Generation } from './loader.ts'

export type KernelMaps = Record<MapName, KernelMap>

/** What a replaced generation hands over: all that user space wrote, and who listens where. */
const handedOver: readonly MapName[] = [
  'settings',
  'workloads',
  'destinations',
  'node_addresses',
  'probers',
  'probed_ports',
  'ports',
  'pod_ports',
  'direct_flows',
]

export function openMaps(addon: Addon, generation: Generation): KernelMaps {
  const cpus = possibleCpus()
  const opened = mapNames.map((name) => [name, new KernelMap(addon, mapPin(generation, name), cpus)] as const)
  return Object.fromEntries(opened) as KernelMaps
}

export function closeMaps(maps: KernelMaps): void {
  for (const name of mapNames) maps[name].close()
}

/**
 * Nothing goes without the agent by the old programs any more, and what went so is known to the new ones.
 */
export function handOver(from: KernelMaps, to: KernelMaps): void {
  for (const name of ['direct_services', 'direct_grants'] as const)
    for (const key of from[name].keys()) from[name].delete(key)
  for (const name of handedOver)
    for (const key of from[name].keys()) {
      const value = from[name].get(key)
      if (value !== null) to[name].set(key, value)
    }
}

/** The number of flows is counted by the hooks: those that came along were counted elsewhere. */
export function countFlows({ direct_flows, direct_open }: KernelMaps): void {
  direct_open.set(encodeU32(directSlots.filed), encodeU64(BigInt(direct_flows.keys().length)))
  direct_open.set(encodeU32(directSlots.swept), encodeU64(0n))
}

/** Who began to listen between {@link handOver} and the moment that no old program ran any more. */
export function handOverLate(from: KernelMaps, to: KernelMaps): void {
  for (const key of from.ports.keys()) {
    const value = from.ports.get(key)
    if (value !== null) to.ports.setIfAbsent(key, value)
  }
}

/** Per-CPU values have a slot for each CPU that could ever be there. The file reads `0-3` or `0`. */
export function possibleCpus(text = readFileSync('/sys/devices/system/cpu/possible', 'utf8')): number {
  return Math.max(...text.trim().split(/[,-]/).map(Number)) + 1
}
