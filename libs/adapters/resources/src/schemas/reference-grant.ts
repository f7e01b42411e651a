import { resourceSchema } from './metadata.ts'
import { array, label, object, type Schema, string } from './schema.ts'

/** Whom a namespace lets refer to its own objects. */
export interface ReferenceGrantSpec {
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[]
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[]
}

const group: Schema = { type: 'string', description: "API group; '' for the core one.", maxLength: 253 }
const kind = string('Kind.', '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$', 'a kind such as HTTPRoute', 63)

export const referenceGrantVersions = ['gateway.networking.k8s.io/v1beta1', 'gateway.networking.k8s.io/v1'] as const

export const referenceGrantSchema = resourceSchema(
  referenceGrantVersions,
  'ReferenceGrant',
  'Lets routes of other namespaces refer to services of this one. Source: Gateway API.',
  object(
    'From what, to what.',
    {
      from: array(
        'Who may refer.',
        object('Resources of one kind in one namespace.', { group, kind, namespace: label('Namespace.') }, [
          'group',
          'kind',
          'namespace',
        ]),
        16,
        1,
      ),
      to: array(
        'To what of this namespace.',
        object(
          'Objects of one kind.',
          { group, kind, name: { ...group, description: 'Only the one with this name.' } },
          ['group', 'kind'],
        ),
        16,
        1,
      ),
    },
    ['from', 'to'],
  ),
)
