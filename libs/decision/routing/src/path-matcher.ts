import { compilePattern, type Pattern } from '@weft/pattern'
import type { StringMatch } from '@weft/traffic'

/** Whether the first `length` characters of a request target (its path, without the query) are as wanted. */
export interface PathMatcher {
  matches(target: string, length: number): boolean
}

/**
 * The matcher of a path: `exact`, `prefix` by path elements (`/a` meets `/a` and `/a/b`, not `/ab`; a slash at its end
 * means nothing), `regex` over the whole path. The path is compared as it came: routing never normalises, so that what
 * was matched is what is sent on. Authorization, where a spelling must not get around a rule, does so by itself.
 *
 * Faults: Failure `pattern` when the regex is refused. Source: Gateway API HTTPPathMatch.
 */
export function compilePath(match: StringMatch): PathMatcher {
  switch (match.type) {
    case 'exact':
      return new ExactPath(match.value)
    case 'prefix':
      return new PrefixPath(match.value)
    case 'regex':
      return new PatternPath(compilePattern(match.value))
  }
}

class ExactPath implements PathMatcher {
  readonly #wanted: string

  constructor(wanted: string) {
    this.#wanted = wanted
  }

  matches(target: string, length: number): boolean {
    return length === this.#wanted.length && target.startsWith(this.#wanted)
  }
}

class PrefixPath implements PathMatcher {
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix
  }

  matches(target: string, length: number): boolean {
    const end = this.#prefix.length
    // `/` takes everything, `*` of an OPTIONS request included.
    if (end === 0) return true
    if (length < end || !target.startsWith(this.#prefix)) return false
    return length === end || target.charCodeAt(end) === 47
  }
}

class PatternPath implements PathMatcher {
  readonly #pattern: Pattern

  constructor(pattern: Pattern) {
    this.#pattern = pattern
  }

  matches(target: string, length: number): boolean {
    return this.#pattern.matches(length === target.length ? target : target.slice(0, length))
  }
}
