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

/**
 * One program, registered for as long as its stream is open. Order: `register` → registered; `attach` → enrolled, once
 * its node says so; `leave`, or the end of the stream → draining, then gone.
 */
export async function runSession(
  mesh: Mesh,
  requests: AsyncIterable<RunRequest>,
  reply: (update: RunUpdate) => Promise<void>,
  ended: AbortSignal,
  clock: Clock,
): Promise<void> {
  let uid = ''
  let stopWatching = (): void => {}
  try {
    for await (const request of requests) {
      if (request.register != null && uid === '') {
        const nodes = mesh.registry.nodes.map((node) => node.name)
        const workload = mesh.registry.register(readRegister(request.register as weft.management.v1.Register, nodes))
        uid = workload.uid
        await reply({ registered: messageOf(workload) })
      } else if (request.attach != null && uid !== '') {
        stopWatching()
        stopWatching = tellEnrolment(mesh, uid, reply)
        mesh.registry.attach(uid, request.attach.cgroupPath ?? '', request.attach.netnsPath ?? '')
      } else if (request.leave != null && uid !== '') {
        mesh.registry.drain(uid)
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
    if (uid !== '') {
      mesh.registry.drain(uid)
      // A program that is gone already is not waited for; one that leaves keeps its stream open meanwhile.
      if (!ended.aborted) await clock.sleepUntil(clock.nowMs() + DRAIN_MS)
      mesh.registry.remove(uid)
    }
  }
}

function tellEnrolment(mesh: Mesh, uid: string, reply: (update: RunUpdate) => Promise<void>): () => void {
  let told = ''
  return mesh.registry.watch((changed) => {
    const enrolment = changed === uid ? mesh.registry.enrolmentOf(uid) : null
    if (enrolment === null) return
    const { enrolled, reason, environment } = enrolment
    const update: RunUpdate = enrolled ? { enrolled: { environment } } : { refused: { reason } }
    const text = JSON.stringify(update)
    if (text === told) return
    told = text
    reply(update).catch(() => {})
  })
}

export function messageOf(workload: Workload): weft.discovery.v1.Workload.$Properties {
  return { ...workload, ports: workload.ports.map((port) => ({ ...port })), labels: { ...workload.labels } }
}
