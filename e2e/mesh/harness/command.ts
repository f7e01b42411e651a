import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'

/** How a command ended and what it wrote. */
export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

const OUTPUT_MAX = 1 << 20
const TIMEOUT_MS = 60_000

/** A command that runs: what it wrote so far, and how it ends. */
export class Command {
  readonly child: ChildProcess
  readonly ended: Promise<Finished>
  out = ''
  err = ''
  readonly #waiting = new Set<() => void>()

  constructor(words: readonly string[], options: SpawnOptions = {}) {
    this.child = spawn(words[0]!, words.slice(1), { stdio: ['pipe', 'pipe', 'pipe'], ...options })
    // A program that ended no longer reads; that is told by how it ended.
    this.child.stdin?.on('error', () => {})
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#take('out', text))
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#take('err', text))
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject)
      this.child.once('close', (code, signal) => resolve({ code, signal, out: this.out, err: this.err }))
    })
    this.ended.catch(() => {})
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** Resolves with the first match in what it wrote to standard output. Faults: rejects when it ends before that, or at the timeout. */
  async until(pattern: RegExp, timeoutMs = 20_000): Promise<RegExpExecArray> {
    const deadlineMs = performance.now() + timeoutMs
    for (;;) {
      const match = pattern.exec(this.out)
      if (match !== null) return match
      const what = `expected ${pattern} of ${this.child.spawnargs.slice(-4).join(' ')}, found ${JSON.stringify((this.out + this.err).slice(-600))}`
      if (!this.isRunning) throw new Error(`it ended (${this.child.exitCode ?? this.child.signalCode}): ${what}`)
      if (performance.now() > deadlineMs) throw new Error(`after ${timeoutMs} ms: ${what}`)
      await this.#more(deadlineMs - performance.now())
    }
  }

  /** Sends a signal and resolves with how it ended; kills it when it takes longer than `timeoutMs`. */
  async end(signal: NodeJS.Signals = 'SIGTERM', timeoutMs = 15_000): Promise<Finished> {
    if (this.isRunning) this.child.kill(signal)
    const timer = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs)
    try {
      return await this.ended
    } finally {
      clearTimeout(timer)
    }
  }

  #more(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, Math.max(1, Math.min(timeoutMs, 250)))
      this.#waiting.add(wake)
    })
  }

  #take(stream: 'out' | 'err', text: string): void {
    this[stream] = (this[stream] + text).slice(-OUTPUT_MAX)
    for (const wake of [...this.#waiting]) wake()
  }
}

/** Runs a command to its end; kills it at the timeout. */
export async function runToEnd(
  words: readonly string[],
  input = '',
  timeoutMs = TIMEOUT_MS,
  options: SpawnOptions = {},
): Promise<Finished> {
  const command = new Command(words, options)
  command.child.stdin?.end(input)
  const timer = setTimeout(() => command.child.kill('SIGKILL'), timeoutMs)
  try {
    return await command.ended
  } finally {
    clearTimeout(timer)
  }
}
