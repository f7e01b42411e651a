import { renderTable, type Column } from '@weft/terminal'
import { stringify } from 'yaml'
import type { OutputFormat } from '../command-line/global-flags.ts'
import type { Output } from '../context.ts'

/** Prints a value as JSON or YAML; false when the format is a table, which only the command can draw. */
export function printData(out: Output, format: OutputFormat, value: unknown): boolean {
  if (format === 'table') return false
  out.write(format === 'json' ? JSON.stringify(value, null, 2) + '\n' : stringify(value, { lineWidth: 0 }))
  return true
}

/** Prints rows as a table, or `empty` when there are none. */
export function printTable<Row>(
  out: Output,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  empty: string,
): void {
  if (rows.length === 0) {
    out.write(empty + '\n')
    return
  }
  const [titles, ...lines] = renderTable(columns, rows, out.isTerminal ? out.columns : Infinity)
  out.write([out.style.bold(titles!), ...lines].join('\n') + '\n')
}
