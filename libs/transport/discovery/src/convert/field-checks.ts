import { isIP } from 'node:net'
import { Failure } from '@weft/faults'

const LABELS_MAX = 256
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/
const PERIOD_MAX_MS = 0x7fffffff

/**
 * Checks the fields of one decoded message. Every method returns the value as the model has it or throws
 * Failure `resource_invalid` that names kind, resource, field, what was found and what was expected.
 */
export class FieldChecks {
  readonly #resource: string

  constructor(kind: string, name: string) {
    this.#resource = `${kind} ${name}`
  }

  refuse(field: string, found: unknown, expected: string): never {
    const shown = JSON.stringify(found) ?? 'nothing'
    throw new Failure('resource_invalid', `${this.#resource}: ${field}: found ${shown}, expected ${expected}`)
  }

  text(field: string, value: string | null | undefined, lengthMax = 253): string {
    if (!value || value.length > lengthMax) this.refuse(field, value ?? '', `1 to ${lengthMax} characters`)
    return value
  }

  optionalText(field: string, value: string | null | undefined, lengthMax = 4096): string {
    if (value && value.length > lengthMax) this.refuse(field, value, `at most ${lengthMax} characters`)
    return value ?? ''
  }

  /** An RFC 1123 label. */
  label(field: string, value: string | null | undefined): string {
    if (!value || !LABEL.test(value)) this.refuse(field, value ?? '', 'a name of lower-case letters, digits and -')
    return value
  }

  /** An RFC 1123 subdomain: labels with dots between them. */
  subdomain(field: string, value: string | null | undefined): string {
    if (!value || !SUBDOMAIN.test(value))
      this.refuse(field, value ?? '', 'a name of lower-case letters, digits, - and .')
    return value
  }

  /** `namespace/name`. */
  serviceKey(field: string, value: string | null | undefined): string {
    const parts = (value ?? '').split('/')
    if (parts.length !== 2 || !parts.every((part) => LABEL.test(part))) this.refuse(field, value, 'namespace/name')
    return value!
  }

  oneOf<const T extends string>(field: string, value: string | null | undefined, words: readonly T[]): T {
    const word = words.find((candidate) => candidate === value)
    if (word === undefined) this.refuse(field, value ?? '', `one of ${words.join(', ')}`)
    return word
  }

  integer(field: string, value: number | null | undefined, min: number, max: number): number {
    const number = value ?? 0
    if (!Number.isInteger(number) || number < min || number > max) {
      this.refuse(field, number, `a whole number from ${min} to ${max}`)
    }
    return number
  }

  periodMs(field: string, value: number | null | undefined): number {
    return this.integer(field, value, 0, PERIOD_MAX_MS)
  }

  ratio(field: string, value: number | null | undefined, max = 1): number {
    const number = value ?? 0
    if (!(number >= 0 && number <= max)) this.refuse(field, number, `a number from 0 to ${max}`)
    return number
  }

  port(field: string, value: number | null | undefined, min = 1): number {
    return this.integer(field, value, min, 65535)
  }

  /** An IP address of that family, or '' where `optional`. */
  address(field: string, value: string | null | undefined, family: 4 | 6, optional: boolean): string {
    const text = value ?? ''
    if (text === '' && optional) return text
    if (isIP(text) !== family) this.refuse(field, text, `an IPv${family} address${optional ? " or ''" : ''}`)
    return text
  }

  /** An IP address of either family. */
  anyAddress(field: string, value: string | null | undefined): string {
    const text = value ?? ''
    if (isIP(text) === 0) this.refuse(field, text, 'an IP address')
    return text
  }

  list<In, Out>(
    field: string,
    values: readonly In[] | null | undefined,
    itemsMax: number,
    convert: (value: In, field: string) => Out,
  ): readonly Out[] {
    const given = values ?? []
    if (given.length > itemsMax) this.refuse(field, `${given.length} items`, `at most ${itemsMax}`)
    return given.map((value, index) => convert(value, `${field}[${index}]`))
  }

  labels(field: string, value: Readonly<Record<string, string>> | null | undefined): Readonly<Record<string, string>> {
    const entries = Object.entries(value ?? {})
    if (entries.length > LABELS_MAX) this.refuse(field, `${entries.length} labels`, `at most ${LABELS_MAX}`)
    for (const [key, text] of entries) {
      if (key === '' || key.length > 317 || text.length > 63) this.refuse(`${field}.${key}`, text, 'a label and value')
    }
    return Object.fromEntries(entries.toSorted(byFirst))
  }
}

/** A copy whose keys are in order, so that equal values have equal encodings. */
export function sortedLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).toSorted(byFirst))
}

function byFirst(a: readonly [string, string], b: readonly [string, string]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}
