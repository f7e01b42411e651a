import { equalsIgnoreCase } from '@weft/bytes'

/** Numbers that say where one field stands in the text of its head: start and end of the name, start and end of the value. */
export const SPAN_NUMBERS = 4

/**
 * The fields of a message in order. Names keep the case they came with (HTTP/1) or are lower case (HTTP/2); every lookup
 * ignores case.
 *
 * A list that was read as HTTP/1 is the text of its head and where the fields stand in it, until somebody asks for
 * {@link flat} or changes a field: most messages pass without a string for any of them.
 */
export class HeaderList {
  /** Lower-case names that came marked never to be compressed, and must go on so (RFC 7541 6.2.3); null for none. */
  sensitiveNames: string[] | null
  /** The fields once they are strings; while `#text` stands, those that were appended to it. */
  #flat: string[]
  #text: string
  #spans: readonly number[]

  constructor(flat: string[] = []) {
    this.sensitiveNames = null
    this.#flat = flat
    this.#text = ''
    this.#spans = noSpans
  }

  /**
   * Fields as they stand in `text`, each on a line `name: value` CR LF. {@link SPAN_NUMBERS} numbers in `spans` for each,
   * in order; a name of no length is no field. Both are the list's from now on.
   */
  static ofText(text: string, spans: readonly number[]): HeaderList {
    const list = new HeaderList()
    list.#text = text
    list.#spans = spans
    return list
  }

  /** Name, value, name, value… one array however many fields there are, which may be changed in place. */
  get flat(): string[] {
    if (this.#spans !== noSpans) this.#makeFlat()
    return this.#flat
  }

  get count(): number {
    return this.flat.length >> 1
  }

  append(name: string, value: string): void {
    this.#flat.push(name, value)
  }

  /** The first value of `name`, or null. */
  get(name: string): string | null {
    const text = this.#text
    const spans = this.#spans
    for (let i = 0; i < spans.length; i += SPAN_NUMBERS) {
      if (spans[i + 1]! - spans[i]! === name.length && standsAt(text, spans[i]!, name)) {
        return text.substring(spans[i + 2]!, spans[i + 3]!)
      }
    }
    const flat = this.#flat
    for (let i = 0; i < flat.length; i += 2) if (equalsIgnoreCase(flat[i]!, name)) return flat[i + 1]!
    return null
  }

  has(name: string): boolean {
    const text = this.#text
    const spans = this.#spans
    for (let i = 0; i < spans.length; i += SPAN_NUMBERS) {
      if (spans[i + 1]! - spans[i]! === name.length && standsAt(text, spans[i]!, name)) return true
    }
    const flat = this.#flat
    for (let i = 0; i < flat.length; i += 2) if (equalsIgnoreCase(flat[i]!, name)) return true
    return false
  }

  countOf(name: string): number {
    let count = 0
    const spans = this.#spans
    for (let i = 0; i < spans.length; i += SPAN_NUMBERS) {
      if (spans[i + 1]! - spans[i]! === name.length && standsAt(this.#text, spans[i]!, name)) count++
    }
    const flat = this.#flat
    for (let i = 0; i < flat.length; i += 2) if (equalsIgnoreCase(flat[i]!, name)) count++
    return count
  }

  /** Every value of `name`, in order. */
  getAll(name: string): string[] {
    const values: string[] = []
    const flat = this.flat
    for (let i = 0; i < flat.length; i += 2) if (equalsIgnoreCase(flat[i]!, name)) values.push(flat[i + 1]!)
    return values
  }

  /** Replaces all fields of that name by one, at the place of the first. */
  set(name: string, value: string): void {
    const flat = this.flat
    for (let i = 0; i < flat.length; i += 2) {
      if (!equalsIgnoreCase(flat[i]!, name)) continue
      flat[i + 1] = value
      this.#deleteFrom(name, i + 2)
      return
    }
    flat.push(name, value)
  }

  delete(name: string): void {
    if (this.has(name)) this.#deleteFrom(name, 0)
  }

  copy(): HeaderList {
    const copy = new HeaderList(this.#flat.slice())
    copy.#text = this.#text
    copy.#spans = this.#spans
    copy.sensitiveNames = this.sensitiveNames
    return copy
  }

  /**
   * The lines of the fields just as they were read, or null when the list was not read as text or was changed since.
   * What was appended is in {@link appended}.
   */
  get lines(): string | null {
    const spans = this.#spans
    if (spans === noSpans) return null
    let lines = ''
    let start = -1
    let end = -1
    for (let i = 0; i < spans.length; i += SPAN_NUMBERS) {
      const at = spans[i]!
      if (spans[i + 1]! === at) continue
      if (at !== end) {
        if (start >= 0) lines += this.#text.substring(start, end)
        start = at
      }
      end = spans[i + 3]! + LINE_END
    }
    return start < 0 ? lines : lines + this.#text.substring(start, end)
  }

  /** Names and values that were appended to what was read; all fields when {@link lines} is null. Not to be changed. */
  get appended(): readonly string[] {
    return this.#flat
  }

  #makeFlat(): void {
    const flat: string[] = []
    const text = this.#text
    const spans = this.#spans
    for (let i = 0; i < spans.length; i += SPAN_NUMBERS) {
      if (spans[i + 1]! === spans[i]!) continue
      flat.push(text.substring(spans[i]!, spans[i + 1]!), text.substring(spans[i + 2]!, spans[i + 3]!))
    }
    const added = this.#flat
    for (let i = 0; i < added.length; i++) flat.push(added[i]!)
    this.#flat = flat
    this.#text = ''
    this.#spans = noSpans
  }

  #deleteFrom(name: string, from: number): void {
    const flat = this.flat
    let write = from
    for (let read = from; read < flat.length; read += 2) {
      if (equalsIgnoreCase(flat[read]!, name)) continue
      flat[write] = flat[read]!
      flat[write + 1] = flat[read + 1]!
      write += 2
    }
    flat.length = write
  }
}

const noSpans: readonly number[] = Object.freeze([])
const LINE_END = 2

/** Whether `name` stands in `text` at `start`, regardless of case. */
function standsAt(text: string, start: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    let x = text.charCodeAt(start + i)
    let y = name.charCodeAt(i)
    if (x === y) continue
    if (x >= 65 && x <= 90) x += 32
    if (y >= 65 && y <= 90) y += 32
    if (x !== y) return false
  }
  return true
}
