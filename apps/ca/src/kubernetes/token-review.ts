import type { KubernetesObject } from '@weft/kubernetes'
import type { Admitted } from '../attest/admission.ts'
import { RpcFailure } from '@weft/rpc'
import { TOKEN_AUDIENCE } from './names.ts'

/** authentication.k8s.io/v1 TokenReview, as far as it is relied on. */
export interface TokenReview extends Partial<KubernetesObject> {
  readonly spec: { readonly token: string; readonly audiences: readonly string[] }
  readonly status?: {
    readonly authenticated?: boolean
    readonly error?: string
    readonly audiences?: readonly string[]
    readonly user?: {
      readonly username?: string
      readonly extra?: Readonly<Record<string, readonly string[]>>
    }
  }
}

const POD_NAME = 'authentication.kubernetes.io/pod-name'
const NODE_NAME = 'authentication.kubernetes.io/node-name'
/** Which part a ServiceAccount of the mesh's namespace belongs to. The CA itself joins nobody. */
const partOf: Readonly<Record<string, 'node' | 'control-plane' | 'policy'>> = {
  'weft-agent': 'node',
  'weft-control-plane': 'control-plane',
  'weft-policy': 'policy',
}

/**
 * The role that a reviewed token proves. The token must be meant for the CA alone and bound to a pod that a node runs: the API
 * server answers for the binding, and says no when that pod is gone.
 *
 * Faults: RpcFailure `token_unknown`, `account_unknown`, `token_unbound`.
 * Source: Kubernetes, "Managing Service Accounts", bound tokens; KEP-4193 for the node.
 */
export function reviewedRole({ status }: TokenReview, namespace: string): Admitted['role'] {
  if (status?.authenticated !== true || !status.audiences?.includes(TOKEN_AUDIENCE)) {
    const why = status?.error === undefined || status.error === '' ? '' : ` (${status.error.slice(0, 300)})`
    throw refused(
      'token_unknown',
      `found a token that the API server does not take for audience ${TOKEN_AUDIENCE}${why}, expected the projected one of the pod`,
    )
  }
  const { username = '', extra = {} } = status.user ?? {}
  const account = new RegExp(`^system:serviceaccount:${namespace}:([a-z0-9.-]+)$`).exec(username)?.[1] ?? ''
  const part = Object.hasOwn(partOf, account) ? partOf[account] : undefined
  if (part === undefined) {
    const known = Object.keys(partOf).join(', ')
    throw refused('account_unknown', `found ${JSON.stringify(username)}, expected ${known} of namespace ${namespace}`)
  }
  const [pod, ...pods] = extra[POD_NAME] ?? []
  const [node, ...nodes] = extra[NODE_NAME] ?? []
  const isBound = pod !== undefined && node !== undefined && pods.length === 0 && nodes.length === 0
  if (!isBound || !/^[a-z0-9][a-z0-9.-]{0,252}$/.test(node)) {
    const found = `a token of ${account} for pod ${JSON.stringify(pod ?? null)} on node ${JSON.stringify(node ?? null)}`
    throw refused('token_unbound', `found ${found}, expected one that is bound to a pod and its node`)
  }
  return part === 'node' ? `node/${node}` : part
}

function refused(code: string, what: string): RpcFailure {
  return new RpcFailure('permission_denied', code, `Cannot join: ${what}`)
}
