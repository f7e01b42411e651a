/** Values by host name: whole names, `*.example.com` for every name below, '' for any. The most specific one is found. */
export class HostTable<Value> {
  readonly #exact = new Map<string, Value>()
  /** Without the star, longest first: `.example.com`. */
  readonly #suffixes: { readonly suffix: string; readonly value: Value }[] = []
  /** What is found whatever the host is, when nothing else is there. */
  readonly #any: Value | null
  readonly #isAnyOnly: boolean

  constructor(entries: readonly (readonly [hostname: string, value: Value])[]) {
    let any: Value | null = null
    for (const [hostname, value] of entries) {
      if (hostname === '') any = value
      else if (hostname.startsWith('*.')) this.#suffixes.push({ suffix: hostname.slice(1), value })
      else this.#exact.set(hostname, value)
    }
    this.#suffixes.sort((a, b) => b.suffix.length - a.suffix.length)
    this.#any = any
    this.#isAnyOnly = entries.length === 1 && any !== null
  }

  /** For a host with or without port, in any case. Allocates nothing when only '' is there. */
  find(authority: string): Value | null {
    if (this.#isAnyOnly) return this.#any
    const known = this.#exact.get(authority)
    if (known !== undefined) return known
    const name = hostOf(authority)
    const exact = this.#exact.get(name)
    if (exact !== undefined) return exact
    for (let i = 0; i < this.#suffixes.length; i++) {
      const { suffix, value } = this.#suffixes[i]!
      if (name.length > suffix.length && name.endsWith(suffix)) return value
    }
    return this.#any
  }

  values(): Value[] {
    const rest = this.#any === null ? [] : [this.#any]
    return [...this.#exact.values(), ...this.#suffixes.map(({ value }) => value), ...rest]
  }
}

/** Without port and final dot, in lower case. */
function hostOf(authority: string): string {
  const colon = authority.endsWith(']') ? -1 : authority.lastIndexOf(':')
  const host = colon < 0 ? authority : authority.slice(0, colon)
  return (host.endsWith('.') ? host.slice(0, -1) : host).toLowerCase()
}
