import type { PathChange, RouteMatch } from '@weft/traffic'

/** Makes the target that a request gets from the one it came with: another path, the same query. */
export class PathChanger {
  readonly #isFull: boolean
  /** Without a slash at its end, but for a full path. */
  readonly #value: string
  /** How many characters of the path the new ones stand for. */
  readonly #prefixLength: number

  /**
   * `match` is the one that the request met: a change of a prefix replaces what a path prefix in it names, or nothing
   * when it names none. Source: Gateway API, HTTPPathModifier.
   */
  constructor(change: PathChange, match: RouteMatch | null) {
    this.#isFull = change.type === 'full'
    this.#value = this.#isFull ? change.value : withoutSlash(change.value)
    const prefix = match?.path?.type === 'prefix' ? match.path.value : ''
    this.#prefixLength = withoutSlash(prefix).length
  }

  /** Of `target` the first `pathLength` characters are the path; it begins with the prefix. */
  change(target: string, pathLength: number): string {
    // An OPTIONS request for the server as a whole has no path.
    if (target === '*') return target
    const query = target.slice(pathLength)
    if (this.#isFull) return this.#value + query
    const rest = target.slice(this.#prefixLength, pathLength)
    const path = rest === '' || rest.startsWith('/') ? this.#value + rest : `${this.#value}/${rest}`
    return (path === '' ? '/' : path) + query
  }
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text
}
