import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A line of the launcher's log. */
export interface LaunchLine {
  readonly level: string
  readonly message: string
  readonly [field: string]: unknown
}

/** A launcher with its program, and what both say. */
export class Launched {
  readonly process: ChildProcess
  readonly lines: string[] = []
  readonly log: LaunchLine[] = []
  /** Exit code, or null and the signal. */
  readonly ended: Promise<[code: number | null, signal: string | null]>
  #onLine: (() => void) | null = null

  constructor(launcher: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.process = spawn(launcher, words, { stdio: ['ignore', 'pipe', 'pipe'], env })
    this.ended = once(this.process, 'exit') as Promise<[number | null, string | null]>
    createInterface(this.process.stdout!).on('line', (line) => {
      this.lines.push(line)
      this.#onLine?.()
    })
    createInterface(this.process.stderr!).on('line', (line) => {
      // Reports of the sanitizers are no JSON; a test that looks at the log sees them.
      const isJson = line.startsWith('{')
      this.log.push(isJson ? (JSON.parse(line) as LaunchLine) : { level: 'error', message: line })
      this.#onLine?.()
    })
  }

  /** The line of standard output with that number, once it is there. */
  async line(number: number): Promise<string> {
    await this.until(() => this.lines.length > number)
    return this.lines[number]!
  }

  /** Resolves when `is` holds, asked after each line. */
  async until(is: () => boolean): Promise<void> {
    while (!is()) await new Promise<void>((resolve) => (this.#onLine = resolve))
  }
}
