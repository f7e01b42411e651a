import { X509Certificate } from 'node:crypto'
import { resourcePath, type KubernetesObject } from '@weft/kubernetes'
import type { weft } from '@weft/proto'
import type { Clock } from '@weft/time'
import type { CheckResult } from '../machine/checks.ts'
import { withManagement } from '../mesh/management.ts'
import { weftVersion } from '../mesh/version.ts'
import { clockSkewCheck } from './clock-skew.ts'
import { isReady, partPods, type PodObject } from './cluster.ts'
import { apiCheck, type ClusterCheck, type ClusterReader, type CrdObject, gatewayApiCheck } from './cluster-checks.ts'
import { noticeChecks } from './notice-checks.ts'
import { checkPolicyStatus, checkRouteStatus } from './resource-status.ts'
import type { ClusterTarget } from './target.ts'

const DAY_MS = 86_400_000
const ROOT_DAYS_MIN = 30
const PARTS = ['weft-ca', 'weft-control-plane', 'weft-policy'] as const
const CRDS = ['authorizationpolicies.weft.dev', 'trafficpolicies.weft.dev']
const NAMED_MAX = 5

type Status = weft.management.v1.StatusResponse

/** Whether a mesh on a cluster is well. */
export function meshChecks(client: ClusterReader, target: ClusterTarget, clock: Clock): ClusterCheck[] {
  const { namespace } = target
  let status: Promise<Status> | null = null
  const ask = (): Promise<Status> =>
    (status ??= withManagement(target, clock, (management) => management.status({})) as Promise<Status>)
  return [
    apiCheck(client),
    {
      id: 'mesh-parts',
      severity: 'failed',
      title: 'control plane, CA and policy service are ready',
      hint: `kubectl -n ${namespace} get pods, weft logs PART`,
      run: () => checkParts(client, namespace),
    },
    {
      id: 'mesh-agents',
      severity: 'failed',
      title: 'an agent is ready on every node that should have one',
      hint: `kubectl -n ${namespace} get pods -o wide, weft logs agent-NODE; pods of other nodes are not in the mesh`,
      run: () => checkAgents(client, namespace),
    },
    {
      id: 'mesh-control-plane',
      severity: 'failed',
      title: 'the control plane answers',
      hint: 'weft logs control-plane; traffic goes on without it. You need the right to create pods/portforward',
      run: async () => ({ ok: true, found: `version ${(await ask()).version}` }),
    },
    {
      id: 'mesh-revision',
      severity: 'failed',
      title: 'every agent is connected, with the latest revision in force',
      hint: 'weft logs agent-NODE',
      run: async () => checkRevisions(await ask()),
    },
    {
      id: 'mesh-workloads',
      severity: 'failed',
      title: 'every pod that should be in the mesh is',
      hint: 'weft status and the condition weft.dev/Enrolled of the pod tell the reason; weft logs agent-NODE tells more',
      run: async () => checkWorkloads(await ask()),
    },
    {
      id: 'mesh-root',
      severity: 'failed',
      title: `the root certificate is good for ${ROOT_DAYS_MIN} days or more`,
      hint: 'a new root must be trusted everywhere before the old one ends',
      run: () => checkRoot(client, namespace, clock),
    },
    {
      id: 'mesh-crds',
      severity: 'failed',
      title: 'the kinds of the mesh are served',
      hint: 'weft install --print crds | kubectl apply --server-side -f -',
      run: () => checkCrds(client),
    },
    {
      id: 'mesh-routes',
      severity: 'warning',
      title: 'every route that is attached to a service does what it says',
      hint: 'kubectl describe tells the conditions of the route; its controller here is weft.dev/controller',
      run: () => checkRouteStatus(client),
    },
    {
      id: 'mesh-policies',
      severity: 'failed',
      title: 'every policy can be read, and what it refers to is there',
      hint: 'a policy that cannot be read refuses what it is about; kubectl describe tells its conditions',
      run: () => checkPolicyStatus(client),
    },
    ...noticeChecks(ask),
    gatewayApiCheck(client),
    clockSkewCheck(client),
  ]
}

interface Scaled extends KubernetesObject {
  readonly spec?: {
    readonly replicas?: number
    readonly template?: { readonly spec?: { readonly containers?: readonly { image?: string }[] } }
  }
  readonly status?: {
    readonly readyReplicas?: number
    readonly numberReady?: number
    readonly desiredNumberScheduled?: number
    readonly updatedNumberScheduled?: number
  }
}

async function checkParts(client: ClusterReader, namespace: string): Promise<CheckResult> {
  const found: string[] = []
  let ok = true
  for (const part of PARTS) {
    const deployment = await client.get<Scaled>(resourcePath('apps/v1', 'deployments', namespace, part))
    const wanted = deployment?.spec?.replicas ?? 1
    const ready = deployment?.status?.readyReplicas ?? 0
    if (deployment === null || ready < wanted) ok = false
    found.push(deployment === null ? `${part} is not there` : `${part} ${ready} of ${wanted}`)
  }
  return { ok, found: found.join(', ') }
}

/** The DaemonSet's own count, and by name the pods that are not ready. */
async function checkAgents(client: ClusterReader, namespace: string): Promise<CheckResult> {
  const daemonSet = await client.get<Scaled>(resourcePath('apps/v1', 'daemonsets', namespace, 'weft-agent'))
  if (daemonSet === null) return { ok: false, found: `no DaemonSet weft-agent in ${namespace}` }
  const { numberReady = 0, desiredNumberScheduled = 0 } = daemonSet.status ?? {}
  const pods = await partPods(client, namespace, 'weft-agent')
  const unready = pods.filter((pod) => !isReady(pod)).map(describeAgent)
  const found = [`${numberReady} of ${desiredNumberScheduled}`, ...unready.slice(0, NAMED_MAX)].join(', ')
  return { ok: numberReady >= desiredNumberScheduled && desiredNumberScheduled > 0, found }
}

function describeAgent({ metadata, spec, status }: PodObject): string {
  const why = status?.conditions?.find(({ status: value, message }) => value !== 'True' && (message ?? '') !== '')
  return `${spec?.nodeName ?? metadata.name}: ${why?.message ?? 'not ready'}`
}

function checkRevisions({ nodes, revision }: Status): CheckResult {
  const behind = nodes.filter((node) => !node.connected || (node.error ?? '') !== '' || (node.revision ?? 0) < revision)
  return listed(
    behind.map(
      (node) =>
        `${node.name}: ${node.connected ? node.error || `at revision ${node.revision} of ${revision}` : 'not connected'}`,
    ),
    `${nodes.length} at revision ${revision}`,
  )
}

/** Those outside the mesh are no workloads of it: a workload that takes tunnels should be enrolled. */
function checkWorkloads({ workloads }: Status): CheckResult {
  const meant = workloads.filter(({ workload }) => (workload?.hbonePort ?? 0) > 0)
  return listed(
    meant.filter(({ enrolled }) => !enrolled).map(({ workload, reason }) => `${workload?.uid ?? '?'}: ${reason}`),
    `${meant.length} pods`,
  )
}

interface ConfigMapObject extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>
}

async function checkRoot(client: ClusterReader, namespace: string, clock: Clock): Promise<CheckResult> {
  const map = await client.get<ConfigMapObject>(resourcePath('v1', 'configmaps', namespace, 'weft-roots'))
  const pem = Object.values(map?.data ?? {}).join('\n')
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (certificates.length === 0) return { ok: false, found: `no certificate in ConfigMap ${namespace}/weft-roots` }
  const ends = certificates.map((text) => new X509Certificate(text).validToDate.getTime())
  const days = (Math.max(...ends) - clock.wallMs()) / DAY_MS
  return { ok: days >= ROOT_DAYS_MIN, found: `${Math.floor(days)} days` }
}

async function checkCrds(client: ClusterReader): Promise<CheckResult> {
  const missing: string[] = []
  for (const name of CRDS) {
    const path = resourcePath('apiextensions.k8s.io/v1', 'customresourcedefinitions', '', name)
    const crd = await client.get<CrdObject>(path)
    const isServed = crd?.spec?.versions?.some((version) => version.name === 'v1alpha1' && version.served) === true
    if (!isServed) missing.push(crd === null ? `no ${name}` : `${name} without v1alpha1`)
  }
  return listed(missing, `${CRDS.length}, as weft ${weftVersion} knows them`)
}

function listed(bad: readonly string[], good: string): CheckResult {
  const more = bad.length > NAMED_MAX ? `, and ${bad.length - NAMED_MAX} more` : ''
  return { ok: bad.length === 0, found: bad.length === 0 ? good : `${bad.slice(0, NAMED_MAX).join(', ')}${more}` }
}
