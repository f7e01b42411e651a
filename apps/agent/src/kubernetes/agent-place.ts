import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '@weft/faults'
import { PodCgroups } from './pod-cgroups.ts'

/** Where pins of an agent on Kubernetes are, on the node's bpffs. */
export const KUBERNETES_PIN_DIR = '/sys/fs/bpf/weft/agent'

/**
 * The cgroup v2 hierarchy below what the node has at /sys/fs/cgroup: that itself, or `unified` beside old hierarchies.
 * Faults: Failure `capture`.
 */
export function cgroupMountIn(dir: string): string {
  for (const mount of [dir, join(dir, 'unified')]) if (existsSync(join(mount, 'cgroup.procs'))) return mount
  throw new Failure(
    'capture',
    `Cannot find the cgroup v2 hierarchy of the node: expected it at ${dir} or ${dir}/unified`,
  )
}

/** The cgroup of the agent's own pod. Faults: Failure `capture`. */
export function ownCgroup(mount: string, podUid: string): string {
  const found = podUid === '' ? null : new PodCgroups(mount).find([podUid])
  if (found !== null) return found
  const wanted = podUid === '' ? 'a pod UID (WEFT_AGENT_POD_UID)' : `that of pod ${podUid}`
  throw new Failure('capture', `Cannot find the agent’s own cgroup below ${mount}: expected ${wanted}`)
}
