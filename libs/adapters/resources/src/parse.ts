import { describeError } from '@weft/faults'
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseAllDocuments,
  Parser,
  visit,
} from 'yaml'
import { formatPath, type FieldProblem, type Problem, ResourceProblems } from './problem.ts'
import type { Place } from './kinds.ts'
import { type AnyResource, type ProxyResource, type Resource, resourceId } from './resource.ts'
import { findProblems, resourceFrom } from './validate.ts'

/** What a file may be at most. */
export interface ParseLimits {
  readonly charactersMax: number
  readonly resourcesMax: number
  /** How often aliases may repeat what they stand for, in one document. */
  readonly aliasesMax: number
  /** Maps and lists within each other. */
  readonly depthMax: number
}

/** What is wrong among resources that are right one by one; `path` is in the resource. */
export interface JointProblem extends FieldProblem {
  readonly resource: AnyResource
}

export const defaultParseLimits: ParseLimits = {
  charactersMax: 2 * 1024 * 1024,
  resourcesMax: 1000,
  aliasesMax: 100,
  depthMax: 64,
}

/**
 * Reads resources from YAML (any number of documents) or JSON, also a `List` of them, and checks them in full.
 *
 * Faults: ResourceProblems with everything that is wrong in the file, each with line, column, field, what was found and
 * what was expected. Source: YAML 1.2 core schema; a key given twice is refused, `<<` is no merge.
 */
export function parseResources(text: string, fileName: string, limits: Partial<ParseLimits> = {}): Resource[] {
  return new FileReader(text, fileName, 'mesh', { ...defaultParseLimits, ...limits }).read() as Resource[]
}

/** The same for the file of `weft proxy`, which must also hang together: `together` says what does not. */
export function parseProxyResources(
  text: string,
  fileName: string,
  together: (resources: readonly ProxyResource[]) => readonly JointProblem[],
): ProxyResource[] {
  const reader = new FileReader(text, fileName, 'proxy', defaultParseLimits)
  return reader.read((resources) => together(resources as ProxyResource[])) as ProxyResource[]
}

class FileReader {
  readonly #text: string
  readonly #source: string
  readonly #limits: ParseLimits
  readonly #lines = new LineCounter()
  readonly #problems: Problem[] = []
  readonly #place: Place
  readonly #found = new Map<string, AnyResource>()
  readonly #places = new Map<AnyResource, { readonly document: Document; readonly at: readonly (string | number)[] }>()

  constructor(text: string, source: string, place: Place, limits: ParseLimits) {
    this.#place = place
    this.#text = text
    this.#source = source
    this.#limits = limits
  }

  read(together: (resources: readonly AnyResource[]) => readonly JointProblem[] = () => []): AnyResource[] {
    for (const document of this.#documents()) {
      if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) continue
      const value = this.#valueOf(document)
      if (value !== undefined) this.#takeDocument(document, value)
    }
    if (this.#problems.length === 0 && this.#found.size === 0) {
      this.#refuse(0, '', 'found no resource, expected at least one with apiVersion, kind, metadata and spec')
    }
    if (this.#problems.length === 0) {
      for (const problem of together([...this.#found.values()])) {
        const { document, at } = this.#places.get(problem.resource)!
        this.#add(document, { ...problem, path: [...at, ...problem.path] })
      }
    }
    if (this.#problems.length > 0) {
      throw new ResourceProblems(this.#problems.toSorted((a, b) => a.line - b.line || a.column - b.column))
    }
    return [...this.#found.values()]
  }

  #documents(): readonly Document[] {
    const { charactersMax, resourcesMax } = this.#limits
    if (this.#text.length > charactersMax) {
      this.#refuse(0, '', `found ${this.#text.length} characters, expected at most ${charactersMax}`)
      return []
    }
    const tooDeep = deeperThan(this.#text, this.#limits.depthMax)
    if (tooDeep >= 0) {
      for (let at = 0; at >= 0 && at <= tooDeep; at = this.#text.indexOf('\n', at) + 1 || -1) this.#lines.addNewLine(at)
      this.#refuse(
        tooDeep,
        '',
        `found maps and lists nested deeper than ${this.#limits.depthMax}, expected fewer within each other`,
      )
      return []
    }
    try {
      const documents = parseAllDocuments(this.#text, {
        lineCounter: this.#lines,
        prettyErrors: false,
        uniqueKeys: false,
      })
      if (!Array.isArray(documents)) return []
      if (documents.length <= resourcesMax) return documents
      this.#refuse(0, '', `found ${documents.length} documents, expected at most ${resourcesMax}`)
    } catch (error) {
      // Other trouble is in `errors` of the documents.
      this.#refuse(0, '', `cannot be read as YAML: ${describeError(error)}, expected resources`)
    }
    return []
  }

  #valueOf(document: Document): unknown {
    // After the first error of a document the others are mostly its consequences.
    const error = document.errors[0] ?? document.warnings[0]
    if (error !== undefined) {
      this.#refuse(error.pos[0], '', `not YAML: ${error.message}`)
      return undefined
    }
    if (this.#hasDuplicateKeys(document)) return undefined
    try {
      return document.toJS({ maxAliasCount: this.#limits.aliasesMax })
    } catch (error) {
      this.#refuse(offsetOf(document.contents), '', `cannot be read: ${describeError(error)}`)
      return undefined
    }
  }

  /** Done here because the library compares every key with every other. */
  #hasDuplicateKeys(document: Document): boolean {
    const before = this.#problems.length
    visit(document, {
      Map: (_, { items }) => {
        const seen = new Set<string>()
        for (const { key } of items) {
          const name = isScalar(key) ? String(key.value) : null
          if (name === null)
            this.#refuse(offsetOf(key), '', 'found a key that is not text, expected the name of a field')
          else if (seen.has(name)) this.#refuse(offsetOf(key), name, 'found twice, expected each field once')
          else seen.add(name)
        }
      },
    })
    return this.#problems.length > before
  }

  #takeDocument(document: Document, value: unknown): void {
    const list = value as { apiVersion?: unknown; kind?: unknown; items?: unknown }
    if (typeof value !== 'object' || list.kind !== 'List') return this.#takeResource(document, [], value)
    const unknown = Object.keys(list).find((field) => !['apiVersion', 'kind', 'metadata', 'items'].includes(field))
    if (list.apiVersion !== 'v1' || !Array.isArray(list.items) || unknown !== undefined) {
      const path = unknown === undefined ? [] : [unknown]
      return this.#add(document, { path, message: 'expected a List with apiVersion v1, kind and items', isName: true })
    }
    const items: unknown[] = list.items
    if (items.length > this.#limits.resourcesMax) {
      return this.#add(document, {
        path: ['items'],
        message: `found ${items.length} items, expected at most ${this.#limits.resourcesMax}`,
      })
    }
    items.forEach((item, index) => this.#takeResource(document, ['items', index], item))
  }

  #takeResource(document: Document, at: readonly (string | number)[], value: unknown): void {
    const problems = findProblems(value, this.#place)
    for (const problem of problems) this.#add(document, { ...problem, path: [...at, ...problem.path] })
    if (problems.length > 0) return
    const resource = resourceFrom(value)
    const id = resourceId(resource)
    if (this.#found.has(id)) {
      this.#add(document, { path: [...at, 'metadata', 'name'], message: `found ${id} twice, expected each once` })
    }
    this.#found.set(id, resource)
    this.#places.set(resource, { document, at })
  }

  #add(document: Document, problem: FieldProblem): void {
    this.#refuse(locate(document, problem), formatPath(problem.path), problem.message)
  }

  #refuse(offset: number, field: string, message: string): void {
    const { line, col } = this.#lines.linePos(offset)
    this.#problems.push({ source: this.#source, line: Math.max(line, 1), column: Math.max(col, 1), field, message })
  }
}

/** Where nesting first is deeper than that, -1 when nowhere. What comes after reads recursively, and would run out of stack. */
function deeperThan(text: string, depthMax: number): number {
  const parser = new Parser()
  let depth = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme)) depth = 0
    depth = parser.stack.length
    // The document and the scalar at the end stand on the stack too.
    if (depth > depthMax + 2) return parser.offset
  }
  return -1
}

/** Where the field of a problem begins in the file; where what should contain it begins, when it is missing. */
function locate(document: Document, { path, isName }: FieldProblem): number {
  let node: unknown = document.contents
  let offset = offsetOf(node)
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (pair === undefined) return offset
      offset = offsetOf(pair.key, offset)
      if (isName && depth === path.length - 1) return offset
      node = pair.value
    } else if (isSeq(node)) node = node.items[Number(step)]
    else return offset
    offset = offsetOf(node, offset)
  }
  return offset
}

function offsetOf(node: unknown, otherwise = 0): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? otherwise) : otherwise
}
