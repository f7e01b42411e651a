import type { Problem, Tree } from '../tree.ts'

const RECORD = /^docs\/decisions\/(.+)\.md$/
const NAME = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*$/
const HEADINGS = ['Context', 'Decision', 'Consequences', 'Revisit when']

/** Decision records: `NNNN-name.md`, a number once, the title with the number, four headings in order, about one page. */
export function checkDecisions(tree: Tree): Problem[] {
  const byNumber = new Map<string, string>()
  return tree.files.flatMap((file) => {
    const name = RECORD.exec(file)?.[1]
    if (name === undefined) return []
    const number = NAME.exec(name)?.[1]
    if (number === undefined) return [{ file, line: 0, message: 'name: expected 0007-what-was-decided.md' }]
    const before = byNumber.get(number)
    byNumber.set(number, file)
    const problems = problemsOf(file, tree.read(file), number)
    return before === undefined
      ? problems
      : [{ file, line: 0, message: `number ${number} is taken by ${before}` }, ...problems]
  })
}

function problemsOf(file: string, text: string, number: string): Problem[] {
  const problems: Problem[] = []
  if (!text.startsWith(`# ${number}: `)) problems.push({ file, line: 1, message: `title: expected "# ${number}: …"` })
  const found = [...text.matchAll(/^(?:## |\*\*)(Context|Decision|Consequences|Revisit when)\b/gm)].map(
    (match) => match[1],
  )
  if (found.join() !== HEADINGS.join()) {
    problems.push({ file, line: 0, message: `headings ${found.join(', ')}: expected ${HEADINGS.join(', ')}` })
  }
  return problems
}
