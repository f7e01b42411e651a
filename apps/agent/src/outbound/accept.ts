import { isSystemError, type OriginalDestination } from '@weft/ebpf'
import { formatAddress, type TcpChannel } from '@weft/channel'
import { targetPortOf, type Workload } from '@weft/topology'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { DataPlane } from '../worker/data-plane.ts'
import type { ListenMessage } from '../worker/messages.ts'
import { namespaceOf } from './explicit-proxy.ts'
import type { Find, Outbound } from './outbound.ts'

/**
 * Takes a captured connection: asks the kernel where it meant to go and which workload it comes from, and sends it out.
 *
 * A connection that the hooks did not lead here is reset, and so is one whose workload does not become known: nothing is
 * guessed.
 */
export function acceptOutbound(plane: DataPlane, outbound: Outbound, channel: TcpChannel): void {
  const original = originalOf(plane, channel)
  if (original === null) return refuse(plane, channel, 'it was not captured: expected an original destination')
  const attempt = (isLate: boolean): boolean => {
    const local = plane.locals.byCgroup(original.caller)
    const caller = local === null ? null : plane.locals.caller(local.uid)
    // Capture comes before the certificate; who is fast waits for it, and is told of a fault where it does not come.
    if (caller !== null && !isLate && plane.tls.svidOf(caller.identity) === null) return false
    if (caller === null) return false
    const find = findOriginal(plane, original, namespaceOf(caller))
    if (outbound.admits(channel, caller, caller.workload, find))
      outbound.serve(channel, caller, find, formatAddress(original.address, original.port))
    return true
  }
  if (attempt(false)) return
  outbound.unknownCallers.wait(
    channel,
    () => attempt(false),
    () => attempt(true) || refuse(plane, channel, `cgroup ${original.caller} is of no workload known here`),
  )
}

/** A plain connection to a published port: into the mesh as `ingress`, to the service of the workload, else the workload. */
export function acceptPublished(
  plane: DataPlane,
  outbound: Outbound,
  channel: TcpChannel,
  listen: ListenMessage,
): void {
  const workload = plane.snapshots.current.workload(listen.workload)
  if (workload === null) return refuse(plane, channel, `workload ${listen.workload} is not configured`)
  const find: Find = (snapshot) => findPublished(snapshot, listen.workload)
  const caller = plane.locals.ingress(workload.namespace)
  if (!outbound.admits(channel, caller, `port ${listen.port}`, find)) return
  outbound.serve(channel, caller, find, `published port ${listen.port}`)
}

/** Null for a connection that was not captured, and for one that is gone already. */
function originalOf(plane: DataPlane, channel: TcpChannel): OriginalDestination | null {
  const { fd } = channel
  if (plane.addon === null || fd < 0) return null
  try {
    return plane.addon.originalDestination(fd)
  } catch (error) {
    if (!isSystemError(error)) throw error
    plane.refusalLog.warn('cannot ask for an original destination', { remote: channel.remote, error: error.message })
    return null
  }
}

function findOriginal(plane: DataPlane, original: OriginalDestination, namespace: string): Find {
  const { address, port, callee } = original
  if (callee === 0n) return (snapshot) => snapshot.addressed(address, port, namespace)
  // Loopback on a shared network: the kernel knows whose port it is.
  return (snapshot) => {
    const workload = localWorkload(plane, snapshot, callee)
    return workload === null ? snapshot.addressed(address, port, namespace) : snapshot.workloadPort(workload, port)
  }
}

function localWorkload(plane: DataPlane, snapshot: Snapshot, cgroupId: bigint): Workload | null {
  const local = plane.locals.byCgroup(cgroupId)
  return local === null ? null : snapshot.workload(local.uid)
}

function findPublished(snapshot: Snapshot, uid: string): ReturnType<Find> {
  const workload = snapshot.workload(uid)
  const port = workload?.ports[0]?.port
  if (workload === null || port === undefined) return null
  const [namespace, name] = snapshot.serviceOf(workload, port).split('/')
  const service = name === undefined ? null : snapshot.service(namespace!, name)
  const servicePort = service?.ports.find((candidate) => targetPortOf(candidate, workload) === port)
  if (service === null || servicePort === undefined) return snapshot.workloadPort(workload, port)
  return snapshot.servicePort(service, servicePort.port, workload.namespace)
}

function refuse(plane: DataPlane, channel: TcpChannel, found: string): void {
  plane.refusalLog.warn('refused an outbound connection', { remote: channel.remote, found })
  channel.destroy(new Error(found))
}
