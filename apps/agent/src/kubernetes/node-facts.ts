import { networkInterfaces } from 'node:os'
import { type Node, type NodePlace, placeOf, unknownPlace } from '@weft/cluster'
import { describeError } from '@weft/faults'
import { type KubernetesClient, resourcePath } from '@weft/kubernetes'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { AgentConfig } from '../config.ts'
import { cgroupMountIn } from './agent-place.ts'

const PLACE_PATIENCE_MS = 3_000

export interface KubernetesNodeOptions {
  readonly node: string
  /** Of the mesh's own parts. */
  readonly meshNamespace: string
  readonly stateDir: string
  /** Where the cgroup v2 hierarchy of the node is seen. */
  readonly cgroupMount: string
  readonly cniConfigDir: string
  readonly cniBinaryDir: string
  /** As the agent sees them, and as the node does: the same paths. */
  readonly cniSocket: string
  readonly namespacesFile: string
  /** Name of the DaemonSet; '' when there is none to follow. */
  readonly daemonSet: string
}

export function kubernetesNodeOptions(config: AgentConfig): KubernetesNodeOptions {
  const { node, namespace, stateDir, daemonSet, cgroupDir, cniConfigDir, cniBinaryDir, cniSocket, cniNamespacesFile } =
    config
  return {
    node,
    meshNamespace: namespace,
    stateDir,
    cgroupMount: cgroupMountIn(cgroupDir),
    cniConfigDir,
    cniBinaryDir,
    cniSocket,
    namespacesFile: cniNamespacesFile,
    daemonSet,
  }
}

/** Where a node is, '' where its labels do not tell; nobody waits for an API server that is away. */
export async function placeOfNode(
  client: KubernetesClient,
  name: string,
  clock: Clock,
  log: Logger,
): Promise<NodePlace> {
  try {
    const asked = client.get<Node>(resourcePath('v1', 'nodes', '', name))
    const late = clock.sleepUntil(clock.nowMs() + PLACE_PATIENCE_MS).then(() => null)
    const node = await Promise.race([asked, late])
    return node === null ? unknownPlace : placeOf(node)
  } catch (error) {
    log.warn('it is not known in which zone this node is', { error: describeError(error) })
    return unknownPlace
  }
}

/** Addresses of the node, by any of which its kubelet may call a pod: which one the routes to pods decide. */
export function nodeAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  return [...new Set(all.filter(({ internal }) => !internal).map(({ address }) => address))].toSorted()
}
