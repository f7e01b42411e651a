import { randomBytes } from 'node:crypto'
import type { Command, Finished } from './command.ts'

/** A `sh` that runs in the mesh: unmodified programs are started in it, one after the other, without a new workload each. */
export class Shell {
  readonly command: Command
  #turn: Promise<unknown> = Promise.resolve()

  constructor(command: Command) {
    this.command = command
  }

  /** Runs a line of shell to its end. */
  run(line: string, timeoutMs = 30_000): Promise<Pick<Finished, 'code' | 'out'>> {
    const result = this.#turn.then(() => this.#runNow(line, timeoutMs))
    this.#turn = result.catch(() => {})
    return result
  }

  /** As {@link run}, for lines that have to succeed: what they printed. */
  async tell(line: string, timeoutMs = 30_000): Promise<string> {
    const { code, out } = await this.run(line, timeoutMs)
    if (code !== 0) throw new Error(`${line} ended with ${code}: ${out}`)
    return out
  }

  /** `curl` with the status at the end: what came back. Standard error goes with the output. */
  async curl(args: string): Promise<{ status: number; body: string }> {
    const { out } = await this.run(`curl -sS --max-time 10 -w '\\n%{http_code}' ${args} 2>&1`)
    const at = out.lastIndexOf('\n')
    return { status: Number(out.slice(at + 1)), body: out.slice(0, at) }
  }

  async #runNow(line: string, timeoutMs: number): Promise<Pick<Finished, 'code' | 'out'>> {
    const mark = `@${randomBytes(6).toString('hex')}`
    this.command.out = ''
    // In a group of its own, so that what it leaves in the environment and its standard input stays with it.
    this.command.child.stdin!.write(`( ${line} ) </dev/null; echo "${mark} $?"\n`)
    const [, code] = await this.command.until(new RegExp(`${mark} (\\d+)\\n`), timeoutMs)
    const out = this.command.out.slice(0, this.command.out.indexOf(mark))
    return { code: Number(code), out }
  }
}
