/** The identity of a workload: spiffe://<trust domain>/ns/<namespace>/sa/<service account>. */
export interface WorkloadIdentity {
  readonly trustDomain: string
  readonly namespace: string
  readonly serviceAccount: string
}

const TRUST_DOMAIN = /^[a-z0-9._-]{1,255}$/
const SEGMENT = /^[A-Za-z0-9._-]{1,253}$/

/** The SPIFFE ID as a URI. Source: SPIFFE-ID section 2. */
export function formatWorkloadIdentity(id: WorkloadIdentity): string {
  return `spiffe://${id.trustDomain}/ns/${id.namespace}/sa/${id.serviceAccount}`
}

/** Reads exactly the workload form; null for anything else, a longer path included. */
export function parseWorkloadIdentity(uri: string): WorkloadIdentity | null {
  if (!uri.startsWith('spiffe://') || uri.length > 2048) return null
  const [trustDomain, ns, namespace, sa, serviceAccount, ...rest] = uri.slice('spiffe://'.length).split('/')
  if (ns !== 'ns' || sa !== 'sa' || rest.length > 0) return null
  if (trustDomain === undefined || namespace === undefined || serviceAccount === undefined) return null
  if (!TRUST_DOMAIN.test(trustDomain) || !isSegment(namespace) || !isSegment(serviceAccount)) return null
  return { trustDomain, namespace, serviceAccount }
}

function isSegment(text: string): boolean {
  return SEGMENT.test(text) && text !== '.' && text !== '..'
}

/** Parts of the mesh itself: spiffe://<trust domain>/weft/<role> or /weft/node/<name>. */
export type MeshRole = 'control-plane' | 'ca' | 'policy' | `node/${string}`

export function formatMeshIdentity(trustDomain: string, role: MeshRole): string {
  return `spiffe://${trustDomain}/weft/${role}`
}

export function parseMeshIdentity(uri: string): { trustDomain: string; role: MeshRole } | null {
  const match =
    /^spiffe:\/\/([a-z0-9._-]{1,255})\/weft\/(control-plane|ca|policy|node\/[a-z0-9][a-z0-9.-]{0,252})$/.exec(uri)
  return match === null ? null : { trustDomain: match[1]!, role: match[2] as MeshRole }
}
