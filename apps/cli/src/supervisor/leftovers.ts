import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '@weft/time'
import { removeCgroupTree } from '../machine/cgroups.ts'
import { isAlive, signalProcess } from '../machine/process-identity.ts'
import { removeNodeNetwork } from '../machine/node-network.ts'
import { readMeshFile, removeMeshFile } from '../mesh/mesh-file.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { readRunFiles } from '../mesh/run-file.ts'
import { removeRuntimeState } from './state-directory.ts'

/**
 * Takes away everything a mesh made, whether it ended in order or was killed: processes, cgroups, pins, namespaces,
 * links, routes, sockets and tokens. Everything is found by name, so it does not matter how far anybody came.
 * Stored resources, keys and logs stay.
 */
export async function removeLeftovers(plan: MeshPlan, clock: Clock): Promise<void> {
  await endProcesses(plan, clock)
  if (plan.cgroup !== '') {
    await removeCgroupTree(join(plan.cgroupMount, plan.cgroup))
    // Last of the kernel's: until here the hooks kept workloads from speaking plaintext.
    await rm(dirname(plan.nodes[0]!.bpfPinDir), { recursive: true, force: true })
    await removeNodeNetwork(plan)
  }
  await removeRuntimeState(plan)
  await removeMeshFile(plan)
}

/** Without cgroups a process is known only by its entry in the files of the mesh. */
async function endProcesses(plan: MeshPlan, clock: Clock): Promise<void> {
  const parts = readMeshFile(plan)?.parts ?? []
  const processes = [...parts.flatMap((part) => part.process ?? []), ...readRunFiles(plan).map((file) => file.run)]
  for (const each of processes) signalProcess(each, 'SIGTERM')
  const deadlineMs = clock.nowMs() + 3_000
  while (processes.some(isAlive) && clock.nowMs() < deadlineMs) await clock.sleepUntil(clock.nowMs() + 20)
  for (const each of processes) signalProcess(each, 'SIGKILL')
}
