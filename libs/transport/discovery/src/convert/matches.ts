import { compilePattern } from '@weft/pattern'
import type { weft } from '@weft/proto'
import type { NamedMatch, StringMatch } from '@weft/traffic'
import type { FieldChecks } from './field-checks.ts'

type StringMessage = weft.discovery.v1.StringMatch.$Properties
type NamedMessage = weft.discovery.v1.NamedMatch.$Properties

export function stringMatchFromMessage(
  message: StringMessage | null | undefined,
  field: string,
  checks: FieldChecks,
): StringMatch {
  const type = checks.oneOf(`${field}.type`, message?.type, ['exact', 'prefix', 'regex'])
  const value = checks.optionalText(`${field}.value`, message?.value)
  if (type === 'regex' && !isPattern(value)) checks.refuse(`${field}.value`, value, 'a regular expression')
  return { type, value }
}

export function namedMatchToMessage(match: NamedMatch): NamedMessage {
  return { name: match.name, value: match.value }
}

export function namedMatchFromMessage(message: NamedMessage, field: string, checks: FieldChecks): NamedMatch {
  return {
    name: checks.text(`${field}.name`, message.name, 256),
    value: stringMatchFromMessage(message.value, `${field}.value`, checks),
  }
}

function isPattern(text: string): boolean {
  try {
    compilePattern(text)
    return true
  } catch {
    return false
  }
}
