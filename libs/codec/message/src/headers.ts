import { equalsIgnoreCase } from '@weft/bytes'

/**
 * The fields of a message in order: name, value, name, value… Names keep the case they came with (HTTP/1) or are lower
 * case (HTTP/2); every lookup ignores case. A flat array: one object however many fields there are.
 */
export class HeaderList {
  readonly flat: string[]
  /** Lower-case names that came marked never to be compressed, and must go on so (RFC 7541 6.2.3); null for none. */
  sensitiveNames: string[] | null

  constructor(flat: string[] = []) {
    this.flat = flat
    this.sensitiveNames = null
  }

  get count(): number {
    return this.flat.length >> 1
  }

  append(name: string, value: string): void {
    this.flat.push(name, value)
  }

  /** The first value of `name`, or null. */
  get(name: string): string | null {
    const flat = this.flat
    for (let i = 0; i < flat.length; i += 2) if (equalsIgnoreCase(flat[i]!, name)) return flat[i + 1]!
    return null
  }

  has(name: string): boolean {
    return this.get(name) !== null
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
    this.#deleteFrom(name, 0)
  }

  copy(): HeaderList {
    const copy = new HeaderList(this.flat.slice())
    copy.sensitiveNames = this.sensitiveNames
    return copy
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
