import { Failure } from '@weft/faults'

/** Something wrong in one field of a resource. */
export interface FieldProblem {
  readonly path: readonly (string | number)[]
  /** What was found and what was expected. */
  readonly message: string
  /** The name of the field is wrong, not its value. */
  readonly isName?: boolean
}

/** Something wrong at a place of a file; line 0 where there is no file. */
export interface Problem {
  readonly source: string
  readonly line: number
  readonly column: number
  readonly field: string
  readonly message: string
}

const PROBLEMS_SHOWN_MAX = 50

/** Everything that is wrong with some resources, together. Its message has one line per problem. */
export class ResourceProblems extends Failure {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const lines = problems.slice(0, PROBLEMS_SHOWN_MAX).map(formatProblem)
    if (problems.length > lines.length) lines.push(`and ${problems.length - lines.length} more`)
    super('invalid_argument', lines.join('\n'))
    this.name = 'ResourceProblems'
    this.problems = problems
  }
}

/** `policy.yaml:12:5: spec.rules[0].from[0].identity: unknown field, …` */
export function formatProblem(problem: Problem): string {
  const place = problem.line > 0 ? `${problem.source}:${problem.line}:${problem.column}` : problem.source
  return [place, problem.field, problem.message].filter((part) => part !== '').join(': ')
}

/** `spec.rules[0].from[0].identities`; a name that is not plain in brackets: `metadata.labels["a/b"]`. */
export function formatPath(path: readonly (string | number)[]): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}

/** A value as messages show it: short, on one line. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
