import type { weft } from '@weft/proto'
import type { Column } from '@weft/terminal'
import { defineCommand } from '../command-line/command.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { isAlive } from '../machine/process-identity.ts'
import { locateMesh } from '../mesh/location.ts'
import { withManagement } from '../mesh/management.ts'
import { requireRunning, type MeshFile, type PartState } from '../mesh/mesh-file.ts'
import { plainMessage } from '../mesh/plain-message.ts'
import { printData, printTable } from '../output/print-result.ts'
import { shortIdentity } from '../output/stat-table.ts'

type Status = weft.management.v1.StatusResponse
type NodeStatus = weft.management.v1.NodeStatus
type WorkloadState = weft.management.v1.WorkloadState

export const statusCommand = defineCommand({
  name: 'status',
  summary: 'Show parts, nodes and workloads of a mesh',
  about: ['What is enrolled is read back from the kernel by the agents, not what was asked for.'],
  flags: {},
  operands: { usage: '', min: 0, max: 0 },
  examples: ['status', 'status -o json'],
  async run({ flags, context }) {
    const location = locateMesh(flags, context)
    const file = requireRunning(location)
    const status = (await withManagement(location, (client) => client.status({}))) as Status
    const data = { ...(plainMessage(status) as object), capture: file.plan.settings.capture, parts: file.parts }
    if (!printData(context.out, flags.output, data)) printStatus(file, status, context)
    return exitCodes.ok.code
  },
})

function printStatus(file: MeshFile, status: Status, { out }: Context): void {
  const { capture } = file.plan.settings
  const how = capture === 'ebpf' ? 'captured by eBPF' : `explicit proxy (${file.plan.captureReason})`
  out.write(`mesh ${status.mesh}, trust domain ${status.trustDomain}, revision ${status.revision}, ${how}\n\n`)
  printTable(out, partColumns, file.parts, 'no parts')
  out.write('\n')
  printTable(out, nodeColumns, status.nodes as NodeStatus[], 'no nodes')
  out.write('\n')
  printTable(
    out,
    workloadColumns,
    status.workloads as WorkloadState[],
    'no workloads: weft run --service NAME -- COMMAND starts one',
  )
}

const partColumns: Column<PartState>[] = [
  { title: 'PART', value: (part) => part.name },
  { title: 'PID', value: (part) => String(part.process?.pid ?? '-'), align: 'right' },
  { title: 'STATE', value: (part) => (part.process !== null && isAlive(part.process) ? 'running' : 'restarting') },
  { title: 'RESTARTS', value: (part) => String(part.restarts), align: 'right' },
]

const nodeColumns: Column<NodeStatus>[] = [
  { title: 'NODE', value: (node) => node.name },
  { title: 'ADDRESS', value: (node) => node.address },
  { title: 'AGENT', value: (node) => (node.connected ? 'connected' : 'not connected') },
  { title: 'REVISION', value: (node) => String(node.revision), align: 'right' },
  { title: 'POLICY', value: (node) => String(node.policyRevision), align: 'right' },
  { title: 'REFUSED', value: (node) => node.error || '-' },
]

const workloadColumns: Column<WorkloadState>[] = [
  { title: 'WORKLOAD', value: ({ workload }) => workload?.uid ?? '-' },
  { title: 'SERVICES', value: ({ services }) => services.join(',') || '-' },
  { title: 'NODE', value: ({ workload }) => workload?.node ?? '-' },
  { title: 'ADDRESS', value: ({ workload }) => workload?.address ?? '-' },
  { title: 'NETWORK', value: ({ workload }) => workload?.networkMode ?? '-' },
  { title: 'IDENTITY', value: ({ identity }) => shortIdentity(identity) },
  {
    title: 'STATE',
    value: ({ workload, enrolled, reason, lost }) =>
      lost ? 'lost: waits for its weft run' : enrolled ? (workload?.state ?? '-') : `not enrolled: ${reason}`,
  },
]
