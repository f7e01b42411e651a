import { Ajv } from 'ajv'
import { Failure } from '@weft/faults'
import type { Chart } from './chart.ts'

type Values = Readonly<Record<string, unknown>>

/** Values with others on top: maps are merged, everything else is replaced. */
export function mergeValues(base: Values, ...tops: readonly Values[]): Values {
  const merged: Record<string, unknown> = { ...base }
  for (const top of tops) {
    for (const [key, value] of Object.entries(top)) {
      const before = merged[key]
      merged[key] = isMap(before) && isMap(value) ? mergeValues(before, value) : value
    }
  }
  return merged
}

/** `a.b=value`, with the value read as Helm does: whole numbers, true, false, null and `{a,b}`; else text. Faults: Failure `usage`. */
export function parseSetValue(text: string): Values {
  const at = text.indexOf('=')
  const path = text.slice(0, at).split('.')
  if (at < 1 || path.includes('')) {
    throw new Failure('usage', `--set: found ${JSON.stringify(text)}, expected key.key=value`)
  }
  const value = typed(text.slice(at + 1))
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Values
}

function typed(text: string): unknown {
  if (/^\{.*\}$/.test(text)) return text.slice(1, -1).split(',').filter(Boolean).map(typed)
  if (/^-?(0|[1-9]\d{0,14})$/.test(text)) return Number(text)
  const constants: Readonly<Record<string, unknown>> = { true: true, false: false, null: null }
  return Object.hasOwn(constants, text) ? constants[text] : text
}

/** Refuses values that the chart's schema does not allow, all problems at once. Faults: Failure `chart_values`. */
export function checkValues(chart: Chart, values: Values): void {
  const check = new Ajv({ allErrors: true, strict: false }).compile(chart.schema)
  if (check(values)) return
  const problems = (check.errors ?? []).map(({ instancePath, message, params }) => {
    const where = instancePath === '' ? 'values' : instancePath.slice(1).replaceAll('/', '.')
    const { additionalProperty, allowedValues } = params as { additionalProperty?: string; allowedValues?: unknown[] }
    if (additionalProperty !== undefined) return `${where}: found "${additionalProperty}", expected a key of the chart`
    const list = allowedValues === undefined ? '' : `: ${allowedValues.map(String).join(', ')}`
    return `${where}: ${message ?? 'is not allowed'}${list}`
  })
  throw new Failure('chart_values', `Cannot use these values:\n${[...new Set(problems)].join('\n')}`)
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
