import { Failure } from '@weft/faults'
import { DEPTH_MAX, PATTERN_CHARS_MAX, REPEAT_MAX } from './limits.ts'
import { ANY, complement, DIGIT, foldCase, SPACE, WORD, type Node, type Ranges } from './syntax.ts'

/**
 * Reads a pattern: literals, `.`, classes, `\d \w \s` and their opposites, groups (capturing or not: nothing is
 * captured), `|`, `* + ? {n,m}` (also lazy, which means the same here), `^ $ \A \z`, escapes `\n \t \r \f \v \xHH
 * \x{H…} \0`, and `(?i)` at the beginning. What can't be matched in linear time or is not understood is refused:
 * back-references, lookaround, `\b`, `\p`, other flags.
 *
 * Faults: Failure `pattern` with the offset and what was expected. Source: RE2 syntax, the part named above.
 */
export function parsePattern(text: string): Node {
  if (text.length > PATTERN_CHARS_MAX) {
    throw new Failure(
      'pattern',
      `Cannot compile pattern of ${text.length} characters: expected at most ${PATTERN_CHARS_MAX}`,
    )
  }
  return new Parser(text).parse()
}

const CONTROL: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, 0: 0 }
const CLASSES: Readonly<Record<string, Ranges>> = {
  d: DIGIT,
  w: WORD,
  s: SPACE,
  D: complement(DIGIT),
  W: complement(WORD),
  S: complement(SPACE),
}

class Parser {
  readonly #text: string
  #at = 0
  #depth = 0
  #ignoresCase = false

  constructor(text: string) {
    this.#text = text
  }

  parse(): Node {
    this.#ignoresCase = this.#take('(?i)')
    const node = this.#either()
    if (this.#at < this.#text.length) this.#refuse('an open parenthesis before this one')
    return node
  }

  #either(): Node {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    return options.length === 1 ? options[0]! : { type: 'either', options }
  }

  #sequence(): Node {
    const parts: Node[] = []
    while (this.#at < this.#text.length && !this.#sees('|') && !this.#sees(')')) parts.push(this.#repeated())
    return parts.length === 1 ? parts[0]! : parts.length === 0 ? { type: 'empty' } : { type: 'sequence', parts }
  }

  #repeated(): Node {
    const part = this.#atom()
    const bounds = this.#bounds()
    if (bounds === null) return part
    this.#take('?')
    const after = this.#text[this.#at]
    if (after === '*' || after === '+' || after === '?' || this.#counted() !== null)
      this.#refuse('one repetition, not two')
    return { type: 'repeat', part, min: bounds[0], max: bounds[1] }
  }

  #bounds(): [min: number, max: number] | null {
    if (this.#take('*')) return [0, -1]
    if (this.#take('+')) return [1, -1]
    if (this.#take('?')) return [0, 1]
    const counted = this.#counted()
    if (counted === null) return null
    const min = Number(counted[1])
    const max = counted[2] === undefined ? min : counted[3] === '' ? -1 : Number(counted[3])
    if (min > REPEAT_MAX || max > REPEAT_MAX || (max >= 0 && max < min)) {
      this.#refuse(`a repetition {n,m} with n up to m and both up to ${REPEAT_MAX}`)
    }
    this.#at += counted[0].length
    return [min, max]
  }

  #counted(): RegExpExecArray | null {
    return this.#sees('{') ? /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(this.#text.slice(this.#at, this.#at + 24)) : null
  }

  #atom(): Node {
    const char = this.#text[this.#at]!
    switch (char) {
      case '(':
        return this.#group()
      case '[':
        return { type: 'class', ranges: this.#class() }
      case '.':
        this.#at++
        return { type: 'class', ranges: ANY }
      case '^':
        this.#at++
        return { type: 'start' }
      case '$':
        this.#at++
        return { type: 'end' }
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        return this.#refuse('something to repeat before it')
      default:
        this.#at++
        return this.#classOf([[char.charCodeAt(0), char.charCodeAt(0)]])
    }
  }

  #group(): Node {
    this.#at++
    if (this.#sees('?') && !this.#take('?:') && !this.#takeName())
      this.#refuse('(?: or (?<name>: no flags, no lookaround')
    if (++this.#depth > DEPTH_MAX) this.#refuse(`at most ${DEPTH_MAX} groups within each other`)
    const node = this.#either()
    this.#depth--
    if (!this.#take(')')) this.#refuse('a closing parenthesis')
    return node
  }

  #takeName(): boolean {
    const name = /^\?P?<[A-Za-z_]\w*>/.exec(this.#text.slice(this.#at))
    if (name === null) return false
    this.#at += name[0].length
    return true
  }

  #escape(): Node {
    if (this.#take('\\A')) return { type: 'start' }
    if (this.#take('\\z')) return { type: 'end' }
    const ranges = CLASSES[this.#text[this.#at + 1] ?? '']
    if (ranges !== undefined) {
      this.#at += 2
      return { type: 'class', ranges }
    }
    const code = this.#escapedCode()
    return this.#classOf([[code, code]])
  }

  /** One escaped character, inside a class or out. */
  #escapedCode(): number {
    const hex = /^\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,4})\})/.exec(this.#text.slice(this.#at, this.#at + 9))
    if (hex !== null) {
      this.#at += hex[0].length
      return Number.parseInt(hex[1] ?? hex[2]!, 16)
    }
    const char = this.#text[this.#at + 1]
    if (char === undefined) this.#refuse('a character after the backslash')
    const control = CONTROL[char]
    if (control === undefined && /[A-Za-z0-9]/.test(char)) this.#refuse(`a known escape, not \\${char}`)
    this.#at += 2
    return control ?? char.charCodeAt(0)
  }

  #class(): Ranges {
    this.#at++
    const isNegated = this.#take('^')
    const ranges: (readonly [number, number])[] = []
    for (let isFirst = true; isFirst || !this.#sees(']'); isFirst = false) {
      if (this.#at >= this.#text.length) this.#refuse('a closing bracket')
      if (this.#sees('[:')) this.#refuse('ranges, not a named class')
      const named = this.#sees('\\') ? CLASSES[this.#text[this.#at + 1] ?? ''] : undefined
      if (named !== undefined) {
        this.#at += 2
        ranges.push(...named)
        continue
      }
      ranges.push(this.#range())
    }
    this.#at++
    const folded = this.#ignoresCase ? foldCase(ranges) : ranges
    return isNegated ? complement(folded) : folded
  }

  #range(): readonly [number, number] {
    const low = this.#classCode()
    if (!this.#sees('-') || this.#text[this.#at + 1] === ']' || this.#at + 1 >= this.#text.length) return [low, low]
    this.#at++
    const high = this.#classCode()
    if (high < low) this.#refuse('a range that goes up')
    return [low, high]
  }

  #classCode(): number {
    return this.#sees('\\') ? this.#escapedCode() : this.#text.charCodeAt(this.#at++)
  }

  #classOf(ranges: Ranges): Node {
    return { type: 'class', ranges: this.#ignoresCase ? foldCase(ranges) : ranges }
  }

  #sees(text: string): boolean {
    return this.#text.startsWith(text, this.#at)
  }

  #take(text: string): boolean {
    if (!this.#sees(text)) return false
    this.#at += text.length
    return true
  }

  #refuse(expected: string): never {
    throw new Failure(
      'pattern',
      `Cannot compile pattern ${JSON.stringify(this.#text)} at offset ${this.#at}: expected ${expected}`,
    )
  }
}
