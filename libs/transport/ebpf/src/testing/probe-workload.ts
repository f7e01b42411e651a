import { compileProbe } from '@weft/bpf/testing'
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

const ANSWER_WAIT_MS = 40_000

/** A running `probe` (native/bpf/test/probe.c), started inside a cgroup and a network namespace. */
export class ProbeWorkload {
  readonly pid: number
  readonly #process: ChildProcess
  readonly #waiting: ((line: string) => void)[] = []

  constructor(cgroupPath: string, netns: string | null) {
    const enter = netns === null ? '' : `nsenter --net=/run/netns/${netns} `
    // The shell joins the cgroup first, so that every socket of the program is made in it.
    const script = `echo $$ > "${cgroupPath}/cgroup.procs" && exec ${enter}${compileProbe()}`
    this.#process = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.pid = this.#process.pid ?? 0
    createInterface({ input: this.#process.stdout! }).on('line', (line) => this.#waiting.shift()?.(line))
  }

  /** Sends one command, resolves with its answer. */
  async say(command: string): Promise<string> {
    const answer = new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to "${command}"`)), ANSWER_WAIT_MS)
      this.#waiting.push((line) => {
        clearTimeout(timer)
        resolve(line.trim())
      })
    })
    this.#process.stdin!.write(`${command}\n`)
    return answer
  }

  stop(): void {
    this.#process.kill('SIGKILL')
  }
}
