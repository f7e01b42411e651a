import { spawn, type ChildProcess } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { familyOf } from '../measure/processes.ts'

const OUTPUT_MAX = 4000
/** A machine that is busy with other things may take long to start a program. */
const START_MS = 60_000

const owned = new Set<OwnedProcess>()

/** A process of the run, with the last of what it said. All that are left are ended by `endAll`. */
export class OwnedProcess {
  readonly child: ChildProcess
  readonly name: string
  #output = ''

  constructor(
    name: string,
    command: string,
    args: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>>,
  ) {
    this.name = name
    // stdin is a pipe: our own programs end with it, whatever becomes of us.
    this.child = spawn(command, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream!.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-OUTPUT_MAX)
      })
    }
    this.child.stdin!.on('error', () => {})
    this.child.on('error', (error) => (this.#output += error.message))
    owned.add(this)
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  get hasEnded(): boolean {
    return this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null
  }

  /** The last of its output that speaks of an error, on one line; else its last line. */
  get lastWords(): string {
    const lines = this.#output.trim().split('\n')
    const errors = lines.filter(
      (line) => /error|fail|invalid|expected|emerg|alert/i.test(line) && !/^\s+at /.test(line),
    )
    return (errors.slice(-2).join(' / ') || lines.at(-1) || 'it said nothing').slice(0, 300)
  }

  /** Returns when somebody listens at `port`. Throws with its last words when it ends first, or after a minute. */
  async untilListening(port: number): Promise<void> {
    const until = performance.now() + START_MS
    while (!(await canConnect(port))) {
      if (this.hasEnded) throw new Error(`${this.name} ended: ${this.lastWords}`)
      if (performance.now() > until) throw new Error(`${this.name} does not listen at ${port}: ${this.lastWords}`)
      await sleep(50)
    }
  }

  /** Ends it and all that descend from it: SIGTERM, and after 2 s SIGKILL. */
  async end(): Promise<void> {
    owned.delete(this)
    if (this.hasEnded) return
    const family = familyOf(this.pid)
    const gone = new Promise<void>((resolve) => this.child.once('exit', () => resolve()))
    this.child.kill('SIGTERM')
    await Promise.race([gone, sleep(2000)])
    for (const pid of family) kill(pid)
  }

  endAtOnce(): void {
    if (!this.hasEnded) for (const pid of familyOf(this.pid)) kill(pid)
    owned.delete(this)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Already gone.
  }
}

export async function endAll(): Promise<void> {
  await Promise.all([...owned].map((process) => process.end()))
}

export function endAllAtOnce(): void {
  for (const process of [...owned]) process.endAtOnce()
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })
}
