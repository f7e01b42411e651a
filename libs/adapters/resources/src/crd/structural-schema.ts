import type { Schema } from '../schemas/schema.ts'
import { type CelRule, patternAt } from './cel-rules.ts'

/** A schema as a CustomResourceDefinition has it. */
export type StructuralSchema = Readonly<Record<string, unknown>>

/**
 * A schema of ours for a CustomResourceDefinition: the same, without our own words, and with rules at their places.
 * Fields that are not named are refused by clients that ask for it (kubectl does) and dropped otherwise, so
 * `additionalProperties: false` is left out, which the API server does not take.
 */
export function structuralSchema(
  schema: Schema,
  rules: readonly CelRule[],
  path: readonly string[] = [],
): StructuralSchema {
  const { properties, items, additionalProperties, expected, ...plain } = schema
  const own = rules.filter(({ at }) => at.join() === path.join())
  const below = (name: string, part: Schema): StructuralSchema => structuralSchema(part, rules, [...path, name])
  const validations = own.map(({ rule, message, field }) => ({
    rule,
    message,
    ...(field === undefined ? {} : { fieldPath: field }),
  }))
  return {
    ...plain,
    ...(plain.pattern === undefined ? {} : { pattern: patternAt(path) ?? plain.pattern }),
    ...(plain.description === undefined ? {} : { description: describe(plain.description, expected) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, below(name, part)])),
        }),
    ...(items === undefined ? {} : { items: below('[]', items), 'x-kubernetes-list-type': 'atomic' }),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: below('*', additionalProperties) } : {}),
    ...(validations.length === 0 ? {} : { 'x-kubernetes-validations': validations }),
  }
}

/** What a value looks like is of use to who asks kubectl to explain a field. */
function describe(description: string, expected: string | undefined): string {
  return expected === undefined ? description : `${description} Expected: ${expected}.`
}
