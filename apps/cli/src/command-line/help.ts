import { flagName } from '@weft/config'
import { exitCodes } from '../exit-codes.ts'
import type { Command } from './command.ts'
import type { Flag, FlagTable } from './flag.ts'
import { globalFlags } from './global-flags.ts'

/** `weft --help`: commands, global flags, exit codes. */
export function generalHelp(commands: readonly Command[], columns: number): string {
  const width = readable(columns)
  return joinSections([
    ['weft: a service mesh without sidecars, on one machine or on Kubernetes', 'Usage: weft COMMAND [FLAGS]'],
    [
      'Commands:',
      ...twoColumns(
        commands.map((command) => [command.name, command.summary]),
        width,
      ),
    ],
    ['Flags of every command:', ...flagLines(globalFlags, width)],
    [
      'Exit codes:',
      ...twoColumns(
        Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
        width,
      ),
    ],
    [
      'Begin with:',
      '  weft up',
      '  weft run --service cart --port 8080 -- ./cart-server',
      '  weft run --service web -- curl http://cart:8080/',
      '  weft stat',
      '`weft COMMAND --help` tells more, each with an example.',
    ],
  ])
}

/** `weft COMMAND --help`. */
export function commandHelp(command: Command, columns: number): string {
  const width = readable(columns)
  const own = Object.keys(command.flags).length === 0 ? '' : ' [FLAGS]'
  const operands = command.operands.usage === '' ? '' : ` ${command.operands.usage}`
  return joinSections([
    [`weft ${command.name}: ${command.summary}`, `Usage: weft ${command.name}${own}${operands}`],
    ...command.about.map((paragraph) => wrap(paragraph, width)),
    ...(own === '' ? [] : [['Flags:', ...flagLines(command.flags, width)]]),
    ['Flags of every command:', ...flagLines(globalFlags, width)],
    [
      command.examples.length === 1 ? 'Example:' : 'Examples:',
      ...command.examples.map((example) => `  weft ${example}`),
    ],
  ])
}

function flagLines(table: FlagTable, width: number): string[] {
  const rows = Object.entries(table).map(([key, flag]) => [writtenAs(key, flag), flag.doc + defaultOf(flag)] as const)
  return twoColumns(rows, width)
}

function writtenAs(key: string, flag: Flag<unknown>): string {
  const short = flag.short === '' ? '' : `-${flag.short}, `
  const value = flag.placeholder === '' ? '' : ` ${flag.placeholder}`
  return `${short}--${flagName(key)}${value}${flag.repeated ? '…' : ''}`
}

function defaultOf(flag: Flag<unknown>): string {
  if (flag.defaultText === null) return ' Must be given.'
  return flag.placeholder === '' || flag.defaultText === '' ? '' : ` Default: ${flag.defaultText}.`
}

/** Indented; the second column is wrapped within itself. */
function twoColumns(rows: readonly (readonly [string, string])[], width: number): string[] {
  const first = Math.max(...rows.map(([name]) => name.length))
  return rows.flatMap(([name, meaning]) =>
    wrap(meaning, width - first - 4).map((line, i) => `  ${(i === 0 ? name : '').padEnd(first)}  ${line}`),
  )
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Long lines are hard to read, and narrower than this nothing fits beside the flags. */
function readable(columns: number): number {
  return Math.min(Math.max(columns, 60), 100)
}

function joinSections(sections: readonly (readonly string[])[]): string {
  return sections.map((lines) => lines.join('\n')).join('\n\n') + '\n'
}
