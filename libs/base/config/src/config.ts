import { Failure } from '@weft/faults'

/** One setting: `--name value` or `PREFIX_NAME=value`. The table of an app is its whole configuration, and its documentation. */
export interface Setting<T> {
  readonly doc: string
  /** How the default reads in the documents; null when the setting must be given. */
  readonly defaultText: string | null
  readonly defaultValue: T | undefined
  /** What a value must look like, for messages: `a port from 1 to 65535`. */
  readonly expected: string
  /** Returns undefined for a value that is not as expected. */
  readonly parse: (text: string) => T | undefined
  /** Never printed. */
  readonly secret?: boolean
  /** May be given several times; values are collected (T is an array). */
  readonly repeated?: boolean
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a table holds settings of any type
export type SettingTable = Readonly<Record<string, Setting<any>>>
export type ConfigOf<Table extends SettingTable> = {
  readonly [Key in keyof Table]: Table[Key] extends Setting<infer T> ? T : never
}

/**
 * Reads all settings once: flags win over the environment, which wins over defaults. Keys are camelCase in the table,
 * `--kebab-case` as flags and PREFIX_UPPER_CASE in the environment. Rejects unknown flags and unknown PREFIX_ variables
 * and reports every problem together. The result is frozen.
 *
 * Faults: Failure `config` that lists what was found and what was expected.
 */
export function loadConfig<Table extends SettingTable>(
  table: Table,
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  prefix: string,
): ConfigOf<Table> {
  const problems: string[] = []
  const given = readFlags(table, argv, problems)
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(`${prefix}_`) || value === undefined) continue
    const key = Object.keys(table).find((candidate) => envName(prefix, candidate) === name)
    if (key === undefined)
      problems.push(
        `environment variable ${name}: not a setting${nearest(
          name,
          Object.keys(table).map((k) => envName(prefix, k)),
        )}`,
      )
    else if (!given.has(key)) given.set(key, table[key]!.repeated ? value.split(',') : [value])
  }
  const config: Record<string, unknown> = {}
  for (const [key, setting] of Object.entries(table)) {
    const texts = given.get(key)
    if (texts === undefined) {
      if (setting.defaultValue === undefined)
        problems.push(`--${flagName(key)} is missing: expected ${setting.expected}`)
      config[key] = setting.defaultValue
      continue
    }
    const values = texts.map((text) => parseOne(key, setting, text, problems))
    config[key] = setting.repeated ? values : values.at(-1)
  }
  if (problems.length > 0) throw new Failure('config', problems.join('\n'))
  return Object.freeze(config) as ConfigOf<Table>
}

/** What is in force, for the log: secrets are `[redacted]`. */
export function describeConfig(
  table: SettingTable,
  config: Readonly<Record<string, unknown>>,
): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.keys(table).map((key) => [key, table[key]!.secret ? '[redacted]' : described(config[key])]),
  )
}

function described(value: unknown): string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : (JSON.stringify(value) ?? '')
}

/** What `--help` of a program prints: every setting as flag and variable, with its default and meaning. */
export function settingsHelp(table: SettingTable, program: string, prefix: string): string {
  const lines = Object.entries(table).map(([key, { doc, expected, defaultText, repeated }]) => {
    const initial = defaultText === null ? 'must be given' : `default ${defaultText === '' ? 'empty' : defaultText}`
    const names = `  --${flagName(key)}${repeated ? '…' : ''}, ${envName(prefix, key)}`
    return `${names}\n      ${doc}\n      Expected ${expected}; ${initial}.`
  })
  return `Usage: ${program} [--FLAG VALUE]…\n\nEach setting is a flag or a variable of the environment; the flag wins.\n\n${lines.join('\n')}\n`
}

export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

export function envName(prefix: string, key: string): string {
  return `${prefix}_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** ` (did you mean X?)` when one of the words is within two edits, else ''. */
export function nearest(word: string, words: readonly string[]): string {
  let best = ''
  let bestDistance = 3
  for (const candidate of words) {
    const distance = editDistance(word, candidate)
    if (distance >= bestDistance) continue
    best = candidate
    bestDistance = distance
  }
  return best === '' ? '' : ` (did you mean ${best}?)`
}

function readFlags(table: SettingTable, argv: readonly string[], problems: string[]): Map<string, string[]> {
  const given = new Map<string, string[]>()
  const keys = new Map(Object.keys(table).map((key) => [`--${flagName(key)}`, key]))
  for (let i = 0; i < argv.length; i++) {
    const [flag, inline] = splitFlag(argv[i]!)
    const key = keys.get(flag)
    if (key === undefined) {
      problems.push(`${JSON.stringify(argv[i])}: not a flag of this program${nearest(flag, [...keys.keys()])}`)
      continue
    }
    // A flag where a value should be is a forgotten value; one that begins with dashes is given as --flag=value.
    const value = inline ?? (argv[i + 1]?.startsWith('--') ? undefined : argv[++i])
    if (value === undefined) problems.push(`${flag} has no value: expected ${table[key]!.expected}`)
    else if (given.has(key) && !table[key]!.repeated) problems.push(`${flag} is given twice: expected once`)
    else given.set(key, [...(given.get(key) ?? []), value])
  }
  return given
}

function splitFlag(argument: string): [flag: string, value: string | undefined] {
  const at = argument.indexOf('=')
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)]
}

function parseOne<T>(key: string, setting: Setting<T>, text: string, problems: string[]): T | undefined {
  const value = setting.parse(text)
  if (value === undefined) {
    const shown = setting.secret ? '[redacted]' : JSON.stringify(text)
    problems.push(`--${flagName(key)}: found ${shown}, expected ${setting.expected}`)
  }
  return value
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitute = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(substitute, previous[j]! + 1, current[j - 1]! + 1))
    }
    previous = current
  }
  return previous[b.length]!
}
