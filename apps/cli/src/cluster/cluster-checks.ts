import { resourcePath, type KubernetesClient, type KubernetesObject } from '@weft/kubernetes'
import type { Clock } from '@weft/time'
import { type Check, type CheckResult, isKernelAtLeast } from '../machine/checks.ts'
import { clockSkewCheck } from './clock-skew.ts'
import { nodeChecks } from './node-probe.ts'
import { otherMeshCheck } from './other-meshes.ts'
import { permissionCheck } from './permissions.ts'

/** A check of a cluster, and what it means that it does not hold. */
export interface ClusterCheck extends Check {
  readonly severity: 'warning' | 'failed'
}

export type ClusterReader = Pick<KubernetesClient, 'get' | 'list' | 'send' | 'create' | 'remove' | 'stream'>

interface NodeObject extends KubernetesObject {
  readonly status?: {
    readonly nodeInfo?: {
      readonly kernelVersion?: string
      readonly operatingSystem?: string
      readonly architecture?: string
      readonly containerRuntimeVersion?: string
    }
  }
}

const VERSION_MIN: readonly [number, number] = [1, 30]
const KERNEL_MIN: readonly [number, number] = [6, 1]
const GATEWAY_API = 'gateway.networking.k8s.io'

/** What an installation needs of a cluster. `image` is one with Node in it, for looking at nodes from within. */
export function clusterChecks(client: ClusterReader, namespace: string, image: string, clock: Clock): ClusterCheck[] {
  return [
    apiCheck(client),
    permissionCheck(client, namespace),
    {
      id: 'cluster-nodes',
      severity: 'failed',
      title: `every Linux node has kernel ${KERNEL_MIN.join('.')} or later`,
      hint: 'keep the agent off the others by a node selector (agent.nodeSelector), or bring their kernels up to date',
      run: () => checkNodes(client),
    },
    ...nodeChecks(client, namespace, image, clock),
    clockSkewCheck(client),
    gatewayApiCheck(client),
    otherMeshCheck(client),
  ]
}

/** The API server answers, and is new enough. First of all checks: without it there are no others. */
export function apiCheck(client: ClusterReader): ClusterCheck {
  return {
    id: 'cluster-version',
    severity: 'failed',
    title: `the API server answers, Kubernetes ${VERSION_MIN.join('.')} or later`,
    hint: 'kubectl version --kubeconfig FILE --context NAME should answer; older clusters lack what the agent asks for',
    run: async () => {
      const { gitVersion = '' } = (await client.send({ method: 'GET', path: '/version' })) as { gitVersion?: string }
      return { ok: isKernelAtLeast(gitVersion.replace(/^v/, ''), VERSION_MIN), found: gitVersion }
    },
  }
}

/** Gateway API is no part of the mesh, so its absence is no failure. */
export function gatewayApiCheck(client: ClusterReader): ClusterCheck {
  return {
    id: 'cluster-gateway-api',
    severity: 'warning',
    title: 'HTTPRoute and GRPCRoute of Gateway API are served in v1',
    hint: 'without them the mesh has no routes: install the standard channel of Gateway API 1.2 or later',
    run: async () => {
      const found: string[] = []
      for (const plural of ['httproutes', 'grpcroutes']) {
        const path = resourcePath(
          'apiextensions.k8s.io/v1',
          'customresourcedefinitions',
          '',
          `${plural}.${GATEWAY_API}`,
        )
        const crd = await client.get<CrdObject>(path)
        const bundle = crd?.metadata.annotations?.[`${GATEWAY_API}/bundle-version`] ?? 'of no known version'
        const isServed = crd?.spec?.versions?.some(({ name, served }) => name === 'v1' && served) === true
        if (!isServed) return { ok: false, found: crd === null ? `no ${plural}` : `${plural} ${bundle} without v1` }
        found.push(bundle)
      }
      return { ok: true, found: [...new Set(found)].join(', ') }
    },
  }
}

export interface CrdObject extends KubernetesObject {
  readonly spec?: { readonly versions?: readonly { readonly name: string; readonly served: boolean }[] }
}

async function checkNodes(client: ClusterReader): Promise<CheckResult> {
  const { items } = await client.list<NodeObject>(resourcePath('v1', 'nodes'))
  const linux = items.filter(({ status }) => (status?.nodeInfo?.operatingSystem ?? 'linux') === 'linux')
  const old = linux.filter(({ status }) => !isKernelAtLeast(status?.nodeInfo?.kernelVersion ?? '', KERNEL_MIN))
  const kernels = [...new Set(linux.map(({ status }) => status?.nodeInfo?.kernelVersion ?? 'unknown'))].join(', ')
  if (linux.length === 0) return { ok: false, found: 'no Linux node' }
  if (old.length === 0) return { ok: true, found: `${linux.length} with ${kernels}` }
  const named = old.map(
    ({ metadata, status }) => `${metadata.name} has ${status?.nodeInfo?.kernelVersion ?? 'unknown'}`,
  )
  return { ok: false, found: named.join(', ') }
}
