import { rootsAccess, type AccessRule } from '@weft/kubernetes'
import { kindTable } from '@weft/resources'

/** Kinds that are kept as resources of the mesh; Services are followed as they are. */
const keptKinds = Object.values(kindTable).filter(({ kind, places }) => kind !== 'Service' && places.includes('mesh'))

/** What the control plane asks of the API server; the chart's roles are made from it. */
export const controlPlaneAccess: readonly AccessRule[] = [
  rootsAccess,
  {
    group: '',
    resources: ['namespaces', 'nodes', 'pods', 'services'],
    verbs: ['list', 'watch'],
    scope: 'cluster',
    why: 'what runs, where, and behind which names',
  },
  {
    group: 'discovery.k8s.io',
    resources: ['endpointslices'],
    verbs: ['list', 'watch'],
    scope: 'cluster',
    why: 'which pods serve a Service',
  },
  {
    group: 'admissionregistration.k8s.io',
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
    verbs: ['list', 'watch'],
    scope: 'cluster',
    why: 'which ports the API server calls in plaintext',
  },
  {
    group: 'apiextensions.k8s.io',
    resources: ['customresourcedefinitions'],
    verbs: ['list', 'watch'],
    scope: 'cluster',
    why: 'which of these convert by webhook',
  },
  {
    group: 'apiregistration.k8s.io',
    resources: ['apiservices'],
    verbs: ['list', 'watch'],
    scope: 'cluster',
    why: 'which Services serve parts of the API',
  },
  {
    group: '',
    resources: ['pods/status'],
    verbs: ['patch'],
    scope: 'cluster',
    why: 'the condition that tells whether a pod is enrolled',
  },
  ...resourceRules(),
  {
    group: 'apps',
    resources: ['controllerrevisions'],
    verbs: ['create', 'delete', 'list'],
    scope: 'mesh',
    why: 'former versions of resources',
  },
  {
    group: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['get', 'update'],
    names: ['weft-control-plane'],
    scope: 'mesh',
    why: 'which replica writes what one alone must write',
  },
  {
    group: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['create'],
    scope: 'mesh',
    why: 'made at the first start',
  },
]

/** By group: all that `weft apply`, `get`, `delete` and the informers do. */
function resourceRules(): AccessRule[] {
  const groups = new Map<string, string[]>()
  for (const { apiVersions, plural } of keptKinds) {
    for (const group of new Set(apiVersions.map((version) => version.split('/')[0]!))) {
      groups.set(group, [...(groups.get(group) ?? []), plural])
    }
  }
  return [...groups].flatMap(([group, resources]): AccessRule[] => [
    {
      group,
      resources: resources.toSorted(),
      verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
      scope: 'cluster',
      why: 'resources of the mesh, followed and written for whoever commands it',
    },
    {
      group,
      // A grant has no status.
      resources: resources
        .filter((plural) => plural !== 'referencegrants')
        .map((plural) => `${plural}/status`)
        .toSorted(),
      verbs: ['patch'],
      scope: 'cluster',
      why: 'the conditions that tell what became of a route or policy',
    },
  ])
}
