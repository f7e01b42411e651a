import { resourcePath, type KubernetesObject } from '@weft/kubernetes'
import type { CheckResult } from '../machine/checks.ts'
import type { ClusterCheck, ClusterReader } from './cluster-checks.ts'

/** Certificates begin five minutes before they are issued, for clocks that are behind; this is told well before that. */
const SKEW_MAX_MS = 60_000

interface LeaseObject extends KubernetesObject {
  readonly spec?: { readonly renewTime?: string }
}

interface ManagedFields {
  readonly time?: string
}

/**
 * Whether the clocks of nodes go like that of the API server. Each kubelet writes its time into a Lease every few seconds,
 * and the API server notes its own beside it: no pod is needed to compare them.
 */
export function clockSkewCheck(client: ClusterReader): ClusterCheck {
  return {
    id: 'cluster-clocks',
    severity: 'failed',
    title: `clocks of nodes are within ${SKEW_MAX_MS / 1000} s of the API server's`,
    hint: 'set up NTP on the nodes named: certificates are good for a time, and clocks that disagree about it refuse them',
    run: () => compare(client),
  }
}

async function compare(client: ClusterReader): Promise<CheckResult> {
  const path = resourcePath('coordination.k8s.io/v1', 'leases', 'kube-node-lease')
  const { items } = await client.list<LeaseObject>(path)
  const skews = items.flatMap(({ metadata, spec }) => {
    const times = ((metadata as { managedFields?: readonly ManagedFields[] }).managedFields ?? []).map(({ time }) =>
      Date.parse(time ?? ''),
    )
    const skewMs = Date.parse(spec?.renewTime ?? '') - Math.max(...times)
    return Number.isFinite(skewMs) ? [{ node: metadata.name, skewMs }] : []
  })
  if (skews.length === 0) return { ok: false, found: 'no node has renewed its Lease', isUnknown: true }
  const off = skews.filter(({ skewMs }) => Math.abs(skewMs) > SKEW_MAX_MS)
  const worst = Math.max(...skews.map(({ skewMs }) => Math.abs(skewMs)))
  if (off.length === 0) return { ok: true, found: `${skews.length} nodes, ${Math.round(worst / 1000)} s at most` }
  const named = off.map(
    ({ node, skewMs }) => `${node} is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? 'ahead' : 'behind'}`,
  )
  return { ok: false, found: named.join(', ') }
}
