import { Failure } from '@weft/faults'
import type { weft } from '@weft/proto'
import type { Workload } from '@weft/topology'
import type { Clock } from '@weft/time'
import type { Mesh } from '../mesh.ts'
import { readRegister } from './register-request.ts'

type RunRequest = weft.management.v1.RunRequest
type RunUpdate = weft.management.v1.RunUpdate.$Properties

/** How long a workload that left is still known, so that agents can finish what goes to it. */
const DRAIN_MS = 1_000
/** How long a workload whose stream broke may come back. What its agents find gone they eject sooner. */
export const ORPHAN_MS = 5_000
/** Less than the CLI waits, so that the reason reaches it. */
const ENROL_TIMEOUT_MS = 9_000

/**
 * One program, registered for as long as its stream is open. Order: `register` → registered; `attach` → enrolled, once
 * its node says so; `leave`, or the end of the stream → draining, then gone.
 */
export async function runSession(
  mesh: Mesh,
  requests: AsyncIterable<RunRequest>,
  reply: (update: RunUpdate) => Promise<void>,
  clock: Clock,
): Promise<void> {
  const registry = mesh.registry.registrar
  if (registry === null) {
    throw new Failure(
      'invalid_argument',
      'cannot run a program in this mesh: what runs in it are the pods of a cluster',
    )
  }
  let uid = ''
  let isLeaving = false
  let stopWatching = (): void => {}
  try {
    for await (const request of requests) {
      if (request.register != null && uid === '') {
        const nodes = registry.nodes.map((node) => node.name)
        const workload = registry.register(readRegister(request.register as weft.management.v1.Register, nodes))
        uid = workload.uid
        await reply({ registered: messageOf(workload) })
      } else if (request.attach != null && uid !== '') {
        stopWatching()
        stopWatching = tellEnrolment(mesh, uid, reply, clock)
        registry.attach(uid, request.attach.cgroupPath ?? '', request.attach.netnsPath ?? '')
      } else if (request.leave != null && uid !== '') {
        isLeaving = true
        registry.drain(uid)
        break
      } else {
        throw new Failure(
          'malformed',
          `RunRequest: found ${Object.keys(request).join(', ') || 'nothing'}, expected ${uid === '' ? 'register' : 'attach or leave'}`,
        )
      }
    }
  } finally {
    stopWatching()
    if (uid !== '' && isLeaving) {
      // Nothing goes to a program without ports, and nobody should wait for the end of `weft run -- curl`.
      const isServer = (registry.get(uid)?.ports.length ?? 0) > 0
      if (isServer) await clock.sleepUntil(clock.nowMs() + DRAIN_MS)
      registry.remove(uid)
    } else if (uid !== '') {
      // The stream broke: the CLI was killed, and its program with it, or we are ending. Either way somebody may resume.
      registry.orphan(uid)
      clock.after(ORPHAN_MS, () => registry.removeOrphan(uid))
    }
  }
}

/** Says `enrolled` when its node captures it, or `refused` with the node's reason when that takes too long. */
function tellEnrolment(mesh: Mesh, uid: string, reply: (update: RunUpdate) => Promise<void>, clock: Clock): () => void {
  const look = (): void => {
    const enrolment = mesh.registry.enrolmentOf(uid)
    if (enrolment === null || !enrolment.enrolled) return
    stop()
    reply({ enrolled: { environment: enrolment.environment } }).catch(() => {})
  }
  const timer = clock.after(ENROL_TIMEOUT_MS, () => {
    stop()
    const { node } = mesh.registry.get(uid) ?? { node: '' }
    const isConnected = mesh.progress.all().some((progress) => progress.node === node && progress.connected)
    const why = isConnected ? mesh.registry.enrolmentOf(uid)?.reason : `the agent of ${node} is not connected`
    reply({ refused: { reason: `not captured within ${ENROL_TIMEOUT_MS / 1000} s: ${why}` } }).catch(() => {})
  })
  const stopWatching = mesh.registry.watch((changed) => {
    if (changed === uid) look()
  })
  function stop(): void {
    timer.cancel()
    stopWatching()
  }
  return stop
}

export function messageOf(workload: Workload): weft.discovery.v1.Workload.$Properties {
  const { ports, labels, probes, plaintextPorts } = workload
  return {
    ...workload,
    ports: ports.map((port) => ({ ...port })),
    labels: { ...labels },
    probes: probes.map((probe) => ({ ...probe })),
    plaintextPorts: [...plaintextPorts],
  }
}
