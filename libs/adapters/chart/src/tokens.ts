import { Failure } from '@weft/faults'

/** A piece of a template: text as it is, or what stands between `{{` and `}}`. */
export interface Piece {
  readonly kind: 'text' | 'action'
  readonly text: string
  readonly line: number
}

export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'sign'; readonly text: '(' | ')' | '|' | ':=' | '=' | ',' }

/** Cuts a template at its actions, with `{{-` and `-}}` taking the space beside them. Source: Go, text/template. */
export function pieces(name: string, template: string): Piece[] {
  const found: Piece[] = []
  let rest = 0
  let trimsNext = false
  const line = (at: number): number => template.slice(0, at).split('\n').length
  for (;;) {
    const open = template.indexOf('{{', rest)
    let text = template.slice(rest, open < 0 ? template.length : open)
    if (trimsNext) text = text.trimStart()
    if (open < 0) return [...found, { kind: 'text', text, line: line(rest) }]
    const trimsBefore = /^\{\{-\s/.test(template.slice(open, open + 4))
    found.push({ kind: 'text', text: trimsBefore ? text.trimEnd() : text, line: line(rest) })
    const close = endOfAction(template, open + 2)
    if (close < 0) throw invalid(name, line(open), 'an action that does not end', '}}')
    const inner = template.slice(open + (trimsBefore ? 3 : 2), close)
    trimsNext = /\s-$/.test(inner)
    found.push({ kind: 'action', text: (trimsNext ? inner.slice(0, -1) : inner).trim(), line: line(open) })
    rest = close + 2
  }
}

/** Where `}}` stands, outside of strings and comments. */
function endOfAction(template: string, from: number): number {
  const comment = /^-?\s*\/\*/.exec(template.slice(from, from + 20))
  if (comment !== null) {
    const end = template.indexOf('*/', from)
    const close = template.indexOf('}}', end)
    return end > 0 && /^\*\/(\s-)?$/.test(template.slice(end, close)) ? close : -1
  }
  for (let at = from; at < template.length; at++) {
    if (template[at] === '"') {
      for (at++; at < template.length && template[at] !== '"'; at++) if (template[at] === '\\') at++
    } else if (template.startsWith('}}', at)) return at
  }
  return -1
}

const TOKEN =
  /\s*(?:(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)(?![\w.])|(?<variable>\$\w*)(?<path>(?:\.\w+)*)|(?<field>(?:\.\w+)+|\.)|(?<word>\w+)|(?<sign>:=|=|[()|,]))/y

/** The tokens of one action. Faults: Failure `chart_invalid` that names template and line. */
export function tokens(name: string, { text, line }: Piece): Token[] {
  const found: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex
    const groups = TOKEN.exec(text)?.groups
    if (groups === undefined) throw invalid(name, line, JSON.stringify(text.slice(at)), 'an expression')
    found.push(tokenOf(groups))
  }
  return found
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token {
  const { string, number, variable, path = '', field, word, sign } = groups
  if (string !== undefined) return { kind: 'value', value: JSON.parse(string) as string }
  if (number !== undefined) return { kind: 'value', value: Number(number) }
  if (variable !== undefined) return { kind: 'variable', name: variable, path: path.split('.').slice(1) }
  if (field !== undefined) return { kind: 'field', path: field.split('.').filter((part) => part !== '') }
  if (sign !== undefined) return { kind: 'sign', text: sign as '(' }
  const constants: Readonly<Record<string, unknown>> = { true: true, false: false, nil: null }
  return word! in constants ? { kind: 'value', value: constants[word!] } : { kind: 'word', text: word! }
}

export function invalid(name: string, line: number, found: string, expected: string): Failure {
  return new Failure('chart_invalid', `Cannot render ${name} line ${line}: found ${found}, expected ${expected}`)
}
