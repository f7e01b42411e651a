import { flagName } from '@weft/config'
import { renderTable } from '@weft/terminal'
import { exitCodes } from '../exit-codes.ts'
import type { Command } from './command.ts'
import type { Flag, FlagTable } from './flag.ts'
import { globalFlags } from './global-flags.ts'

/** `weft --help`: commands, global flags, exit codes. */
export function generalHelp(commands: readonly Command[]): string {
  return joinSections([
    ['weft: a service mesh without sidecars, on this machine', 'Usage: weft COMMAND [FLAGS]'],
    ['Commands:', ...indent(twoColumns(commands.map((command) => [command.name, command.summary])))],
    ['Flags of every command:', ...indent(flagLines(globalFlags))],
    [
      'Exit codes:',
      ...indent(twoColumns(Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]))),
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
export function commandHelp(command: Command): string {
  const own = Object.keys(command.flags).length === 0 ? '' : ' [FLAGS]'
  const operands = command.operands.usage === '' ? '' : ` ${command.operands.usage}`
  return joinSections([
    [`weft ${command.name}: ${command.summary}`, `Usage: weft ${command.name}${own}${operands}`],
    ...command.about.map((paragraph) => [paragraph]),
    ...(own === '' ? [] : [['Flags:', ...indent(flagLines(command.flags))]]),
    ['Flags of every command:', ...indent(flagLines(globalFlags))],
    [
      command.examples.length === 1 ? 'Example:' : 'Examples:',
      ...command.examples.map((example) => `  weft ${example}`),
    ],
  ])
}

function flagLines(table: FlagTable): string[] {
  return twoColumns(Object.entries(table).map(([key, flag]) => [writtenAs(key, flag), flag.doc + defaultOf(flag)]))
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

function twoColumns(rows: readonly (readonly [string, string])[]): string[] {
  const columns = [
    { title: '', value: (row: readonly [string, string]) => row[0] },
    { title: '', value: (row: readonly [string, string]) => row[1] },
  ]
  return renderTable(columns, rows).slice(1)
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}

function joinSections(sections: readonly (readonly string[])[]): string {
  return sections.map((lines) => lines.join('\n')).join('\n\n') + '\n'
}
