import { invalid, pieces, tokens, type Piece, type Token } from './tokens.ts'

/** A function with its arguments, a value, or a field of something. */
export type Expression =
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'field'; readonly of: string; readonly path: readonly string[] }
  | { readonly kind: 'method'; readonly of: Expression; readonly name: string; readonly args: readonly Expression[] }

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly value: Expression; readonly line: number }
  | { readonly kind: 'set'; readonly name: string; readonly value: Expression; readonly line: number }
  | {
      readonly kind: 'if' | 'with' | 'range'
      readonly value: Expression
      /** Variables of a range: key and value, or the value alone. */
      readonly names: readonly string[]
      readonly body: readonly Node[]
      readonly otherwise: readonly Node[]
      readonly line: number
    }

/** A template file read: what it prints, and the templates that it defines for others. */
export interface ParsedTemplate {
  readonly nodes: readonly Node[]
  readonly defined: ReadonlyMap<string, readonly Node[]>
}

/** Reads one template. Faults: Failure `chart_invalid` that names it and the line. */
export function parseTemplate(name: string, template: string): ParsedTemplate {
  const parser = new TemplateParser(name, pieces(name, template))
  return { nodes: parser.nodes([]).nodes, defined: parser.defined }
}

class TemplateParser {
  readonly defined = new Map<string, readonly Node[]>()
  readonly #name: string
  readonly #pieces: readonly Piece[]
  #at = 0

  constructor(name: string, all: readonly Piece[]) {
    this.#name = name
    this.#pieces = all
  }

  /** Up to one of the words in `ends`, which is given with what follows it. */
  nodes(ends: readonly string[]): { nodes: Node[]; end: string; rest: readonly Token[]; line: number } {
    const nodes: Node[] = []
    for (; this.#at < this.#pieces.length; this.#at++) {
      const piece = this.#pieces[this.#at]!
      const { line } = piece
      if (piece.kind === 'text') {
        if (piece.text !== '') nodes.push({ kind: 'text', text: piece.text })
        continue
      }
      if (piece.text.startsWith('/*')) continue
      const [first, ...rest] = tokens(this.#name, piece)
      const word = first?.kind === 'word' ? first.text : ''
      if (ends.includes(word)) {
        this.#at++
        return { nodes, end: word, rest, line }
      }
      if (word === 'if' || word === 'with' || word === 'range') nodes.push(this.#block(word, rest, line))
      else if (word === 'define') this.#define(rest, line)
      else if (word === 'end' || word === 'else') throw invalid(this.#name, line, word, 'a block that it belongs to')
      else nodes.push(this.#statement(first === undefined ? rest : [first, ...rest], line))
    }
    if (ends.length > 0) throw invalid(this.#name, this.#pieces.at(-1)!.line, 'the end of the file', ends.join(' or '))
    return { nodes, end: '', rest: [], line: 0 }
  }

  #block(kind: 'if' | 'with' | 'range', head: readonly Token[], line: number): Node {
    this.#at++
    const { names, value } =
      kind === 'range' ? this.#rangeHead(head, line) : { names: [], value: this.#expression(head, line) }
    const body = this.nodes(['else', 'end'])
    let otherwise: readonly Node[] = []
    if (body.end === 'else') {
      const [next, ...rest] = body.rest
      if (next?.kind === 'word' && next.text === 'if') {
        this.#at--
        otherwise = [this.#block('if', rest, body.line)]
        return { kind, value, names, body: body.nodes, otherwise, line }
      }
      otherwise = this.nodes(['end']).nodes
    }
    this.#at--
    return { kind, value, names, body: body.nodes, otherwise, line }
  }

  #rangeHead(head: readonly Token[], line: number): { names: string[]; value: Expression } {
    const at = head.findIndex((token) => token.kind === 'sign' && token.text === ':=')
    const names = head.slice(0, Math.max(0, at)).flatMap((token) => (token.kind === 'variable' ? [token.name] : []))
    return { names, value: this.#expression(head.slice(at + 1), line) }
  }

  #define([name]: readonly Token[], line: number): void {
    if (name?.kind !== 'value') throw invalid(this.#name, line, 'no name', 'a name in quotes after define')
    this.#at++
    this.defined.set(String(name.value), this.nodes(['end']).nodes)
    this.#at--
  }

  #statement(all: readonly Token[], line: number): Node {
    const [first, sign, ...rest] = all
    const isSet = first?.kind === 'variable' && sign?.kind === 'sign' && (sign.text === ':=' || sign.text === '=')
    if (isSet) return { kind: 'set', name: first.name, value: this.#expression(rest, line), line }
    return { kind: 'output', value: this.#expression(all, line), line }
  }

  /** A pipeline: each stage takes the one before as its last argument. */
  #expression(all: readonly Token[], line: number): Expression {
    const rest = [...all]
    const result = this.#pipeline(rest, line)
    if (rest.length > 0) throw invalid(this.#name, line, 'something after the expression', 'its end')
    return result
  }

  #pipeline(rest: Token[], line: number): Expression {
    let result = this.#command(rest, line)
    while (isSign(rest[0], '|')) {
      rest.shift()
      const next = this.#command(rest, line)
      if (next.kind !== 'call') throw invalid(this.#name, line, 'a value after |', 'a function')
      result = { ...next, args: [...next.args, result] }
    }
    return result
  }

  #command(rest: Token[], line: number): Expression {
    const first = rest[0]
    const head = first?.kind === 'word' ? null : this.#term(rest, line)
    if (first?.kind === 'word') rest.shift()
    const args: Expression[] = []
    while (rest.length > 0 && !isSign(rest[0], '|') && !isSign(rest[0], ')')) args.push(this.#term(rest, line))
    if (first?.kind === 'word') return { kind: 'call', name: first.text, args }
    if (args.length === 0) return head!
    if (head?.kind !== 'field' || head.path.length === 0)
      throw invalid(this.#name, line, 'a value before others', 'a function')
    return { kind: 'method', of: { ...head, path: head.path.slice(0, -1) }, name: head.path.at(-1)!, args }
  }

  #term(rest: Token[], line: number): Expression {
    const token = rest.shift()
    if (token?.kind === 'value') return token
    if (token?.kind === 'field') return { kind: 'field', of: '.', path: token.path }
    if (token?.kind === 'variable') return { kind: 'field', of: token.name, path: token.path }
    if (token?.kind === 'word') return { kind: 'call', name: token.text, args: [] }
    if (!isSign(token, '(')) throw invalid(this.#name, line, 'nothing', 'a value')
    const inner = this.#pipeline(rest, line)
    if (!isSign(rest.shift(), ')')) throw invalid(this.#name, line, 'no ")"', 'one')
    return inner
  }
}

function isSign(token: Token | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text
}
