import { linesWith, type Problem, type Tree } from '../tree.ts'

const FILE = 'docs/metrics.md'
/** Names are constants in one file per app; these are the files that may hold them. */
const CONSTANTS = /^apps\/[^/]+\/src\/(?:.*\/)?[a-z-]*metric[a-z-]*\.ts$/
const NAME = /'(weft_[a-z0-9_]+)'/

/** docs/metrics.md has one row per metric name, `| \`weft_…\` | … |`, and none that no app has. */
export function checkMetricDocs(tree: Tree): Problem[] {
  const names = new Map<string, { file: string; line: number }>()
  for (const file of tree.files.filter((candidate) => CONSTANTS.test(candidate) && !candidate.endsWith('.test.ts'))) {
    for (const { line, match } of linesWith(tree.read(file), NAME)) names.set(match[1]!, { file, line })
  }
  if (!tree.files.includes(FILE)) return [{ file: FILE, line: 0, message: 'expected a row for every metric' }]
  const rows = linesWith(tree.read(FILE), /^\| `(weft_[a-z0-9_]+)` *\| *\S/)
  const documented = new Set(rows.map(({ match }) => match[1]!))
  return [
    ...[...names]
      .filter(([name]) => !documented.has(name))
      .map(([name, place]) => ({ ...place, message: `${name}: expected a row in ${FILE}` })),
    ...rows
      .filter(({ match }) => !names.has(match[1]!))
      .map(({ line, match }) => ({ file: FILE, line, message: `${match[1]} is no metric of any app` })),
  ]
}
