import type { Addon } from '@weft/addon'
import { programs } from '@weft/bpf'
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { CaptureOptions, HookState, KernelState, WorkloadState } from './capture.ts'
import { decodeU64, decodeWorkload, encodeListener } from './entries.ts'
import { readHook } from './hooks.ts'
import type { KernelMaps } from './maps.ts'
import { readPorts } from './port-table.ts'

/** Where links are pinned. */
export interface LinkPins {
  link(program: string): string
  pod(cgroup: bigint): string
  /** Folder of the links of a cgroup that has hooks of its own. */
  cgroup(cgroup: bigint): string
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
  const held: Held = { outbound: outboundHolds, node: nodeHolds, byParent: options.workloadsCgroup !== '' }
  return {
    programsHash,
    hooks,
    workloads: readWorkloads(addon, maps, pins, held),
    destinations: maps.destinations.keys().length,
    hasNodeInboundListener: maps.listeners.get(encodeListener('inbound', '')) !== null,
  }
}

/** What holds every workload of the node; or that each one is held by hooks of its own. */
interface Held {
  readonly outbound: boolean
  readonly node: boolean
  readonly byParent: boolean
}

function readHooks(addon: Addon, options: CaptureOptions, pins: LinkPins): HookState[] {
  const paths = { agent: options.agentCgroup, workloads: options.workloadsCgroup, node: options.nodeNetnsPath }
  const hooks: HookState[] = []
  for (const { name, target, attachType } of programs) {
    if (target === 'pod' || (target !== 'agent' && options.workloadsCgroup === '')) continue
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

function readWorkloads(addon: Addon, maps: KernelMaps, pins: LinkPins, held: Held): WorkloadState[] {
  const ports = readPorts(maps.ports)
  const workloads: WorkloadState[] = []
  for (const key of maps.workloads.keys()) {
    const value = maps.workloads.get(key)
    if (value === null) continue
    const { uid, address, network, dnsPort } = decodeWorkload(value)
    const cgroup = decodeU64(key)
    const missingHooks = held.byParent ? [] : missingAt(addon, pins.cgroup(cgroup), cgroup)
    const podLinkId = network === 'own' ? (readHook(addon, pins.pod(cgroup))?.id ?? 0) : 0
    workloads.push({
      uid,
      cgroup,
      address,
      network,
      dnsPort,
      podLinkId,
      missingHooks,
      hasInboundListener: maps.listeners.get(encodeListener('inbound', network === 'own' ? address : '')) !== null,
      hasHboneListener: maps.listeners.get(encodeListener('hbone', address)) !== null,
      ports: ports.get(cgroup) ?? [],
      isEnrolled: held.outbound && missingHooks.length === 0 && (network === 'own' ? podLinkId !== 0 : held.node),
    })
  }
  return workloads
}

/** Programs that must run at this cgroup and don't: a link that was detached, or whose cgroup is gone, holds nothing. */
function missingAt(addon: Addon, dir: string, cgroup: bigint): string[] {
  const wanted = programs.filter(({ target }) => target === 'workloads')
  return wanted.filter(({ name }) => readHook(addon, join(dir, name))?.cgroup !== cgroup).map(({ name }) => name)
}
