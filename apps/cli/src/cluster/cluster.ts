import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '@weft/faults'
import { isApiFailure, KubernetesClient, type KubernetesObject, PortForward, resourcePath } from '@weft/kubernetes'
import { silentLogger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { ClusterTarget } from './target.ts'

/** Where the control plane has its management API, on the loopback of its pod. */
const MANAGEMENT_PORT = 15016
const ASK_TIMEOUT_MS = 15_000

export interface PodObject extends KubernetesObject {
  readonly spec?: {
    readonly nodeName?: string
    readonly hostNetwork?: boolean
    readonly containers?: readonly { readonly name: string }[]
  }
  readonly status?: {
    readonly phase?: string
    readonly conditions?: readonly { type: string; status: string; reason?: string; message?: string }[]
  }
}

/** The cluster of a target. Asks it nothing yet. */
export function loadCluster({ kubeconfig, context }: ClusterTarget, clock: Clock): Promise<KubernetesClient> {
  return KubernetesClient.load({ kubeconfig, context, name: 'weft', timeoutMs: ASK_TIMEOUT_MS }, clock, silentLogger)
}

/** Runs work with the cluster of a target, and closes its connections. Faults: as {@link explained} says. */
export async function withCluster<T>(
  target: ClusterTarget,
  clock: Clock,
  work: (client: KubernetesClient) => Promise<T>,
): Promise<T> {
  const client = await loadCluster(target, clock)
  try {
    return await work(client)
  } catch (error) {
    throw explained(error)
  } finally {
    client.close()
  }
}

/** The pods of one part of the mesh, or of all of them, in order of name. */
export async function partPods(
  client: Pick<KubernetesClient, 'list'>,
  namespace: string,
  part = '',
): Promise<readonly PodObject[]> {
  const name = part === '' ? '' : `,app.kubernetes.io/name=${part}`
  const { items } = await client.list<PodObject>(resourcePath('v1', 'pods', namespace), {
    labelSelector: `app.kubernetes.io/part-of=weft${name}`,
  })
  return items.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
}

export function isReady({ status }: PodObject): boolean {
  return status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') === true
}

/**
 * A socket that leads to the management API of a control plane of the cluster, for as long as it is not disposed of.
 * Faults: Failure `not_running` when there is no control plane that could answer.
 */
export async function forwardManagement(
  target: ClusterTarget,
  clock: Clock,
): Promise<{ readonly path: string; readonly forward: PortForward } & AsyncDisposable> {
  const pod = await withCluster(target, clock, async (client) => {
    const pods = await partPods(client, target.namespace, 'weft-control-plane')
    return pods.find(isReady) ?? pods.find(({ status }) => status?.phase === 'Running') ?? null
  })
  if (pod === null) {
    throw new Failure(
      'not_running',
      `no mesh runs in namespace ${target.namespace} of the cluster: found no pod of weft-control-plane, expected one; see \`weft install\` and --weft-namespace`,
    )
  }
  const folder = await mkdtemp(join(tmpdir(), 'weft-'))
  const path = join(folder, 'management.sock')
  const { kubeconfig, context, namespace } = target
  const file = kubeconfig === 'default' ? '' : kubeconfig
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const forward = await PortForward.listen(path, {
      kubeconfig: file,
      context,
      namespace,
      pod: pod.metadata.name,
      port: MANAGEMENT_PORT,
    })
    return {
      path,
      forward,
      [Symbol.asyncDispose]: async () => {
        await forward[Symbol.asyncDispose]()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

/** What the API server refuses, as a person sees it. */
function explained(error: unknown): unknown {
  if (!isApiFailure(error, 'unavailable')) return error
  return new Failure('not_running', `the API server of the cluster does not answer: ${(error as Error).message}`, error)
}
