import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { Failure } from '@weft/faults'
import type { Clock } from '@weft/time'
import type { GlobalFlags } from '../command-line/global-flags.ts'
import type { Context } from '../context.ts'
import { isAlive } from '../machine/process-identity.ts'
import { locateMesh, type MeshLocation } from '../mesh/location.ts'
import { readMeshFile } from '../mesh/mesh-file.ts'

/** A mesh on a cluster, as kubectl would find the cluster. */
export interface ClusterTarget {
  readonly cluster: true
  /** As `KubernetesClient.load` takes it: `default` for what kubectl takes. */
  readonly kubeconfig: string
  /** '' for the current one. */
  readonly context: string
  /** Of the mesh. */
  readonly namespace: string
}

/** A mesh of this machine, or one of a cluster. */
export type Target = (MeshLocation & { readonly cluster?: false }) | ClusterTarget

type TargetFlags = Pick<GlobalFlags, 'mesh' | 'stateDir' | 'kubeconfig' | 'context' | 'weftNamespace'>

/**
 * Which mesh is meant: what the flags name; else WEFT_MESH or WEFT_STATE_DIR; else the mesh that runs on this machine;
 * else the cluster of the kubeconfig; else the mesh of this machine that does not run.
 * Faults: Failure `usage` when flags mean both.
 */
export function findTarget(flags: TargetFlags, context: Context): Target {
  const isCluster = flags.kubeconfig !== '' || flags.context !== '' || flags.weftNamespace !== ''
  const isMachine = flags.mesh !== '' || flags.stateDir !== ''
  if (isCluster && isMachine) {
    throw new Failure(
      'usage',
      'found flags for a mesh of this machine (--mesh, --state-dir) beside flags for a cluster (--kubeconfig, --context, --weft-namespace), expected one or the other',
    )
  }
  if (isCluster) return clusterTarget(flags, context)
  const location = locateMesh(flags, context)
  if (isMachine || context.env['WEFT_MESH'] || context.env['WEFT_STATE_DIR']) return location
  const file = readMeshFile(location)
  if (file !== null && isAlive(file.supervisor)) return location
  return hasKubeconfig(context) ? clusterTarget(flags, context) : location
}

function clusterTarget(flags: TargetFlags, { env, cwd }: Context): ClusterTarget {
  const kubeconfig = flags.kubeconfig === '' ? 'default' : resolve(cwd, flags.kubeconfig)
  const namespace = flags.weftNamespace || env['WEFT_NAMESPACE'] || 'weft-system'
  return { cluster: true, kubeconfig, context: flags.context, namespace }
}

/** Whether kubectl would have one. */
function hasKubeconfig({ env }: Context): boolean {
  return !!env['KUBECONFIG'] || existsSync(join(env['HOME'] ?? homedir(), '.kube', 'config'))
}

/** The namespace that a person means: what was given, else that of the kubeconfig's context, else `default`. */
export async function namespaceFor(target: Target, given: string, clock: Clock): Promise<string> {
  if (given !== '' || target.cluster !== true) return given || 'default'
  const { loadCluster } = await import('./cluster.ts')
  const client = await loadCluster(target, clock)
  client.close()
  return client.namespace || 'default'
}

/** For commands that work on this machine alone. Faults: Failure `usage` when the flags name a cluster. */
export function refuseCluster(command: string, flags: TargetFlags): void {
  if (flags.kubeconfig === '' && flags.context === '' && flags.weftNamespace === '') return
  throw new Failure(
    'usage',
    `weft ${command} works on this machine: expected no --kubeconfig, --context or --weft-namespace`,
  )
}
