import type { SettingLike } from './parts.ts'
import { isNumber } from './settings.ts'

type Schema = Readonly<Record<string, unknown>>

/** Where the shape of the default does not say all; by path, `*` for any part. */
const particular: Readonly<Record<string, Schema>> = {
  logLevel: { enum: ['debug', 'info', 'warn', 'error'] },
  listenHost: { type: 'string', pattern: '^([0-9.]+|\\[[0-9a-fA-F:]+\\])$' },
  trustDomain: { type: 'string', pattern: '^[a-z0-9._-]{1,255}$' },
  clusterDomain: { type: 'string', pattern: '^[a-z0-9.-]{1,253}$' },
  'image.pullPolicy': { enum: ['Always', 'IfNotPresent', 'Never'] },
  'image.pullSecrets': { type: 'array', items: { type: 'object' } },
  'priorityClass.value': { type: 'integer', minimum: -2147483648, maximum: 1000000000 },
  '*.replicas': { type: 'integer', minimum: 1, maximum: 100 },
  '*.resources': { type: 'object' },
  '*.nodeSelector': { type: 'object', additionalProperties: { type: 'string' } },
  '*.affinity': { type: 'object' },
  '*.podLabels': { type: 'object', additionalProperties: { type: 'string' } },
  '*.podAnnotations': { type: 'object', additionalProperties: { type: 'string' } },
  '*.tolerations': { type: 'array', items: { type: 'object' } },
  'ca.keyEncryptionKey.volumes': { type: 'array', items: { type: 'object' } },
  'ca.keyEncryptionKey.volumeMounts': { type: 'array', items: { type: 'object' } },
  'agent.maxSurge': { type: ['integer', 'string'] },
  'agent.terminationGracePeriodSeconds': { type: 'integer', minimum: 1 },
  'agent.seccompProfile': { enum: ['RuntimeDefault', 'Unconfined'] },
  'agent.appArmorProfile': { enum: ['', 'RuntimeDefault', 'Unconfined'] },
}

/** The schema of the chart's values: their shape, what settings expect, and what {@link particular} says. Nothing else is allowed. */
export function valuesSchema(values: Schema, settings: ReadonlyMap<string, SettingLike>): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Values of the chart weft',
    ...objectSchema(values, '', settings),
  }
}

function objectSchema(values: Schema, path: string, settings: ReadonlyMap<string, SettingLike>): Schema {
  const properties = Object.entries(values).map(([key, value]) => {
    const inner = path === '' ? key : `${path}.${key}`
    return [key, schemaOf(value, inner, settings)] as const
  })
  // Charts that have this one as a part find their own values under `global`.
  const global = path === '' ? { global: { type: 'object' } } : {}
  return { type: 'object', additionalProperties: false, properties: { ...Object.fromEntries(properties), ...global } }
}

function schemaOf(value: unknown, path: string, settings: ReadonlyMap<string, SettingLike>): Schema {
  const setting = settings.get(path)
  if (setting !== undefined) return { description: setting.doc, ...settingSchema(setting) }
  const known = particular[path] ?? particular[`*.${path.split('.').slice(1).join('.')}`]
  if (known !== undefined) return known
  if (Array.isArray(value)) return { type: 'array', items: { type: 'string' } }
  if (typeof value === 'object' && value !== null) return objectSchema(value as Schema, path, settings)
  return { type: typeof value }
}

function settingSchema(setting: SettingLike): Schema {
  if (setting.repeated === true) return { type: 'array', items: { type: 'string' } }
  if (typeof setting.defaultValue === 'boolean') return { type: 'boolean' }
  const range = /^a (?:whole number|port) from (\d+) to (\d+)$/.exec(setting.expected)
  if (isNumber(setting)) {
    return { type: 'integer', ...(range === null ? {} : { minimum: Number(range[1]), maximum: Number(range[2]) }) }
  }
  const words = /^one of (.+)$/.exec(setting.expected)?.[1]?.split(', ')
  if (words !== undefined) return { enum: words }
  const isDuration = setting.expected.startsWith('a duration')
  return isDuration ? { type: 'string', pattern: '^\\d{1,9}(ms|s|m|h)$' } : { type: 'string' }
}
