import { Failure } from '@weft/faults'
import { readYaml, writeYaml } from './yaml.ts'

export type TemplateFunction = (...args: readonly unknown[]) => unknown

/** What text/template takes for false. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return true
  return Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value).length === 0
}

/** The functions that the chart may use, as Go and Sprig have them. Another one is refused by name. */
export const functions: Readonly<Record<string, TemplateFunction>> = {
  and: (...args) => args.find(isEmpty) ?? (args.some(isEmpty) ? args.find(isEmpty) : args.at(-1)),
  or: (...args) => args.find((arg) => !isEmpty(arg)) ?? args.at(-1),
  not: (value) => isEmpty(value),
  eq: (a, ...others) => others.some((other) => other === a),
  ne: (a, b) => a !== b,
  gt: (a, b) => Number(a) > Number(b),
  default: (fallback, value) => (isEmpty(value) ? fallback : value),
  dict: (...args) => {
    const entries: Record<string, unknown> = {}
    for (let i = 0; i < args.length; i += 2) entries[String(args[i])] = args[i + 1]
    return entries
  },
  list: (...args) => [...args],
  index: (of, ...keys) => keys.reduce((value, key) => (value as Record<string, unknown>)[String(key)], of),
  get: (map, key) => (map as Record<string, unknown>)[String(key)],
  hasKey: (map, key) => Object.hasOwn(map as object, String(key)),
  merge: (...maps) => Object.assign({}, ...maps.toReversed()) as unknown,
  set: (map, key, value) => Object.assign(map as object, { [String(key)]: value }),
  int64: (value) => Math.trunc(Number(value)),
  quote: (value) => JSON.stringify(text(value)),
  printf: (format, ...args) => {
    let next = 0
    return String(format).replace(/%[svd%]/g, (verb) => (verb === '%%' ? '%' : text(args[next++])))
  },
  toYaml: (value) => writeYaml(value).trimEnd(),
  fromYaml: (value) => readYaml(String(value)),
  indent: (width, value) => indented(Number(width), String(value)),
  nindent: (width, value) => `\n${indented(Number(width), String(value))}`,
  required: (message, value) => {
    if (value === undefined || value === null || value === '') throw new Failure('chart_values', String(message))
    return value
  },
  fail: (message) => {
    throw new Failure('chart_values', String(message))
  },
}

/** As `{{ }}` prints it. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Failure(
    'chart_invalid',
    `Cannot print ${JSON.stringify(value) ?? 'what is not there'}: expected a text, a number or a truth value`,
  )
}

function indented(width: number, lines: string): string {
  return lines
    .split('\n')
    .map((line) => ' '.repeat(width) + line)
    .join('\n')
}
