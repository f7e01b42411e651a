import { metadata } from './metadata.ts'
import { object, type Schema, words } from './schema.ts'

/** Secret and ConfigMap: their content stands beside metadata, not under `spec`. */
export interface SecretSpec {
  readonly type?: string
  /** Of a Secret in Base64, of a ConfigMap plain. */
  readonly data?: Readonly<Record<string, string>>
  readonly stringData?: Readonly<Record<string, string>>
}

const texts = (description: string): Schema => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string', description: 'Content.', maxLength: 1_048_576 },
  maxProperties: 64,
})

export const secretSchema: Schema = object(
  'A certificate with its key, or certificates of authorities.',
  {
    apiVersion: words('API version.', 'v1'),
    kind: words('Kind.', 'Secret'),
    metadata,
    type: words('What is in it; Opaque when absent.', 'kubernetes.io/tls', 'Opaque'),
    data: texts('In Base64: tls.crt, tls.key, ca.crt.'),
    stringData: texts('As it is: tls.crt, tls.key, ca.crt.'),
  },
  ['apiVersion', 'kind', 'metadata'],
)

export const configMapSchema: Schema = object(
  'Certificates of authorities.',
  {
    apiVersion: words('API version.', 'v1'),
    kind: words('Kind.', 'ConfigMap'),
    metadata,
    data: texts('As it is: ca.crt.'),
  },
  ['apiVersion', 'kind', 'metadata'],
)
