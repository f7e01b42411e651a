import type { Addon } from '@weft/addon'
import { programs } from '@weft/bpf'
import { closeSync, existsSync, openSync } from 'node:fs'
import type { CaptureOptions, HookState, KernelState, WorkloadState } from './capture.ts'
import { decodeU64, decodeWorkload, encodeListener } from './entries.ts'
import { readHook } from './hooks.ts'
import type { KernelMaps } from './maps.ts'
import { readPorts } from './port-table.ts'

/** Where links are pinned. */
export interface LinkPins {
  link(program: string): string
  pod(cgroup: bigint): string
}

/** Asks the kernel for everything that {@link KernelState} holds; nothing is taken from memory. */
export function readKernelState(
  addon: Addon,
  options: CaptureOptions,
  maps: KernelMaps,
  pins: LinkPins,
  programsHash: string,
): KernelState {
  const hooks = readHooks(addon, options, pins)
  const outboundHolds = hooks.every((hook) => hook.target !== 'workloads' || hook.isRunning)
  const nodeHolds = hooks.every((hook) => hook.target !== 'node' || hook.isRunning)
  return {
    programsHash,
    hooks,
    workloads: readWorkloads(addon, maps, pins, outboundHolds, nodeHolds),
    destinations: maps.destinations.keys().length,
    hasNodeInboundListener: maps.listeners.get(encodeListener('inbound', '')) !== null,
  }
}

function readHooks(addon: Addon, options: CaptureOptions, pins: LinkPins): HookState[] {
  const paths = { agent: options.agentCgroup, workloads: options.workloadsCgroup, node: options.nodeNetnsPath }
  const hooks: HookState[] = []
  for (const { name, target, attachType } of programs) {
    if (target === 'pod') continue
    const link = readHook(addon, pins.link(name))
    const running = readRunning(addon, paths[target], attachType)
    const isRunning = link !== null && running.includes(link.programId)
    hooks.push({ program: name, target, linkId: link?.id ?? 0, isRunning })
  }
  return hooks
}

function readRunning(addon: Addon, path: string, attachType: (typeof programs)[number]['attachType']): number[] {
  if (!existsSync(path)) return []
  const target = openSync(path, 'r')
  try {
    return addon.programsAt(target, attachType)
  } finally {
    closeSync(target)
  }
}

function readWorkloads(
  addon: Addon,
  maps: KernelMaps,
  pins: LinkPins,
  outboundHolds: boolean,
  nodeHolds: boolean,
): WorkloadState[] {
  const ports = readPorts(maps.ports)
  const workloads: WorkloadState[] = []
  for (const key of maps.workloads.keys()) {
    const value = maps.workloads.get(key)
    if (value === null) continue
    const { uid, address, network, dnsPort } = decodeWorkload(value)
    const cgroup = decodeU64(key)
    const podLinkId = network === 'own' ? (readHook(addon, pins.pod(cgroup))?.id ?? 0) : 0
    workloads.push({
      uid,
      cgroup,
      address,
      network,
      dnsPort,
      podLinkId,
      hasInboundListener: maps.listeners.get(encodeListener('inbound', network === 'own' ? address : '')) !== null,
      hasHboneListener: maps.listeners.get(encodeListener('hbone', address)) !== null,
      ports: ports.get(cgroup) ?? [],
      isEnrolled: outboundHolds && (network === 'own' ? podLinkId !== 0 : nodeHolds),
    })
  }
  return workloads
}
