/** One figure as the report shows it. */
export interface Figure {
  readonly what: string
  readonly value: string
  /** What is aimed at, and whether it is reached; null where nothing was said. */
  readonly aim: { readonly words: string; readonly isMet: boolean } | null
}

/** Figures that are taken together, in one way. */
export interface Chapter {
  readonly title: string
  /** How they were taken, in a sentence or two. */
  readonly how: string
  readonly figures: readonly Figure[]
}

export interface Report {
  /** When, on what, of which state of the tree. */
  readonly about: string
  readonly chapters: readonly Chapter[]
}

export function figure(what: string, value: string, aim: Figure['aim'] = null): Figure {
  return { what, value, aim }
}

/** `words` when the value is below what is aimed at. */
export function below(value: number, limit: number, unit: string): Figure['aim'] {
  return { words: `< ${limit} ${unit}`, isMet: value < limit }
}

/** For a terminal: one table, with a line between chapters and their ways below it. */
export function reportText({ about, chapters }: Report): string {
  const rows = chapters.flatMap(({ figures }) => figures.map(cellsOf))
  const widths = [0, 1, 2].map((column) => Math.max(3, ...rows.map((row) => row[column]!.length)))
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd()
  const parts = chapters.map(({ title, how, figures }) =>
    [`${title}`, ...figures.map((one) => line(cellsOf(one))), `  (${how})`].join('\n'),
  )
  return `${[about, ...parts].join('\n\n')}\n`
}

/** For `bench/results/kubernetes.md`, as prettier lays it out. */
export function reportMarkdown({ about, chapters }: Report): string {
  const sections = chapters.map(({ title, how, figures }) => `## ${title}\n\n${table(figures)}\n${how}\n`)
  return `# On Kubernetes

Made by \`npm run bench:kubernetes -- --record\` on a cluster of two nodes on one machine (e2e/cluster). ${about}

${sections.join('\n')}`
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map(cellsOf)
  const header = ['', 'figure', 'aim']
  const widths = header.map((word, column) => Math.max(3, word.length, ...rows.map((row) => row[column]!.length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |\n`
  return line(header) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('')
}

function cellsOf({ what, value, aim }: Figure): [string, string, string] {
  return [what, value, aim === null ? '' : `${aim.words}: ${aim.isMet ? 'met' : 'MISSED'}`]
}
