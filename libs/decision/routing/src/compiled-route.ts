import type { Random } from '@weft/time'
import type { NamedMatch, Route, RouteMatch, RouteRule, WeightedBackend } from '@weft/traffic'
import { PathChanger } from './path-change.ts'
import { compilePath, type PathMatcher } from './path-matcher.ts'
import { queryValue } from './query.ts'
import { Redirector } from './redirect.ts'
import { compileText, type TextMatcher } from './text-matcher.ts'

/** What routing looks at; a RequestHead is one. */
export interface RoutableHead {
  readonly method: string
  /** Origin form with query. */
  readonly path: string
  readonly authority: string
  readonly headers: { get(name: string): string | null }
}

/** The rules of one service port, ready to be asked. Immutable; make a new one when the route changes. */
export class CompiledRoute {
  readonly route: Route
  readonly #rules: readonly CompiledRule[]

  /** Faults: Failure `pattern` when a regex of the route is refused. */
  constructor(route: Route) {
    this.route = route
    this.#rules = route.rules.map((rule) => new CompiledRule(rule))
  }

  /** The first rule that the request meets (they come in order of precedence), or null: then there is no route. */
  match(head: RoutableHead): CompiledRule | null {
    const query = head.path.indexOf('?')
    const pathLength = query < 0 ? head.path.length : query
    for (let i = 0; i < this.#rules.length; i++) {
      const rule = this.#rules[i]!
      if (rule.matches(head, pathLength)) return rule
    }
    return null
  }
}

/** One rule and its backends. */
export class CompiledRule {
  readonly rule: RouteRule
  /** Answers in place of a backend; null for most rules. */
  readonly redirect: Redirector | null
  /** Makes the path that the backend is asked for; null when it stays. */
  readonly pathChange: PathChanger | null
  readonly #matches: readonly CompiledMatch[]
  readonly #weightTotal: number

  constructor(rule: RouteRule) {
    this.rule = rule
    // Rules whose paths are changed by prefix come with one match each.
    const match = rule.matches[0] ?? null
    this.redirect = rule.redirect === null ? null : new Redirector(rule.redirect, match)
    const path = rule.rewrite?.path ?? null
    this.pathChange = path === null ? null : new PathChanger(path, match)
    this.#matches = rule.matches.map((match) => new CompiledMatch(match))
    this.#weightTotal = rule.backends.reduce((sum, backend) => sum + backend.weight, 0)
  }

  /** Any of its matches; a rule without one takes everything. */
  matches(head: RoutableHead, pathLength: number): boolean {
    if (this.#matches.length === 0) return true
    for (let i = 0; i < this.#matches.length; i++) if (this.#matches[i]!.matches(head, pathLength)) return true
    return false
  }

  /**
   * A backend in proportion to the weights. Null when the rule has none or all weigh 0; like a backend whose `service`
   * is '' that is answered with 500. Source: Gateway API HTTPBackendRef.
   */
  chooseBackend(random: Random): WeightedBackend | null {
    return chooseWeighted(this.rule.backends, this.#weightTotal, random)
  }
}

/** A backend in proportion to the weights, of a list that was not prepared: for once per connection. Null when all weigh 0. */
export function chooseBackend(backends: readonly WeightedBackend[], random: Random): WeightedBackend | null {
  let total = 0
  for (let i = 0; i < backends.length; i++) total += backends[i]!.weight
  return chooseWeighted(backends, total, random)
}

function chooseWeighted(backends: readonly WeightedBackend[], total: number, random: Random): WeightedBackend | null {
  if (total <= 0) return null
  if (backends.length === 1) return backends[0]!
  let left = random() * total
  let last: WeightedBackend | null = null
  for (let i = 0; i < backends.length; i++) {
    const backend = backends[i]!
    if (backend.weight <= 0) continue
    left -= backend.weight
    if (left < 0) return backend
    last = backend
  }
  return last
}

class CompiledMatch {
  readonly #path: PathMatcher | null
  readonly #method: string
  readonly #headers: readonly NamedMatcher[]
  readonly #query: readonly NamedMatcher[]

  constructor(match: RouteMatch) {
    this.#path = match.path === null ? null : compilePath(match.path)
    this.#method = match.method
    this.#headers = match.headers.map(compileNamed)
    this.#query = match.query.map(compileNamed)
  }

  matches(head: RoutableHead, pathLength: number): boolean {
    if (this.#method !== '' && this.#method !== head.method) return false
    if (this.#path !== null && !this.#path.matches(head.path, pathLength)) return false
    for (let i = 0; i < this.#headers.length; i++) {
      const { name, value } = this.#headers[i]!
      const found = name === 'host' ? head.authority : head.headers.get(name)
      if (found === null || !value.matches(found)) return false
    }
    for (let i = 0; i < this.#query.length; i++) {
      const { name, value } = this.#query[i]!
      const found = queryValue(head.path, pathLength, name)
      if (found === null || !value.matches(found)) return false
    }
    return true
  }
}

interface NamedMatcher {
  readonly name: string
  readonly value: TextMatcher
}

function compileNamed(match: NamedMatch): NamedMatcher {
  return { name: match.name, value: compileText(match.value) }
}
