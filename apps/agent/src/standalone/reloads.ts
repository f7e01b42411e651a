import { describeError, Failure } from '@weft/faults'
import { formatProblem, ResourceProblems } from '@weft/resources'
import type { FileWatch } from './file-watch.ts'

/** What is reloaded; a Standalone is one. */
export interface Reloadable {
  readonly files: readonly string[]
  reload(): Promise<boolean>
  describe(): string
}

/** Reloads one at a time, asked for by a signal or by a file that changed, and tells in one line what came of each. */
export class Reloads {
  readonly #file: string
  readonly #proxy: Reloadable
  readonly #watch: FileWatch
  readonly #say: (line: string) => void
  readonly #tell: (line: string) => void
  #running: Promise<void> | null = null
  #next: 'SIGHUP' | 'file' | null = null
  #isStopped = false

  constructor(
    file: string,
    proxy: Reloadable,
    watch: FileWatch,
    say: (line: string) => void,
    tell: (line: string) => void,
  ) {
    this.#file = file
    this.#proxy = proxy
    this.#watch = watch
    this.#say = say
    this.#tell = tell
    watch.watch(proxy.files)
  }

  request(by: 'SIGHUP' | 'file'): void {
    if (this.#isStopped) return
    if (this.#running !== null) {
      this.#next = by
      return
    }
    this.#running = this.#reload(by).finally(() => {
      this.#running = null
      const next = this.#next
      this.#next = null
      if (next !== null) this.request(next)
    })
  }

  stop(): void {
    this.#isStopped = true
    this.#watch.stop()
  }

  async #reload(by: 'SIGHUP' | 'file'): Promise<void> {
    try {
      const isChanged = await this.#proxy.reload()
      if (isChanged) this.#say(`reloaded ${this.#file}: ${this.#proxy.describe()}`)
      else if (by === 'SIGHUP') this.#say(`${this.#file} says what is in force already`)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      this.#tell(`${firstOf(error, this.#file)}; what was in force stays`)
    }
    this.#watch.watch(this.#proxy.files)
  }
}

/** One line: the first problem, and how many there are. */
function firstOf(error: Failure, file: string): string {
  if (!(error instanceof ResourceProblems)) return describeError(error)
  const [first, ...rest] = error.problems
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more: weft proxy -f ${file} --check)`
  return `${formatProblem(first!)}${more}`
}
