import { rootsAccess, type AccessRule } from '@weft/kubernetes'

/** What the agent asks of the API server; the chart's roles are made from it. */
export const agentAccess: readonly AccessRule[] = [
  rootsAccess,
  {
    group: '',
    resources: ['pods'],
    verbs: ['get', 'list', 'watch'],
    scope: 'cluster',
    why: 'the pods of its node; RBAC knows no nodes',
  },
  {
    group: '',
    resources: ['namespaces'],
    verbs: ['list', 'watch'],
    scope: 'cluster',
    why: 'which of them are enrolled',
  },
  { group: '', resources: ['nodes'], verbs: ['get'], scope: 'cluster', why: 'in which zone its node is' },
  {
    group: 'apps',
    resources: ['daemonsets'],
    verbs: ['list', 'watch'],
    names: ['weft-agent'],
    scope: 'mesh',
    why: 'when that is gone, it takes the mesh out of its node',
  },
]
