import { widthOf } from './style.ts'

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string
  /** Numbers stand at the right edge, so that their digits align. */
  readonly align?: 'left' | 'right'
}

const GAP = '  '

/**
 * Rows as lines under a line of titles, each column as wide as its widest cell; no trailing blanks, no frame, so that
 * `awk` and `cut` read it too.
 */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => column.value(row))),
  ]
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => widthOf(line[i]!))))
  return cells.map((line) =>
    line
      .map((cell, i) => pad(cell, widths[i]!, columns[i]!.align === 'right'))
      .join(GAP)
      .trimEnd(),
  )
}

function pad(cell: string, width: number, right: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(cell)))
  return right ? blanks + cell : cell + blanks
}
