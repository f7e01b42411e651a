import { widthOf } from './style.ts'

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string
  /** Numbers stand at the right edge, so that their digits align. */
  readonly align?: 'left' | 'right'
  /** May be left out where there is no room: the highest goes first. Absent: always shown. */
  readonly spare?: number
}

const GAP = '  '

/**
 * Rows as lines under a line of titles, each column as wide as its widest cell; no trailing blanks, no frame, so that
 * `awk` and `cut` read it too. On a terminal of that `width`, columns that may be left out are, until the rest fits.
 */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width = Infinity): string[] {
  const lines = renderAll(columns, rows)
  if (width === Infinity || lines.every((line) => widthOf(line) <= width)) return lines
  const most = Math.max(...columns.map(({ spare = 0 }) => spare))
  if (most === 0) return lines
  return renderTable(
    columns.filter(({ spare = 0 }) => spare < most),
    rows,
    width,
  )
}

function renderAll<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
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
