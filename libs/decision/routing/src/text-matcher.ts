import { compilePattern, type Pattern } from '@weft/pattern'
import type { StringMatch } from '@weft/traffic'

/** Whether a text is as wanted. Allocates nothing but what a pattern needs when it meets something new. */
export interface TextMatcher {
  matches(text: string): boolean
}

/**
 * The matcher of a header or query value: `exact`, `prefix` by characters, `regex` over the whole.
 * Faults: Failure `pattern` when the regex is refused.
 */
export function compileText(match: StringMatch): TextMatcher {
  switch (match.type) {
    case 'exact':
      return new ExactText(match.value)
    case 'prefix':
      return new PrefixText(match.value)
    case 'regex':
      return new PatternText(compilePattern(match.value))
  }
}

class ExactText implements TextMatcher {
  readonly #wanted: string

  constructor(wanted: string) {
    this.#wanted = wanted
  }

  matches(text: string): boolean {
    return text === this.#wanted
  }
}

class PrefixText implements TextMatcher {
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  matches(text: string): boolean {
    return text.startsWith(this.#prefix)
  }
}

class PatternText implements TextMatcher {
  readonly #pattern: Pattern

  constructor(pattern: Pattern) {
    this.#pattern = pattern
  }

  matches(text: string): boolean {
    return this.#pattern.matches(text)
  }
}
