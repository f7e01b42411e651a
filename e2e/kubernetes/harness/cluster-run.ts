import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const program = join(import.meta.dirname, '../one-cluster.ts')
const TALLY = /^(\d+) passed, (\d+) failed, (\d+) skipped$/

/** The suites of one cluster in a process of their own. What it says is passed on, each line behind the cluster's name. */
export class ClusterRun {
  /** Passed, failed, skipped: as it says at its end. */
  tally: readonly number[]
  /** Its exit code, 1 after a signal. */
  readonly ended: Promise<number>
  readonly #child: ChildProcess

  constructor(name: string, suites: readonly string[], archives: readonly string[], hasMesh: boolean, keeps: boolean) {
    this.tally = [0, 0, 0]
    const words = [...(hasMesh ? [] : ['--without-mesh']), ...(keeps ? ['--keep'] : [])]
    const images = archives.flatMap((path) => ['--image', path])
    const env = { ...process.env, CLUSTER_NAME: name }
    this.#child = spawn(process.execPath, [program, ...words, ...images, ...suites], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    })
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      createInterface({ input: stream }).on('line', (line) => this.#said(name, line))
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject)
      this.#child.once('close', (code) => {
        // A cluster that did not even come up has no test that failed: it counts as one.
        const [passed = 0, failed = 0, skipped = 0] = this.tally
        if (code !== 0 && failed === 0) this.tally = [passed, 1, skipped]
        resolve(code ?? 1)
      })
    })
  }

  stop(): void {
    this.#child.kill('SIGTERM')
  }

  #said(name: string, line: string): void {
    const found = TALLY.exec(line)
    if (found !== null) this.tally = found.slice(1).map(Number)
    process.stdout.write(`${name.padEnd(6)}│ ${line}\n`)
  }
}
