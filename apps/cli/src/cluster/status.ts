import type { weft } from '@weft/proto'
import type { Column } from '@weft/terminal'
import type { OutputFormat } from '../command-line/global-flags.ts'
import { nodeColumns, workloadColumns } from '../commands/status.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { withManagement } from '../mesh/management.ts'
import { plainMessage } from '../mesh/plain-message.ts'
import { printData, printTable } from '../output/print-result.ts'
import { isReady, partPods, type PodObject, withCluster } from './cluster.ts'
import type { ClusterTarget } from './target.ts'

type Status = weft.management.v1.StatusResponse

/**
 * Prints parts, nodes and workloads of a mesh on a cluster. What the API server knows is shown also when the control plane
 * does not answer. Faults: those of the cluster; Failure `not_running` after printing when the control plane is away.
 */
export async function clusterStatus(target: ClusterTarget, output: OutputFormat, context: Context): Promise<number> {
  const pods = await withCluster(target, context.clock, (client) => partPods(client, target.namespace))
  let status: Status | null = null
  let failure: unknown = null
  try {
    status = (await withManagement(target, context.clock, (client) => client.status({}))) as Status
  } catch (error) {
    failure = error
  }
  const parts = pods.map((pod) => ({ name: pod.metadata.name, node: nodeOf(pod), state: stateOf(pod) }))
  const data = { ...(status === null ? {} : (plainMessage(status) as object)), namespace: target.namespace, parts }
  if (!printData(context.out, output, data)) print(context, target, pods, status)
  if (failure !== null) throw failure
  return exitCodes.ok.code
}

function print({ out }: Context, target: ClusterTarget, pods: readonly PodObject[], status: Status | null): void {
  const what =
    status === null
      ? 'the control plane does not answer'
      : `trust domain ${status.trustDomain}, revision ${status.revision}`
  out.write(`mesh in namespace ${target.namespace}, ${what}\n\n`)
  printTable(out, partColumns, pods, 'no parts')
  if (status === null) return
  out.write('\n')
  printTable(out, nodeColumns, status.nodes as weft.management.v1.NodeStatus[], 'no nodes')
  out.write('\n')
  const workloads = status.workloads as weft.management.v1.WorkloadState[]
  const notices = status.nodes.flatMap(({ name, notices: said }) => (said ?? []).map(({ text }) => `${name}: ${text}`))
  for (const notice of notices) out.write(`${out.style.warn('!')} ${notice}\n`)
  if (notices.length > 0) out.write('\n')
  const hint = 'no workloads: kubectl label namespace NAME weft.dev/mesh=enabled takes those of a namespace in'
  printTable(out, workloadColumns(workloads), workloads, hint)
}

const partColumns: Column<PodObject>[] = [
  { title: 'PART', value: ({ metadata }) => metadata.name },
  { title: 'NODE', value: nodeOf },
  { title: 'STATE', value: stateOf },
]

function nodeOf({ spec }: PodObject): string {
  return spec?.nodeName ?? '-'
}

/** Ready, or what the pod says instead. */
function stateOf(pod: PodObject): string {
  if (isReady(pod)) return 'ready'
  const failing = pod.status?.conditions?.find(({ status, message }) => status !== 'True' && (message ?? '') !== '')
  return [pod.status?.phase?.toLowerCase() ?? 'unknown', failing?.message].filter(Boolean).join(': ')
}
