/** Members by key, each key with a set of them. */
export class KeyIndex {
  readonly #members = new Map<string, Set<string>>()

  add(key: string, member: string): void {
    const known = this.#members.get(key)
    if (known === undefined) this.#members.set(key, new Set([member]))
    else known.add(member)
  }

  remove(key: string, member: string): void {
    const known = this.#members.get(key)
    if (known?.delete(member) === true && known.size === 0) this.#members.delete(key)
  }

  /** A copy: it may be gone through while the index changes. */
  of(key: string): readonly string[] {
    return [...(this.#members.get(key) ?? [])]
  }

  has(key: string): boolean {
    return this.#members.has(key)
  }
}
