import type { weft } from '@weft/proto'
import { renderTable, type Column, type Style } from '@weft/terminal'

export type StatRow = weft.management.v1.StatRow
export const statViews = ['service', 'workload', 'edge'] as const
export type StatView = (typeof statViews)[number]

/** Lines of a table of golden metrics, titles first. */
export function statTable(view: StatView, rows: readonly StatRow[], style: Style, width = Infinity): string[] {
  const [titles, ...lines] = renderTable([...leading(view), ...measures(style)], rows, width)
  return [style.bold(titles!), ...lines]
}

function leading(view: StatView): Column<StatRow>[] {
  const service = { title: 'SERVICE', value: (row: StatRow) => row.service || '-' }
  const identity = { title: 'IDENTITY', value: (row: StatRow) => shortIdentity(row.destination), spare: 3 }
  const instances = {
    title: 'INSTANCES',
    value: (row: StatRow) => `${row.instancesReady}/${row.instances}`,
    align: 'right' as const,
  }
  if (view === 'service') return [service, identity, instances]
  if (view === 'workload')
    return [{ title: 'WORKLOAD', value: (row) => shortWorkload(row.workload) }, service, identity]
  return [
    { title: 'SOURCE', value: (row) => shortIdentity(row.source) },
    { title: 'DESTINATION', value: (row) => shortIdentity(row.destination) },
    service,
  ]
}

function measures(style: Style): Column<StatRow>[] {
  const right = 'right' as const
  return [
    {
      title: 'SECURITY',
      value: (row) => securityWord(row.security ?? '', style),
    },
    { title: 'SUCCESS', value: (row) => successShare(row, style), align: right },
    { title: 'RPS', value: (row) => row.requestsPerSecond.toFixed(1), align: right },
    { title: 'P50', value: (row) => milliseconds(row.p50Ms), align: right },
    { title: 'P95', value: (row) => milliseconds(row.p95Ms), align: right, spare: 4 },
    { title: 'P99', value: (row) => milliseconds(row.p99Ms), align: right },
    { title: 'MESH P99', value: (row) => milliseconds(row.addedP99Ms), align: right, spare: 1 },
    { title: 'RETRIES', value: (row) => String(row.retries), align: right, spare: 2 },
    { title: 'OPEN', value: (row) => String(row.connectionsOpen), align: right, spare: 5 },
  ]
}

/** `direct` stays within the kernel of one node, which knows both ends. */
function securityWord(security: string, style: Style): string {
  const words = security === '' ? [] : security.split('+')
  const text = words.map((word) => (word === 'mtls' ? 'mTLS' : word)).join('+')
  return words.length > 0 && words.every(isSafe) ? style.good(text) : style.warn(text || '-')
}

function isSafe(word: string): boolean {
  return word === 'mtls' || word === 'direct'
}

/** `default/cart` of spiffe://cluster.local/ns/default/sa/cart; the whole identity is in `-o json`. */
export function shortIdentity(uri: string): string {
  const match = /^spiffe:\/\/[^/]+\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(uri)
  return match === null ? uri || '-' : `${match[1]}/${match[2]}`
}

/** `shop/cart-7d9f-x` of a pod, whose uid ends in one of its own; a program of a machine is called by its whole uid. */
export function shortWorkload(uid: string): string {
  const [, namespace, name, podUid] = uid.split('/')
  return podUid === undefined ? uid || '-' : `${namespace}/${name}`
}

function successShare(row: StatRow, style: Style): string {
  const total = row.successes + row.failures
  if (total === 0) return '-'
  // Rounded down, so that a single failure never reads as 100 %.
  const text = `${(Math.floor((row.successes / total) * 10_000) / 100).toFixed(2)}%`
  return row.failures === 0 ? style.good(text) : style.bad(text)
}

export function milliseconds(value: number): string {
  if (!Number.isFinite(value) || value <= 0) return '-'
  return value < 10 ? `${value.toFixed(2)}ms` : `${Math.round(value)}ms`
}
