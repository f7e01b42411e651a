import { fetchResources, fetchStat, fetchStatus, type StatRow } from './api.ts'
import { ms, number, security, success, table, type Cell } from './table.ts'

export interface View {
  readonly title: string
  /** The command of the CLI that prints the same. */
  readonly command: string
  readonly draw: () => Promise<HTMLElement>
}

/** Every page, by the word after `#` in its address. */
export const views: Readonly<Record<string, View>> = {
  services: { title: 'Services', command: 'weft stat', draw: drawServices },
  edges: { title: 'Who calls whom', command: 'weft stat --by edge', draw: drawEdges },
  workloads: { title: 'Workloads', command: 'weft status', draw: drawWorkloads },
  policies: { title: 'Policies', command: 'weft get AuthorizationPolicy', draw: drawPolicies },
}

async function drawServices(): Promise<HTMLElement> {
  const rows = (await fetchStat('service')).map((row) => [
    { text: row.service },
    ...goldenCells(row),
    { text: row.destination || '–', tone: 'soft' } satisfies Cell,
    security(row.security),
    {
      text: `${row.instancesReady}/${row.instances}`,
      isNumber: true,
      tone: row.instancesReady < row.instances ? 'warn' : 'good',
    } satisfies Cell,
  ])
  const heads = ['Service', 'Success', 'Requests/s', 'p50', 'p95', 'p99', 'Identity', 'Encryption', 'Instances']
  return table(heads, rows, 'No service has been called or registered yet: weft run --service NAME --port N -- COMMAND')
}

async function drawEdges(): Promise<HTMLElement> {
  const rows = (await fetchStat('edge')).map((row) => [
    { text: row.source || 'outside the mesh', ...(row.source === '' ? { tone: 'warn' as const } : {}) },
    { text: row.service || row.workload },
    ...goldenCells(row),
    security(row.security),
    { text: faultsText(row), tone: 'bad' } satisfies Cell,
  ])
  return table(
    ['Caller', 'Called', 'Success', 'Requests/s', 'p50', 'p95', 'p99', 'Encryption', 'Faults'],
    rows,
    'No calls in the last seconds.',
  )
}

async function drawWorkloads(): Promise<HTMLElement> {
  const { workloads } = await fetchStatus()
  const rows = workloads.map(({ workload, identity, services, enrolled, reason }) => [
    { text: `${workload.namespace}/${workload.name}` },
    { text: workload.node },
    { text: workload.address },
    { text: services.join(', ') || '–' },
    { text: identity, tone: 'soft' } satisfies Cell,
    { text: workload.state },
    enrolled
      ? ({ text: 'captured', tone: 'good' } satisfies Cell)
      : ({ text: reason || 'not captured', tone: 'bad' } satisfies Cell),
  ])
  return table(['Workload', 'Node', 'Address', 'Services', 'Identity', 'State', 'Kernel'], rows, 'No workload runs.')
}

async function drawPolicies(): Promise<HTMLElement> {
  const rows = (await fetchResources('AuthorizationPolicy')).map(({ metadata, spec }) => [
    { text: `${metadata.namespace}/${metadata.name}` },
    { text: String((spec as { action?: string }).action ?? 'ALLOW') },
    { text: JSON.stringify(spec), tone: 'soft' } satisfies Cell,
  ])
  return table(['Policy', 'Action', 'Spec'], rows, 'No policy: every workload of the mesh may call every other.')
}

function goldenCells(row: StatRow): Cell[] {
  return [
    success(row.successes, row.failures),
    number(row.requestsPerSecond, 1),
    ms(row.p50Ms),
    ms(row.p95Ms),
    ms(row.p99Ms),
  ]
}

function faultsText(row: StatRow): string {
  return Object.entries(row.faults ?? {})
    .map(([code, count]) => `${code} ${count}`)
    .join(', ')
}
