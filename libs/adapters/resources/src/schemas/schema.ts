/** The part of JSON Schema that is used: structural, so that it can become the schema of a CRD as it stands. */
export interface Schema {
  readonly description?: string
  readonly type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: false | Schema
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly enum?: readonly (string | number)[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  /** What a value must look like, in words; for messages. Stays out of CRDs. */
  readonly expected?: string
}

/** An object that has these fields and no others. */
export function object(
  description: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
  more: Pick<Schema, 'minProperties'> = {},
): Schema {
  return { type: 'object', description, properties, required, additionalProperties: false, ...more }
}

export function array(description: string, items: Schema, maxItems: number, minItems = 0): Schema {
  return { type: 'array', description, items, maxItems, ...(minItems > 0 ? { minItems } : {}) }
}

export function words(description: string, ...values: readonly string[]): Schema {
  return { type: 'string', description, enum: values }
}

export function string(description: string, pattern: string, expected: string, maxLength: number): Schema {
  return { type: 'string', description, pattern, expected, maxLength }
}

export function integer(description: string, minimum: number, maximum: number): Schema {
  return { type: 'integer', description, minimum, maximum }
}

/** A number with a fraction. */
export function number(description: string, minimum: number, maximum: number): Schema {
  return { type: 'number', description, minimum, maximum }
}

export function port(description: string): Schema {
  return { ...integer(description, 1, 65535), expected: 'a port from 1 to 65535' }
}

/** RFC 1123 label. */
export function label(description: string): Schema {
  const expected = 'a name of at most 63 lower-case letters, digits and -, beginning and ending with a letter or digit'
  return string(description, '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', expected, 63)
}

/** Source: GEP-2257. */
export function duration(description: string): Schema {
  const expected = 'a duration such as 500ms, 10s, 1m30s or 1h'
  return string(description, '^([0-9]{1,5}(h|m|s|ms)){1,4}$', expected, 24)
}

/** Labels or annotations: values of labels are short and plain, those of annotations are any text. */
export function labels(description: string, maxProperties = 64): Schema {
  const expected = "at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit"
  const value = string('Value.', '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$', expected, 63)
  return { type: 'object', description, additionalProperties: value, maxProperties }
}

/** A reference to something of the same namespace by which a policy is attached. */
export const targetRef = (...kinds: readonly ('Service' | 'ExternalService')[]): Schema =>
  object(
    'What the policy is attached to.',
    {
      group: words(
        "API group: '' (core) of a Service, weft.dev of an ExternalService.",
        ...kinds.map((kind) => (kind === 'Service' ? '' : 'weft.dev')),
      ),
      kind: words('Kind.', ...kinds),
      name: label('Name of it, in the namespace of the policy.'),
    },
    ['kind', 'name'],
  )
