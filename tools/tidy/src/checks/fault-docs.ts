import { linesWith, type Problem, type Tree } from '../tree.ts'

const FILE = 'docs/faults.md'

/** The columns of a fault that its document repeats. */
export interface DocumentedFault {
  readonly code: string
  readonly owner: string
  readonly upstreamSawIt: string
  readonly httpStatus: number
  readonly grpcStatus: number
  readonly retry: string
}

/** docs/faults.md has one row per fault, `| \`code\` | owner | saw it | HTTP | gRPC | retry | … |`, and says what the table says. */
export function checkFaultDocs(tree: Tree, faults: readonly DocumentedFault[]): Problem[] {
  if (!tree.files.includes(FILE)) return [{ file: FILE, line: 0, message: 'expected a row for every fault' }]
  const rows = linesWith(tree.read(FILE), /^\| `([a-z_]+)` *\|(.*)$/)
  const problems: Problem[] = []
  for (const fault of faults) {
    const wanted = [fault.owner, fault.upstreamSawIt, String(fault.httpStatus), String(fault.grpcStatus), fault.retry]
    const row = rows.find(({ match }) => match[1] === fault.code)
    if (row === undefined) {
      problems.push({ file: FILE, line: 0, message: `expected a row for ${fault.code}` })
      continue
    }
    const cells = row.match[2]!.split('|').map((cell) => cell.trim().replace(/ \(.*\)$/, ''))
    if (cells.slice(0, 5).join() !== wanted.join()) {
      const message = `${fault.code} is told as ${cells.slice(0, 5).join(', ')}: expected ${wanted.join(', ')}`
      problems.push({ file: FILE, line: row.line, message })
    } else if ((cells[5] ?? '') === '')
      problems.push({ file: FILE, line: row.line, message: `${fault.code}: expected a description` })
  }
  for (const { line, match } of rows) {
    if (faults.some((fault) => fault.code === match[1])) continue
    problems.push({ file: FILE, line, message: `${match[1]} is no fault: expected a code of libs/base/faults` })
  }
  return problems
}
