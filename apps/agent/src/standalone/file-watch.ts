import { statSync } from 'node:fs'
import type { Clock, Timer } from '@weft/time'

const POLL_MS = 250

/**
 * Tells when what files hold may have changed: written, replaced by rename, or behind a symbolic link that was turned, as
 * Kubernetes does with ConfigMaps. Looked at four times a second, which works on every file system and costs a stat each.
 *
 * A change is told once it has been the same twice, so that a file that is being written is not read halfway.
 */
export class FileWatch {
  readonly #clock: Clock
  readonly #changed: () => void
  /** By path, as last told or first seen. */
  #known = new Map<string, string>()
  #pending = ''
  #timer: Timer | null = null

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  /** These files from now on; those that are watched already keep what is known of them. */
  watch(paths: readonly string[]): void {
    this.#known = new Map(paths.map((path) => [path, this.#known.get(path) ?? signatureOf(path)]))
    this.#timer ??= this.#clock.after(POLL_MS, () => this.#poll())
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = null
  }

  #poll(): void {
    const now = [...this.#known.keys()].map((path) => [path, signatureOf(path)] as const)
    const isChanged = now.some(([path, signature]) => this.#known.get(path) !== signature)
    const text = isChanged ? now.map(([, signature]) => signature).join(' ') : ''
    const isSettled = isChanged && text === this.#pending
    this.#pending = text
    this.#timer = this.#clock.after(POLL_MS, () => this.#poll())
    if (!isSettled) return
    this.#known = new Map(now)
    this.#changed()
  }
}

/** What is different after every change that matters; '' while there is no such file. */
function signatureOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? '' : `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}`
}
