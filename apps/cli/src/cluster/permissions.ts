import type { ClusterCheck, ClusterReader } from './cluster-checks.ts'

interface Right {
  readonly group: string
  readonly resource: string
  /** '' for those of the whole cluster. */
  readonly namespace: string
}

interface AccessReview {
  readonly status?: { readonly allowed?: boolean }
}

/** Whether this user may create what an installation consists of. Source: Kubernetes, SelfSubjectAccessReview. */
export function permissionCheck(client: ClusterReader, namespace: string): ClusterCheck {
  return {
    id: 'cluster-permissions',
    severity: 'failed',
    title: 'you may install what the mesh consists of',
    hint: 'ask for cluster-admin, or for the rights named, for whoever installs; the mesh itself runs with fewer',
    run: async () => {
      const answers = await Promise.all(rightsFor(namespace).map((right) => mayCreate(client, right)))
      const missing = answers.flatMap(({ right, isAllowed }) => (isAllowed ? [] : [nameOf(right)]))
      return { ok: missing.length === 0, found: missing.length === 0 ? 'all' : `not to create ${missing.join(', ')}` }
    },
  }
}

function rightsFor(namespace: string): Right[] {
  const inAll = (group: string, ...resources: string[]): Right[] =>
    resources.map((resource) => ({ group, resource, namespace: '' }))
  const inOne = (group: string, ...resources: string[]): Right[] =>
    resources.map((resource) => ({ group, resource, namespace }))
  return [
    ...inAll('', 'namespaces'),
    ...inAll('rbac.authorization.k8s.io', 'clusterroles', 'clusterrolebindings'),
    ...inAll('apiextensions.k8s.io', 'customresourcedefinitions'),
    ...inAll('scheduling.k8s.io', 'priorityclasses'),
    ...inOne('', 'serviceaccounts', 'services', 'configmaps', 'secrets'),
    ...inOne('apps', 'daemonsets', 'deployments'),
    ...inOne('rbac.authorization.k8s.io', 'roles', 'rolebindings'),
    ...inOne('policy', 'poddisruptionbudgets'),
  ]
}

async function mayCreate(client: ClusterReader, right: Right): Promise<{ right: Right; isAllowed: boolean }> {
  const { group, resource, namespace } = right
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb: 'create', group, resource, ...(namespace === '' ? {} : { namespace }) } },
  }
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
  const review = (await client.send({ method: 'POST', path, body })) as AccessReview
  return { right, isAllowed: review.status?.allowed === true }
}

function nameOf({ group, resource, namespace }: Right): string {
  const name = group === '' ? resource : `${resource}.${group}`
  return namespace === '' ? name : `${name} in ${namespace}`
}
