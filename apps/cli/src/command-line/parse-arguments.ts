import { flagName, nearest } from '@weft/config'
import { Failure } from '@weft/faults'
import type { Flag, FlagsOf, FlagTable } from './flag.ts'

export interface ParseOptions {
  /** The first word that is no flag ends the flags, and it and all after are operands: `weft run curl -v`. */
  readonly stopAtOperand: boolean
  /** For messages: `weft run`. */
  readonly program: string
}

export interface Parsed<Table extends FlagTable> {
  readonly flags: FlagsOf<Table>
  /** Keys of the flags that were written, as opposed to defaults. */
  readonly given: ReadonlySet<string>
  readonly operands: readonly string[]
}

/**
 * Reads `--name value`, `--name=value`, `-n value`, `-nvalue`, switches and operands; `--` ends the flags.
 *
 * Faults: Failure `usage` that lists every problem with what was expected, and the nearest flag for one that is unknown.
 */
export function parseArguments<Table extends FlagTable>(
  table: Table,
  argv: readonly string[],
  options: ParseOptions,
): Parsed<Table> {
  const problems: string[] = []
  const given = new Map<string, string[]>()
  const operands: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '--') {
      operands.push(...argv.slice(i + 1))
      break
    }
    if (!word.startsWith('-') || word === '-') {
      if (options.stopAtOperand) {
        operands.push(...argv.slice(i))
        break
      }
      operands.push(word)
      continue
    }
    const [name, inline] = splitFlag(word)
    const key = findKey(table, name)
    if (key === undefined) {
      problems.push(`${name}: not a flag of ${options.program}${nearest(name, flagWords(table))}`)
      continue
    }
    const flag = table[key]!
    const value = flag.placeholder === '' ? (inline ?? 'true') : (inline ?? argv[++i])
    if (value === undefined) problems.push(`${name} has no value: expected ${flag.expected}`)
    else if (given.has(key) && !flag.repeated) problems.push(`${name} is given twice: expected once`)
    else given.set(key, [...(given.get(key) ?? []), value])
  }
  const flags = Object.fromEntries(
    Object.entries(table).map(([key, flag]) => [key, valueOf(key, flag, given, problems)]),
  )
  if (problems.length > 0) throw new Failure('usage', problems.join('\n'))
  return { flags: flags as FlagsOf<Table>, given: new Set(given.keys()), operands }
}

function valueOf(key: string, flag: Flag<unknown>, given: ReadonlyMap<string, string[]>, problems: string[]): unknown {
  const texts = given.get(key)
  if (texts === undefined) {
    if (flag.defaultValue === undefined) problems.push(`--${flagName(key)} is missing: expected ${flag.expected}`)
    return flag.defaultValue
  }
  const values = texts.map((text) => {
    const value = flag.parse(text)
    if (value === undefined)
      problems.push(`--${flagName(key)}: found ${JSON.stringify(text)}, expected ${flag.expected}`)
    return value
  })
  return flag.repeated ? values : values[0]
}

function splitFlag(word: string): [name: string, value: string | undefined] {
  if (word.startsWith('--')) {
    const at = word.indexOf('=')
    return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
  }
  const value = word.slice(2)
  return [word.slice(0, 2), value === '' ? undefined : value.startsWith('=') ? value.slice(1) : value]
}

function findKey(table: FlagTable, name: string): string | undefined {
  return Object.keys(table).find(
    (key) => `--${flagName(key)}` === name || (table[key]!.short !== '' && `-${table[key]!.short}` === name),
  )
}

/** Every way in which a flag of the table can be written. */
export function flagWords(table: FlagTable): string[] {
  return Object.entries(table).flatMap(([key, flag]) => [
    `--${flagName(key)}`,
    ...(flag.short === '' ? [] : [`-${flag.short}`]),
  ])
}
