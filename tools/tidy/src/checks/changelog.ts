import { linesWith, type Problem, type Tree } from '../tree.ts'

const FILE = 'CHANGELOG.md'
const HEADINGS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']

/** Keep a Changelog: an Unreleased section on top, versions below, and no heading but the six. */
export function checkChangelog(tree: Tree): Problem[] {
  if (!tree.files.includes(FILE)) return [{ file: FILE, line: 0, message: 'expected a changelog' }]
  const text = tree.read(FILE)
  const versions = linesWith(text, /^## (.*)$/)
  const problems: Problem[] = []
  if (versions[0]?.match[1] !== '[Unreleased]') {
    problems.push({ file: FILE, line: versions[0]?.line ?? 0, message: 'expected "## [Unreleased]" first' })
  }
  for (const { line, match } of versions.slice(1)) {
    if (!/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/.test(match[1]!)) {
      problems.push({ file: FILE, line, message: `${JSON.stringify(match[0])}: expected "## [1.2.3] - 2026-01-31"` })
    }
  }
  for (const { line, match } of linesWith(text, /^### (.*)$/)) {
    if (HEADINGS.includes(match[1]!)) continue
    problems.push({ file: FILE, line, message: `${JSON.stringify(match[0])}: expected one of ${HEADINGS.join(', ')}` })
  }
  return problems
}
