import { integer, label, labels, object, type Schema, string } from './schema.ts'

const anyText: Schema = { type: 'string', description: 'Any text.', maxLength: 65_536 }

export const metadata: Schema = object(
  'Name and labels.',
  {
    name: {
      ...string(
        'Unique among the resources of this kind in the namespace. RFC 1123.',
        '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
        'a name of lower-case letters, digits, - and ., beginning and ending with a letter or digit',
        253,
      ),
    },
    namespace: label('Namespace; `default` when absent.'),
    labels: labels('Labels of the resource itself.'),
    annotations: { type: 'object', description: 'Notes for tools.', additionalProperties: anyText, maxProperties: 64 },
    generation: integer('Set by the store; ignored in a change.', 0, 2 ** 31),
    resourceVersion: string(
      'Set by the store. In a change: the change is refused when the stored one is another.',
      '^[0-9]{1,16}$',
      'the resourceVersion that was read',
      16,
    ),
    creationTimestamp: { type: 'string', description: 'Set by the store; ignored in a change.', maxLength: 64 },
    uid: { type: 'string', description: 'Ignored.', maxLength: 64 },
  },
  ['name'],
)

/** The schema of a whole resource around the schema of its spec. */
export function resourceSchema(
  apiVersions: string | readonly string[],
  kind: string,
  description: string,
  spec: Schema,
): Schema {
  return object(
    description,
    {
      apiVersion: { type: 'string', description: 'API group and version.', enum: [apiVersions].flat() },
      kind: { type: 'string', description: 'Kind.', enum: [kind] },
      metadata,
      spec,
      status: { type: 'object', description: 'Set by controllers; ignored in a change.' },
    },
    ['apiVersion', 'kind', 'metadata', 'spec'],
  )
}
