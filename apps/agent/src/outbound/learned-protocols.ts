/** Ports that something was learned of; at most as many as can be addressed, and this. */
const LEARNED_MAX = 65_536

/**
 * What was found out about the protocol of ports that declare none, so that clients of HTTP are not kept waiting for an
 * upstream that is dialled for nothing. Every worker of the agent knows what one of them learned.
 */
export class LearnedProtocols {
  readonly #http = new Set<string>()
  readonly #tell: (key: string, isHttp: boolean) => void

  /** `tell` is told of everything that is new here. */
  constructor(tell: (key: string, isHttp: boolean) => void) {
    this.#tell = tell
  }

  isHttp(key: string): boolean {
    return this.#http.has(key)
  }

  learn(key: string, isHttp: boolean): void {
    if (this.take(key, isHttp)) this.#tell(key, isHttp)
  }

  /** Takes what another worker learned; true when it was not known here. */
  take(key: string, isHttp: boolean): boolean {
    if (this.#http.has(key) === isHttp) return false
    if (!isHttp) return this.#http.delete(key)
    if (this.#http.size >= LEARNED_MAX) return false
    this.#http.add(key)
    return true
  }

  keys(): IterableIterator<string> {
    return this.#http.values()
  }
}
