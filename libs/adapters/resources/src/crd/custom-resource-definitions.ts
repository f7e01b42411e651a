import { kindTable, storedKinds } from '../kinds.ts'
import type { Schema } from '../schemas/schema.ts'
import type { StoredKind } from '../resource.ts'
import { celRules } from './cel-rules.ts'
import { statusSchema } from './status-schema.ts'
import { structuralSchema } from './structural-schema.ts'

export const WEFT_GROUP = 'weft.dev'

/** A CustomResourceDefinition as far as its names are of use. */
export interface CustomResourceDefinition {
  readonly apiVersion: 'apiextensions.k8s.io/v1'
  readonly kind: 'CustomResourceDefinition'
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> }
  readonly spec: object
}

interface Column {
  readonly name: string
  readonly type: 'string' | 'date'
  readonly jsonPath: string
  readonly description: string
  readonly priority?: number
}

const accepted = '.status.conditions[?(@.type=="Accepted")]'
const commonColumns: readonly Column[] = [
  { name: 'Accepted', type: 'string', jsonPath: `${accepted}.status`, description: 'Whether it is in force.' },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp', description: 'Since when it is there.' },
  { name: 'Why', type: 'string', jsonPath: `${accepted}.message`, description: 'Why it is not.', priority: 1 },
]
const target: Column = {
  name: 'Target',
  type: 'string',
  jsonPath: '.spec.targetRefs[0].name',
  description: 'The first service that it is attached to.',
}

/** What `kubectl get` shows of the kinds, and their short names. */
const shown: { readonly [Kind in StoredKind]?: { readonly shortName: string; readonly columns: readonly Column[] } } = {
  TrafficPolicy: { shortName: 'wtp', columns: [target] },
  AuthorizationPolicy: {
    shortName: 'wap',
    columns: [
      { name: 'Action', type: 'string', jsonPath: '.spec.action', description: 'What traffic that meets a rule gets.' },
      target,
    ],
  },
}

/**
 * The CustomResourceDefinitions of the kinds that are ours and have a meaning in a mesh, made of the schemas that
 * resources are read with. `deploy/crds` holds them as files. Those of Gateway API are never ours.
 */
export function customResourceDefinitions(): CustomResourceDefinition[] {
  return storedKinds.filter((kind) => kindTable[kind].apiVersions[0]!.startsWith(`${WEFT_GROUP}/`)).map(definitionOf)
}

function definitionOf(kind: StoredKind): CustomResourceDefinition {
  const { plural, apiVersions, schema } = kindTable[kind]
  const { shortName, columns } = shown[kind] ?? { shortName: '', columns: [] }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${WEFT_GROUP}`,
      // By which tools of Gateway API find policies that are attached to one object. Source: GEP-713.
      labels: { 'app.kubernetes.io/part-of': 'weft', 'gateway.networking.k8s.io/policy': 'Direct' },
    },
    spec: {
      group: WEFT_GROUP,
      scope: 'Namespaced',
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular: kind.toLowerCase(),
        shortNames: [shortName],
        categories: ['weft'],
      },
      versions: apiVersions.map((apiVersion, index) => ({
        name: apiVersion.split('/')[1],
        served: true,
        storage: index === 0,
        subresources: { status: {} },
        additionalPrinterColumns: [...columns, ...commonColumns],
        schema: { openAPIV3Schema: objectSchema(kind, schema) },
      })),
    },
  }
}

/** `metadata` and the like are the API server's own. */
function objectSchema(kind: StoredKind, schema: Schema): object {
  const { description, properties } = schema
  const spec = structuralSchema(properties!['spec']!, celRules[kind] ?? [], ['spec'])
  return {
    type: 'object',
    description,
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string', description: 'Group and version.' },
      kind: { type: 'string', description: 'Kind.' },
      metadata: { type: 'object' },
      spec,
      status: statusSchema,
    },
  }
}
