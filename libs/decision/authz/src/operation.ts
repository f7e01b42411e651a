import { Failure } from '@weft/faults'
import { compilePath, compileText, type PathMatcher, type TextMatcher } from '@weft/routing'
import type { NamedMatch, OperationMatch, StringMatch } from '@weft/traffic'
import { lenientPath, NormalPath, normalizePath } from './normal-path.ts'

/** One request; a RequestHead has method, path and headers. */
export interface RequestView {
  readonly method: string
  readonly path: string
  readonly headers: { getAll(name: string): readonly string[] }
}

/** The path of the request being decided, in the spellings that rules look at, each made when first asked for. */
export class PathView {
  readonly #normal = new NormalPath()
  #target: string | null = null
  #folded: string | null = null
  #bare: string | null = null

  /** Points it at another request. */
  set(target: string): void {
    this.#target = target
    this.#folded = null
    this.#bare = null
  }

  get normal(): NormalPath {
    if (this.#target !== null) normalizePath(this.#target, this.#normal)
    this.#target = null
    return this.#normal
  }

  /** Lower case. */
  get folded(): string {
    return (this.#folded ??= this.normal.path.toLowerCase())
  }

  /** As the least exact of servers reads it. */
  get bare(): string {
    return (this.#bare ??= lenientPath(this.folded))
  }
}

/**
 * The `to` of one rule. DENY rules are compiled to meet every spelling that a server might take for the same thing: method
 * and path regardless of case, a path with or without a slash at its end, any of several values of a header. ALLOW rules meet exactly what they say, and all values.
 */
export class OperationMatcher {
  readonly #clauses: readonly OperationClause[]

  /** Faults: Failure `policy` for a path that is ambiguous itself, `pattern` for a refused regex. */
  constructor(to: readonly OperationMatch[], isDeny: boolean, rule: string) {
    this.#clauses = to.map((match) => new OperationClause(match, isDeny, rule))
  }

  /** What is known at the connection: `maybe` when it depends on the request. */
  matchesConnection(port: number): 'yes' | 'no' | 'maybe' {
    if (this.#clauses.length === 0) return 'yes'
    let answer: 'no' | 'maybe' = 'no'
    for (let i = 0; i < this.#clauses.length; i++) {
      const clause = this.#clauses[i]!
      if (!clause.matchesPort(port)) continue
      if (!clause.needsRequest) return 'yes'
      answer = 'maybe'
    }
    return answer
  }

  matchesRequest(port: number, request: RequestView, path: PathView): boolean {
    if (this.#clauses.length === 0) return true
    for (let i = 0; i < this.#clauses.length; i++) {
      const clause = this.#clauses[i]!
      if (clause.matchesPort(port) && clause.matchesRequest(request, path)) return true
    }
    return false
  }
}

class OperationClause {
  readonly needsRequest: boolean
  readonly #isDeny: boolean
  readonly #ports: readonly number[]
  readonly #methods: readonly string[]
  readonly #paths: readonly PathMatcher[]
  readonly #headers: readonly { readonly name: string; readonly value: TextMatcher }[]

  constructor(match: OperationMatch, isDeny: boolean, rule: string) {
    this.#isDeny = isDeny
    this.#ports = match.ports
    this.#methods = isDeny ? match.methods.map((method) => method.toUpperCase()) : match.methods
    this.#paths = match.paths.flatMap((path) => spellingsOf(path, isDeny, rule).map(compilePath))
    this.#headers = match.headers.map((header: NamedMatch) => ({ name: header.name, value: compileText(header.value) }))
    this.needsRequest = match.methods.length + match.paths.length + match.headers.length > 0
  }

  matchesPort(port: number): boolean {
    return this.#ports.length === 0 || this.#ports.includes(port)
  }

  matchesRequest(request: RequestView, path: PathView): boolean {
    if (this.#methods.length > 0 && !this.#meetsMethod(request.method)) return false
    if (this.#paths.length > 0 && !this.#meetsPath(path)) return false
    for (let i = 0; i < this.#headers.length; i++) {
      const { name, value } = this.#headers[i]!
      if (!this.#meetsHeader(request.headers.getAll(name), value)) return false
    }
    return true
  }

  #meetsMethod(method: string): boolean {
    return this.#methods.includes(this.#isDeny ? method.toUpperCase() : method)
  }

  #meetsPath(view: PathView): boolean {
    if (view.normal.isAmbiguous) return this.#isDeny
    for (let i = 0; i < this.#paths.length; i++) {
      const wanted = this.#paths[i]!
      if (!this.#isDeny) {
        if (wanted.matches(view.normal.path, view.normal.path.length)) return true
      } else if (wanted.matches(view.folded, view.folded.length) || wanted.matches(view.bare, view.bare.length))
        return true
    }
    return false
  }

  #meetsHeader(values: readonly string[], wanted: TextMatcher): boolean {
    let met = 0
    for (let i = 0; i < values.length; i++) if (wanted.matches(values[i]!)) met++
    return this.#isDeny ? met > 0 : met > 0 && met === values.length
  }
}

/** The wanted path in the spellings that requests are compared in. */
function spellingsOf(match: StringMatch, isDeny: boolean, rule: string): StringMatch[] {
  if (match.type === 'regex') {
    const isFolded = !isDeny || match.value.startsWith('(?i)')
    return [isFolded ? match : { type: 'regex', value: `(?i)${match.value}` }]
  }
  const normal = new NormalPath()
  normalizePath(asRequested(match.value), normal)
  if (normal.isAmbiguous || match.value.includes('?')) {
    throw new Failure(
      'policy',
      `Cannot compile ${rule}: path ${JSON.stringify(match.value)}: expected a path that begins with / and has one meaning`,
    )
  }
  if (!isDeny) return [{ type: match.type, value: normal.path }]
  const folded = normal.path.toLowerCase()
  if (match.type === 'prefix' || folded === '/' || folded === '*') return [{ type: match.type, value: folded }]
  // Most servers answer /admin and /admin/ alike.
  const bare = folded.endsWith('/') ? folded.slice(0, -1) : folded
  return [
    { type: 'exact', value: bare },
    { type: 'exact', value: `${bare}/` },
  ]
}

/** In a policy a letter beyond ASCII is that letter; a request has it encoded. Half a surrogate pair stays and is refused. */
function asRequested(path: string): string {
  try {
    // eslint-disable-next-line no-control-regex -- all of ASCII
    return path.replace(/[^\x00-\x7f]+/g, encodeURIComponent)
  } catch {
    return path
  }
}
