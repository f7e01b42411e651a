import { describeError, Failure } from '@weft/faults'
import { ChartFiles } from './chart-files.ts'
import { functions, isEmpty, text } from './functions.ts'
import type { Expression, Node } from './syntax.ts'

/** What a template is rendered with: templates by name, and what `$` and `.` are at the start. */
export interface Rendering {
  readonly templates: ReadonlyMap<string, readonly Node[]>
  readonly name: string
}

type Scope = Map<string, unknown>

/** Prints nodes. Faults: Failure `chart_invalid`, `chart_values`, both naming template and line. */
export function evaluate(nodes: readonly Node[], dot: unknown, rendering: Rendering): string {
  return printed(nodes, dot, new Map([['$', dot]]), rendering)
}

function printed(nodes: readonly Node[], dot: unknown, outer: Scope, rendering: Rendering): string {
  // Variables of a block end with it; text/template would let "=" change outer ones, which the chart has no use for.
  const scope: Scope = new Map(outer)
  let out = ''
  for (const node of nodes) {
    if (node.kind === 'text') out += node.text
    else out += located(node.line, rendering, () => action(node, dot, scope, rendering))
  }
  return out
}

function action(node: Exclude<Node, { kind: 'text' }>, dot: unknown, scope: Scope, rendering: Rendering): string {
  const value = valueOf(node.value, dot, scope, rendering)
  switch (node.kind) {
    case 'output':
      return text(value)
    case 'set':
      scope.set(node.name, value)
      return ''
    case 'if':
      return printed(isEmpty(value) ? node.otherwise : node.body, dot, scope, rendering)
    case 'with':
      if (isEmpty(value)) return printed(node.otherwise, dot, scope, rendering)
      return printed(node.body, value, scope, rendering)
    case 'range':
      return ranged(node, value, dot, scope, rendering)
  }
}

function ranged(
  node: Extract<Node, { kind: 'range' | 'if' | 'with' }>,
  value: unknown,
  dot: unknown,
  scope: Scope,
  rendering: Rendering,
): string {
  if (isEmpty(value)) return printed(node.otherwise, dot, scope, rendering)
  // Maps are gone through in the order of their keys, as in Go.
  const entries: ReadonlyArray<readonly [unknown, unknown]> = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value as object).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const [first, second] = node.names
  let out = ''
  for (const [key, item] of entries) {
    const inner: Scope = new Map(scope)
    if (second !== undefined) inner.set(first!, key).set(second, item)
    else if (first !== undefined) inner.set(first, item)
    out += printed(node.body, item, inner, rendering)
  }
  return out
}

function valueOf(expression: Expression, dot: unknown, scope: Scope, rendering: Rendering): unknown {
  if (expression.kind === 'value') return expression.value
  if (expression.kind === 'field') return fieldOf(expression, dot, scope)
  const { name } = expression
  if (expression.kind === 'method') {
    const [arg] = expression.args.map((one) => valueOf(one, dot, scope, rendering))
    return filesMethod(valueOf(expression.of, dot, scope, rendering), name, String(arg))
  }
  const args = expression.args.map((arg) => valueOf(arg, dot, scope, rendering))
  if (name === 'include') return included(args, rendering)
  const run = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (run === undefined) {
    throw new Failure('chart_invalid', `found function ${name}, expected one of ${Object.keys(functions).join(', ')}`)
  }
  return run(...args)
}

function included([name, dot]: readonly unknown[], rendering: Rendering): string {
  const nodes = rendering.templates.get(String(name))
  if (nodes === undefined)
    throw new Failure('chart_invalid', `found include of "${String(name)}", expected a defined template`)
  return evaluate(nodes, dot, { ...rendering, name: `${rendering.name} > ${String(name)}` })
}

/** The methods of `.Files`. Source: Helm, "Accessing Files Inside Templates". */
function filesMethod(files: unknown, method: string, arg: string): unknown {
  if (!(files instanceof ChartFiles))
    throw new Failure('chart_invalid', `found .${method} with arguments, expected .Files before it`)
  if (method === 'Get') return files.get(arg)
  if (method === 'Glob') return files.glob(arg)
  throw new Failure('chart_invalid', `found .Files.${method}, expected Get or Glob`)
}

/** The last part of a path may be absent; what it is a part of may not. */
function fieldOf({ of, path }: Extract<Expression, { kind: 'field' }>, dot: unknown, scope: Scope): unknown {
  let value = of === '.' ? dot : scope.get(of)
  if (of !== '.' && !scope.has(of))
    throw new Failure('chart_invalid', `found variable ${of}, expected one that was set`)
  for (const part of path) {
    if (typeof value !== 'object' || value === null) {
      throw new Failure('chart_invalid', `found .${path.join('.')} of what is no map, expected one at each dot`)
    }
    value = Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined
  }
  return value
}

function located(line: number, { name }: Rendering, run: () => string): string {
  try {
    return run()
  } catch (error) {
    const isTold = error instanceof Failure && error.message.startsWith('Cannot render ')
    if (isTold || !(error instanceof Failure)) throw error
    throw new Failure(error.code, `Cannot render ${name} line ${line}: ${describeError(error)}`, error)
  }
}
