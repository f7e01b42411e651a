import { SPAN_NUMBERS } from '@weft/message'
import type { Http1FaultCode, Http1Refusal } from './faults.ts'
import {
  badName,
  badOctet,
  bareCr,
  emptyStartLine,
  fieldLineTooLong,
  folded,
  startLineTooLong,
  tooLarge,
  tooManyFields,
} from './head-problems.ts'
import type { Http1Limits } from './limits.ts'
import { COLON, CR, DEL, HTAB, type Latin1Buffer, LF, LINE, octets, SP, TEXT, TOKEN } from './octets.ts'

/** What is scanned: a head that starts with a request line, with a status line, or trailers, which start with a field. */
export type HeadKind = 'request' | 'reply' | 'trailers'

const FIRST_OCTET = 0
const LEADING_LF = 1
const START_LINE = 2
const START_LF = 3
const LINE_BEGIN = 4
const FIELD_NAME = 5
const BEFORE_VALUE = 6
const FIELD_VALUE = 7
const VALUE_LF = 8
const LAST_LF = 9

/**
 * Finds the lines and fields of a head, however it is cut, and refuses every octet that may not stand where it stands.
 *
 * Holds positions only, relative to the first octet of the head; strings are made when the head is whole. Octets are
 * copied only when a head ends in a later chunk than it began. Each octet is looked at once, those of one line twice at most.
 * States: `more` → (`whole` | `malformed`); `begin` starts anew. Source: RFC 9112 sections 2.2, 3, 4 and 5.
 */
export class HeadScanner {
  outcome: 'more' | 'whole' | 'malformed'
  code: Http1FaultCode
  message: string
  /** The octets of a whole head lie in `bytes` from `base` to `base + size`. */
  bytes: Buffer
  base: number
  size: number
  startLineStart: number
  startLineEnd: number
  fieldCount: number
  /** {@link SPAN_NUMBERS} for each field; those of longer heads before may follow. */
  readonly spans: number[]
  /** Every field is a name, a colon, one space, its value and CR LF, as we would write it. */
  isCanonical: boolean
  readonly #limits: Http1Limits
  #kind: HeadKind
  #bytesMax: number
  #state: number
  #lineStart: number
  #heldBytes: number

  constructor(limits: Http1Limits) {
    this.outcome = 'more'
    this.code = 'truncated'
    this.message = ''
    this.bytes = nothing
    this.base = 0
    this.size = 0
    this.startLineStart = 0
    this.startLineEnd = 0
    this.fieldCount = 0
    this.spans = []
    this.isCanonical = true
    this.#limits = limits
    this.#kind = 'request'
    this.#bytesMax = limits.headBytesMax
    this.#state = FIRST_OCTET
    this.#lineStart = 0
    this.#heldBytes = 0
  }

  /** Forgets what was scanned and awaits the first octet of a head of that kind. */
  begin(kind: HeadKind): void {
    this.outcome = 'more'
    this.bytes = nothing
    this.base = 0
    this.size = 0
    this.startLineStart = 0
    this.startLineEnd = 0
    this.fieldCount = 0
    this.isCanonical = true
    this.#kind = kind
    this.#bytesMax = kind === 'trailers' ? this.#limits.trailerBytesMax : this.#limits.headBytesMax
    this.#state = kind === 'request' ? FIRST_OCTET : kind === 'reply' ? START_LINE : LINE_BEGIN
    this.#lineStart = 0
    this.#heldBytes = 0
  }

  /** Whether some octets of a head have come. */
  get hasBegun(): boolean {
    return this.size > 0
  }

  /**
   * Scans on in `bytes` from `from`. Returns how many of those octets belong to the head; all of them unless `outcome`
   * has become `whole` or `malformed`. `bytes` must stay unchanged until the head was used.
   */
  scan(bytes: Buffer, from: number): number {
    const before = this.size
    if (this.#heldBytes === 0) {
      this.bytes = bytes
      this.base = from
      this.#run(bytes.length)
      if (this.outcome === 'more') this.#hold(bytes, from)
    } else {
      this.#hold(bytes, from)
      this.#run(this.#heldBytes)
    }
    return this.size - before
  }

  /** The whole head as text, one character an octet. Positions in {@link spans} are positions in it. */
  text(): string {
    return (this.bytes as unknown as Latin1Buffer).latin1Slice(this.base, this.base + this.size)
  }

  /** Lets go of the octets of a head that was used, so that an idle connection keeps none. */
  release(): void {
    this.bytes = nothing
    this.#heldBytes = 0
  }

  #hold(bytes: Buffer, from: number): void {
    const count = Math.min(bytes.length - from, this.#bytesMax - this.#heldBytes)
    const needed = this.#heldBytes + count
    if (this.#heldBytes === 0 || needed > this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.min(Math.max(needed * 2, 512), this.#bytesMax))
      if (this.#heldBytes > 0) this.bytes.copy(grown, 0, 0, this.#heldBytes)
      this.bytes = grown
      this.base = 0
    }
    bytes.copy(this.bytes, this.#heldBytes, from, from + count)
    this.#heldBytes = needed
  }

  /** The state machine, over the octets up to `end`. Each case ends by naming the next state or by returning. */
  #run(end: number): void {
    const bytes = this.bytes
    const base = this.base
    const stop = Math.min(end, base + this.#bytesMax)
    let i = base + this.size
    while (i < stop) {
      switch (this.#state) {
        case FIRST_OCTET:
          this.#state = START_LINE
          if (bytes[i] !== CR) break
          // RFC 9112 2.2: one empty line before a request line is forgiven.
          this.#state = LEADING_LF
          i++
          break
        case LEADING_LF:
          if (bytes[i] !== LF) return this.#refuse(bareCr(bytes[i]!, i - base), i)
          i++
          this.#lineStart = this.startLineStart = i - base
          this.#state = START_LINE
          break
        case START_LINE: {
          const flag = this.#kind === 'request' ? LINE : TEXT
          const lineStop = Math.min(stop, base + this.#lineStart + this.#limits.startLineBytesMax + 1)
          while (i < lineStop && (octets[bytes[i]!]! & flag) !== 0) i++
          if (i - base - this.#lineStart > this.#limits.startLineBytesMax)
            return this.#refuse(startLineTooLong(this.#limits.startLineBytesMax), i)
          if (i === stop) break
          if (bytes[i] !== CR) return this.#refuse(badOctet('bad_start_line', 'the start line', bytes[i]!, i - base), i)
          if (i - base === this.#lineStart) return this.#refuse(emptyStartLine(), i)
          this.startLineEnd = i - base
          this.#state = START_LF
          i++
          break
        }
        case START_LF:
          if (bytes[i] !== LF) return this.#refuse(bareCr(bytes[i]!, i - base), i)
          i++
          this.#state = LINE_BEGIN
          break
        case LINE_BEGIN:
          i = this.#runLines(i, stop)
          if (i === stop) break
          this.#lineStart = i - base
          if (bytes[i] === CR) {
            this.#state = LAST_LF
            i++
            break
          }
          if (bytes[i] === SP || bytes[i] === HTAB) return this.#refuse(folded(this.fieldCount === 0), i)
          if (this.fieldCount === this.#limits.fieldsMax) return this.#refuse(tooManyFields(this.#limits.fieldsMax), i)
          this.#state = FIELD_NAME
          break
        case FIELD_NAME: {
          const lineStop = Math.min(stop, base + this.#lineStart + this.#limits.fieldLineBytesMax + 1)
          while (i < lineStop && (octets[bytes[i]!]! & TOKEN) !== 0) i++
          if (i - base - this.#lineStart > this.#limits.fieldLineBytesMax)
            return this.#refuse(fieldLineTooLong(this.#limits.fieldLineBytesMax), i)
          if (i === stop) break
          if (bytes[i] !== COLON || i - base === this.#lineStart)
            return this.#refuse(badName(bytes[i]!, i - base === this.#lineStart), i)
          this.#setSpan(0, this.#lineStart)
          this.#setSpan(1, i - base)
          this.#state = BEFORE_VALUE
          i++
          break
        }
        case BEFORE_VALUE: {
          const lineStop = Math.min(stop, base + this.#lineStart + this.#limits.fieldLineBytesMax + 1)
          while (i < lineStop && (bytes[i] === SP || bytes[i] === HTAB)) i++
          if (i - base - this.#lineStart > this.#limits.fieldLineBytesMax)
            return this.#refuse(fieldLineTooLong(this.#limits.fieldLineBytesMax), i)
          if (i === stop) break
          this.#setSpan(2, i - base)
          this.#state = FIELD_VALUE
          break
        }
        case FIELD_VALUE: {
          const lineStop = Math.min(stop, base + this.#lineStart + this.#limits.fieldLineBytesMax + 1)
          while (i < lineStop && (octets[bytes[i]!]! & TEXT) !== 0) i++
          if (i - base - this.#lineStart > this.#limits.fieldLineBytesMax)
            return this.#refuse(fieldLineTooLong(this.#limits.fieldLineBytesMax), i)
          if (i === stop) break
          if (bytes[i] !== CR) return this.#refuse(badOctet('bad_field_value', 'a field value', bytes[i]!, i - base), i)
          this.#endValue(i)
          this.#state = VALUE_LF
          i++
          break
        }
        case VALUE_LF:
          if (bytes[i] !== LF) return this.#refuse(bareCr(bytes[i]!, i - base), i)
          i++
          this.fieldCount++
          this.#state = LINE_BEGIN
          break
        case LAST_LF:
          if (bytes[i] !== LF) return this.#refuse(bareCr(bytes[i]!, i - base), i)
          this.size = i + 1 - base
          this.outcome = 'whole'
          return
      }
    }
    this.size = i - base
    if (this.size === this.#bytesMax) this.#refuse(tooLarge(this.#kind === 'trailers', this.#bytesMax), i)
  }

  /**
   * Reads whole lines that are as we would write them, fast, up to the first that is not or that goes on beyond `stop`;
   * returns where that begins. The state machine reads it, or says what is wrong with it.
   */
  #runLines(from: number, stop: number): number {
    const bytes = this.bytes
    const base = this.base
    const spans = this.spans
    const { fieldsMax, fieldLineBytesMax } = this.#limits
    let at = this.fieldCount * SPAN_NUMBERS
    let lineStart = from
    while (at < fieldsMax * SPAN_NUMBERS) {
      let i = lineStart
      while (i < stop && (octets[bytes[i]!]! & TOKEN) !== 0) i++
      const nameEnd = i
      // The shortest that can follow: a colon, a space, a character, CR LF.
      if (nameEnd === lineStart || i + 4 >= stop || bytes[i] !== COLON || bytes[i + 1] !== SP) break
      const valueStart = i + 2
      i = valueStart
      let octet = bytes[i]!
      if (octet === SP || octet === HTAB) break
      while (octet >= SP ? octet !== DEL : octet === HTAB) {
        if (++i >= stop) break
        octet = bytes[i]!
      }
      if (i + 1 >= stop || octet !== CR || bytes[i + 1] !== LF || i === valueStart) break
      if (bytes[i - 1] === SP || bytes[i - 1] === HTAB || i - lineStart > fieldLineBytesMax) break
      spans[at] = lineStart - base
      spans[at + 1] = nameEnd - base
      spans[at + 2] = valueStart - base
      spans[at + 3] = i - base
      at += SPAN_NUMBERS
      lineStart = i + 2
    }
    this.fieldCount = at / SPAN_NUMBERS
    return lineStart
  }

  #setSpan(n: number, position: number): void {
    this.spans[this.fieldCount * SPAN_NUMBERS + n] = position
  }

  /** The value ended before `i`, white space left out. */
  #endValue(i: number): void {
    const at = this.fieldCount * SPAN_NUMBERS
    const start = this.base + this.spans[at + 2]!
    let end = i
    while (end > start && (this.bytes[end - 1] === SP || this.bytes[end - 1] === HTAB)) end--
    this.spans[at + 3] = end - this.base
    const nameEnd = this.base + this.spans[at + 1]!
    if (end !== i || start !== nameEnd + 2 || this.bytes[nameEnd + 1] !== SP) this.isCanonical = false
  }

  #refuse(refusal: Http1Refusal, i: number): void {
    this.outcome = 'malformed'
    this.code = refusal.code
    this.message = refusal.message
    this.size = i - this.base
  }
}

const nothing: Buffer = Buffer.alloc(0)
