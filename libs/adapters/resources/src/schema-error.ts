import type { ErrorObject } from 'ajv'
import { nearest } from '@weft/config'
import { type FieldProblem, shown } from './problem.ts'
import type { Schema } from './schemas/schema.ts'

const typeWords: Readonly<Record<Schema['type'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
}

/** What a schema's refusal means to a person: what was found, what was expected. */
export function describeSchemaError(error: ErrorObject, path: readonly (string | number)[]): FieldProblem {
  const schema = error.parentSchema as unknown as Schema
  const found = shown(error.data)
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = error.params['additionalProperty'] as string
      const known = Object.keys(schema.properties ?? {})
      const message = `unknown field${suggestion(name, known)}, expected one of ${known.join(', ')}`
      return { path: [...path, name], message, isName: true }
    }
    case 'required': {
      const name = error.params['missingProperty'] as string
      return { path: [...path, name], message: `missing, expected ${expectedOf(schema.properties![name]!)}` }
    }
    case 'enum': {
      const guess = typeof error.data === 'string' ? nearest(error.data, (schema.enum ?? []).map(String)) : ''
      return { path, message: `found ${found}${guess}, expected ${expectedOf(schema)}` }
    }
    case 'minItems':
      return { path, message: `found an empty list, expected at least ${schema.minItems} item` }
    case 'maxItems':
      return { path, message: `found ${(error.data as unknown[]).length} items, expected at most ${schema.maxItems}` }
    case 'minProperties': {
      const fields = Object.keys(schema.properties ?? {})
      return {
        path,
        message: `found no field, expected at least one${fields.length > 0 ? ` of ${fields.join(', ')}` : ''}`,
      }
    }
    case 'maxProperties': {
      const count = Object.keys(error.data as object).length
      return { path, message: `found ${count} fields, expected at most ${schema.maxProperties}` }
    }
    case 'maxLength':
      return {
        path,
        message: `found ${(error.data as string).length} characters, expected at most ${schema.maxLength}`,
      }
    default:
      return { path, message: `found ${found}, expected ${expectedOf(schema)}` }
  }
}

function expectedOf(schema: Schema): string {
  if (schema.expected !== undefined) return schema.expected
  if (schema.enum !== undefined) {
    const values = schema.enum.map((value) => (value === '' ? "''" : String(value)))
    return values.length === 1 ? values[0]! : `one of ${values.join(', ')}`
  }
  const { minimum, maximum } = schema
  if (minimum !== undefined && maximum !== undefined) return `${typeWords[schema.type]} from ${minimum} to ${maximum}`
  return typeWords[schema.type]
}

/** The nearest word, or the one that begins the same: `identity` for `identities`. */
function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  if (near !== '' || name.length < 4) return near
  const stem = name.slice(0, Math.max(4, name.length - 2)).toLowerCase()
  const alike = known.filter((word) => word.toLowerCase().startsWith(stem))
  return alike.length === 1 ? ` (did you mean ${alike[0]}?)` : ''
}
