/** The read API of the control plane, as far as the pages use it: weft.management.v1 as JSON. */
export interface Status {
  readonly mesh: string
  readonly trustDomain: string
  readonly revision: number
  readonly version: string
  readonly nodes: readonly NodeStatus[]
  readonly workloads: readonly WorkloadState[]
}

export interface NodeStatus {
  readonly name: string
  readonly address: string
  readonly connected: boolean
  readonly revision: number
  readonly policyRevision: number
  readonly error: string
  readonly version: string
}

export interface WorkloadState {
  readonly workload: {
    readonly name: string
    readonly namespace: string
    readonly node: string
    readonly address: string
    readonly state: string
  }
  readonly identity: string
  readonly services: readonly string[]
  readonly enrolled: boolean
  readonly reason: string
}

export interface StatRow {
  readonly service: string
  readonly workload: string
  readonly source: string
  readonly destination: string
  readonly protocol: string
  readonly security: string
  readonly successes: number
  readonly failures: number
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly retries: number
  readonly faults: Readonly<Record<string, number>>
  readonly instancesReady: number
  readonly instances: number
  readonly connectionsOpen: number
}

export interface Resource {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace: string }
  readonly spec: unknown
}

export const fetchStatus = (): Promise<Status> => get('status')
export const fetchStat = async (by: 'service' | 'edge' | 'workload'): Promise<readonly StatRow[]> =>
  (await get<{ rows?: readonly StatRow[] }>(`stat?by=${by}`)).rows ?? []
export const fetchResources = async (kind: string): Promise<readonly Resource[]> =>
  (await get<{ resources?: readonly Resource[] }>(`resources/${kind}`)).resources ?? []

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`/api/v1/${path}`)
  const body: unknown = await response.json()
  if (response.ok) return body as T
  throw new Error((body as { message?: string }).message ?? `${response.status} ${response.statusText}`)
}
