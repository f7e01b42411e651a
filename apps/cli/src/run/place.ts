import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { weft } from '@weft/proto'
import { Failure } from '@weft/faults'
import { makeCgroup, removeCgroupTree } from '../machine/cgroups.ts'
import { netnsPath } from '../machine/ip.ts'
import { makePodNetwork, planPodNetwork, removePodNetwork, type PodNetwork } from '../machine/pod-network.ts'
import { identifyProcess } from '../machine/process-identity.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { removeRunFile, writeRunFile, type RunFile } from '../mesh/run-file.ts'

type Workload = Pick<weft.discovery.v1.Workload, 'node' | 'address' | 'name' | 'networkMode'>

/** Where a program runs: its cgroup, its network. Nothing of either without capture. */
export interface Place {
  readonly id: string
  /** Below the mount, for the agent. */
  readonly cgroupPath: string
  /** Full path, '' without capture. */
  readonly cgroup: string
  /** What `nsenter` enters, '' for the caller's network. */
  readonly netnsPath: string
  readonly network: PodNetwork | null
}

/** Decides names; makes nothing. */
export function planPlace(plan: MeshPlan, workload: Workload, id = randomBytes(3).toString('hex')): Place {
  const node = plan.nodes.find(({ name }) => name === workload.node)
  if (node === undefined)
    throw new Failure(
      'failed',
      `the workload was placed on node ${JSON.stringify(workload.node)}: expected one of this mesh`,
    )
  if (node.cgroup === '') return { id, cgroupPath: '', cgroup: '', netnsPath: '', network: null }
  const cgroupPath = `${node.cgroup}/workloads/${workload.name}-${id}`
  const isOwn = workload.networkMode === 'own'
  const network = isOwn ? planPodNetwork(plan.mesh, node.name, node.netns, id, workload.address) : null
  return {
    id,
    cgroupPath,
    cgroup: join(plan.cgroupMount, cgroupPath),
    netnsPath: netnsPath(network?.netns ?? node.netns),
    network,
  }
}

/** Makes it, after writing down what will be made: should we be killed half-way, the supervisor takes it away. */
export async function makePlace(plan: MeshPlan, place: Place): Promise<void> {
  await writeRunFile(plan, runFile(place))
  try {
    if (place.cgroup !== '') await makeCgroup(place.cgroup)
    if (place.network !== null) await makePodNetwork(place.network)
  } catch (error) {
    await removePlace(plan, place)
    throw error
  }
}

/** Kills what is left of the program and takes everything away. Safe twice. */
export async function removePlace(plan: MeshPlan, place: Pick<Place, 'id' | 'cgroup' | 'network'>): Promise<void> {
  if (place.cgroup !== '') await removeCgroupTree(place.cgroup)
  if (place.network !== null) await removePodNetwork(place.network)
  await removeRunFile(plan, place.id)
}

function runFile({ id, cgroup, network }: Place): RunFile {
  return { id, run: identifyProcess(process.pid), cgroup, network }
}
