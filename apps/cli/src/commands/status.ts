import type { weft } from '@weft/proto'
import type { Column } from '@weft/terminal'
import { defineCommand } from '../command-line/command.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { isAlive } from '../machine/process-identity.ts'
import { findTarget } from '../cluster/target.ts'
import { withManagement } from '../mesh/management.ts'
import { readMeshFile, requireRunning, type MeshFile, type PartState } from '../mesh/mesh-file.ts'
import { plainMessage } from '../mesh/plain-message.ts'
import { printData, printTable } from '../output/print-result.ts'
import { shortIdentity, shortWorkload } from '../output/stat-table.ts'

type Status = weft.management.v1.StatusResponse
type NodeStatus = weft.management.v1.NodeStatus
type WorkloadState = weft.management.v1.WorkloadState

export const statusCommand = defineCommand({
  name: 'status',
  summary: 'Show parts, nodes and workloads of a mesh',
  about: [
    'What is enrolled is read back from the kernel by the agents, not what was asked for.',
    'When the control plane does not answer, the parts are shown as far as they can be seen without it; exit code 4.',
  ],
  flags: {},
  operands: { usage: '', min: 0, max: 0 },
  examples: ['status', 'status -o json'],
  async run({ flags, context }) {
    const location = findTarget(flags, context)
    if (location.cluster === true) {
      const { clusterStatus } = await import('../cluster/status.ts')
      return clusterStatus(location, flags.output, context)
    }
    const file = readMeshFile(location)
    if (file === null) requireRunning(location)
    const mesh = file!
    let status: Status | null = null
    let failure: unknown = null
    try {
      status = (await withManagement(location, context.clock, (client) => client.status({}))) as Status
    } catch (error) {
      failure = error
    }
    const { capture } = mesh.plan.settings
    const known = { state: stateOf(mesh), capture, parts: mesh.parts.map(describePart) }
    const data =
      status === null ? { mesh: mesh.plan.mesh, ...known } : { ...(plainMessage(status) as object), ...known }
    if (!printData(context.out, flags.output, data)) printStatus(mesh, status, context)
    if (failure !== null) throw failure
    return exitCodes.ok.code
  },
})

/** As the file says, unless the supervisor that keeps it is dead. */
function stateOf(file: MeshFile): string {
  return isAlive(file.supervisor) ? file.state : 'dead: its supervisor is gone'
}

function describePart(part: PartState): object {
  return { ...part, state: stateOfPart(part) }
}

function stateOfPart({ process }: PartState): string {
  return process !== null && isAlive(process) ? 'running' : 'not running'
}

/** Without an answer of the control plane, what can be seen without it. */
function printStatus(file: MeshFile, status: Status | null, { out }: Context): void {
  const { capture } = file.plan.settings
  const how = capture === 'ebpf' ? 'captured by eBPF' : `explicit proxy (${file.plan.captureReason})`
  const { mesh, settings } = file.plan
  const what = status === null ? stateOf(file) : `revision ${status.revision}`
  out.write(`mesh ${mesh}, trust domain ${settings.trustDomain}, ${what}, ${how}\n\n`)
  printTable(out, partColumns, file.parts, 'no parts')
  if (status === null) return out.write('\n')
  out.write('\n')
  printTable(out, nodeColumns, status.nodes as NodeStatus[], 'no nodes')
  out.write('\n')
  const workloads = status.workloads as WorkloadState[]
  printTable(out, workloadColumns(workloads), workloads, 'no workloads: weft run --service NAME -- COMMAND starts one')
}

const partColumns: Column<PartState>[] = [
  { title: 'PART', value: (part) => part.name },
  { title: 'PID', value: (part) => String(part.process?.pid ?? '-'), align: 'right' },
  { title: 'STATE', value: stateOfPart },
  { title: 'RESTARTS', value: (part) => String(part.restarts), align: 'right' },
]

export const nodeColumns: Column<NodeStatus>[] = [
  { title: 'NODE', value: (node) => node.name },
  { title: 'ADDRESS', value: (node) => node.address },
  { title: 'AGENT', value: (node) => (node.connected ? 'connected' : 'not connected') },
  { title: 'REVISION', value: (node) => String(node.revision), align: 'right' },
  { title: 'POLICY', value: (node) => String(node.policyRevision), align: 'right' },
  { title: 'REFUSED', value: (node) => node.error || '-' },
]

/** What made them is told where something did: pods have names that nobody remembers. */
export function workloadColumns(workloads: readonly WorkloadState[]): Column<WorkloadState>[] {
  const isOwned = workloads.some(({ workload }) => (workload?.owner ?? '') !== '')
  const owner = { title: 'OWNER', value: ({ workload }: WorkloadState) => workload?.owner || '-', spare: 4 }
  return [workloadName, ...(isOwned ? [owner] : []), ...workloadFacts]
}

const workloadName: Column<WorkloadState> = {
  title: 'WORKLOAD',
  value: ({ workload }) => (workload == null ? '-' : shortWorkload(workload.uid ?? '')),
}

const workloadFacts: Column<WorkloadState>[] = [
  { title: 'SERVICES', value: ({ services }) => services.join(',') || '-' },
  { title: 'NODE', value: ({ workload }) => workload?.node ?? '-', spare: 3 },
  { title: 'ADDRESS', value: ({ workload }) => workload?.address ?? '-' },
  { title: 'NETWORK', value: ({ workload }) => workload?.networkMode ?? '-', spare: 2 },
  { title: 'IDENTITY', value: ({ identity }) => shortIdentity(identity), spare: 1 },
  {
    title: 'STATE',
    value: ({ workload, enrolled, reason, lost }) =>
      lost ? 'lost: waits for its weft run' : enrolled ? (workload?.state ?? '-') : `not enrolled: ${reason}`,
  },
]
