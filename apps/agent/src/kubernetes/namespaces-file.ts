import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import { replaceFile } from './atomic-file.ts'

/**
 * The list that the CNI plugin reads while there is no agent: namespaces whose pods wait, one a line. Written when it
 * changes; a list that cannot be written is told and stays as it was.
 */
export class NamespacesFile {
  readonly #path: string
  readonly #log: Logger
  #written: string | null = null
  #wanted = ''
  /** Why the list on disk is not the one wanted, '' when it is. */
  trouble = ''

  constructor(path: string, log: Logger) {
    this.#path = path
    this.#log = log
  }

  write(names: readonly string[]): void {
    this.#wanted = names.map((name) => `${name}\n`).join('')
    this.#write()
  }

  /** Writes what could not be written. */
  retry(): void {
    if (this.trouble !== '') this.#write()
  }

  #write(): void {
    if (this.#wanted === this.#written) return
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o755 })
      replaceFile(this.#path, this.#wanted, 0o644)
      this.#written = this.#wanted
      this.trouble = ''
    } catch (error) {
      const trouble = `cannot write the namespaces of the mesh to ${this.#path}: ${describeError(error)}`
      if (trouble !== this.trouble) this.#log.error('namespaces file', { trouble })
      this.trouble = trouble
    }
  }
}
