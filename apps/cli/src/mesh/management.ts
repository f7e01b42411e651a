import { Failure } from '@weft/faults'
import type { managementService, RpcClient } from '@weft/rpc'
import type { Clock } from '@weft/time'
import type { ClusterTarget, Target } from '../cluster/target.ts'
import { statePaths, type MeshLocation } from './location.ts'
import { requireRunning } from './mesh-file.ts'

export type ManagementClient = RpcClient<typeof managementService>

/**
 * A client of a mesh's management service, over the socket that only the mesh's owner can open. gRPC is loaded here and
 * not before, so that `weft --help` does not wait for it.
 */
export function connectManagement(location: MeshLocation): Promise<ManagementClient> {
  return connectSocket(statePaths.managementSocket(location))
}

async function connectSocket(path: string): Promise<ManagementClient> {
  const { managementService, plainClientCredentials, rpcClient } = await import('@weft/rpc')
  return rpcClient(managementService, `unix:${path}`, plainClientCredentials())
}

/**
 * Does one piece of work with the management service and closes the connection.
 *
 * Faults: Failure `not_running` when no mesh runs or its control plane does not answer; whatever the server refuses with.
 */
export async function withManagement<T>(
  target: Target,
  clock: Clock,
  work: (client: ManagementClient) => Promise<T>,
): Promise<T> {
  if (target.cluster === true) return withForwarded(target, clock, work)
  const location = target
  requireRunning(location)
  const client = await connectManagement(location)
  try {
    return await work(client)
  } catch (error) {
    throw explainUnavailable(location, error)
  } finally {
    client.close()
  }
}

/** The same on a cluster, by a port that is forwarded to a pod of the control plane. */
async function withForwarded<T>(
  target: ClusterTarget,
  clock: Clock,
  work: (client: ManagementClient) => Promise<T>,
): Promise<T> {
  const { forwardManagement } = await import('../cluster/cluster.ts')
  await using forwarded = await forwardManagement(target, clock)
  const client = await connectSocket(forwarded.path)
  try {
    return await work(client)
  } catch (error) {
    if (!isUnavailable(error)) throw error
    if (forwarded.forward.failure !== null) throw forwarded.forward.failure
    const message = `the control plane of the mesh in namespace ${target.namespace} does not answer; traffic goes on`
    throw new Failure('not_running', message, error)
  } finally {
    client.close()
  }
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof Failure && 'status' in error && error.status === 'unavailable'
}

/** A refused connection as a person sees it: the control plane is away, and traffic is not. */
export function explainUnavailable(location: MeshLocation, error: unknown): unknown {
  if (!isUnavailable(error)) return error
  const log = statePaths.log(location, 'control-plane')
  return new Failure(
    'not_running',
    `the control plane of mesh ${location.mesh} does not answer; traffic goes on; see ${log}`,
    error,
  )
}
