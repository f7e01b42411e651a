import type { AccessRule } from '@weft/kubernetes'
import type { ChartPart } from './parts.ts'

const NAMESPACE = '{{ .Release.Namespace }}'

/** Roles and bindings of every part: what applies everywhere in a ClusterRole, the rest in a Role of the mesh's namespace. */
export function rolesTemplate(parts: ReadonlyArray<readonly [ChartPart, readonly AccessRule[]]>): string {
  const head =
    '{{- /* Made from what the apps say that they ask, such as apps/ca/src/kubernetes/access.ts, by `npm run chart`; do not edit. */}}\n'
  return head + parts.map(([part, rules]) => rolesOf(part, rules)).join('')
}

function rolesOf({ name }: ChartPart, rules: readonly AccessRule[]): string {
  const everywhere = rules.filter(({ scope }) => scope === 'cluster')
  const inside = rules.filter(({ scope }) => scope === 'mesh')
  const cluster = everywhere.length === 0 ? '' : role('ClusterRole', name, everywhere) + binding('ClusterRole', name)
  return cluster + (inside.length === 0 ? '' : role('Role', name, inside) + binding('Role', name))
}

function role(kind: 'ClusterRole' | 'Role', name: string, rules: readonly AccessRule[]): string {
  return `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
${metadata(kind, name)}rules:
${rules.map(ruleText).join('')}`
}

function ruleText({ group, resources, verbs, names, why }: AccessRule): string {
  const named = names === undefined ? '' : `    resourceNames: [${names.join(', ')}]\n`
  return `  # ${why}
  - apiGroups: [${group === '' ? '""' : group}]
    resources: [${resources.join(', ')}]
${named}    verbs: [${verbs.join(', ')}]
`
}

function binding(kind: 'ClusterRole' | 'Role', name: string): string {
  return `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}Binding
${metadata(kind, name)}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ${kind}
  name: ${name}
subjects:
  - kind: ServiceAccount
    name: ${name}
    namespace: ${NAMESPACE}
`
}

function metadata(kind: 'ClusterRole' | 'Role', name: string): string {
  const namespace = kind === 'Role' ? `  namespace: ${NAMESPACE}\n` : ''
  return `metadata:
  name: ${name}
${namespace}  labels:
    {{- include "weft.labels" (dict "root" $ "part" "${name}") | nindent 4 }}
`
}
