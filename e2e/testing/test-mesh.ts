import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '../..')
const weft = join(root, 'apps/cli/bin/weft')
export const sample = (name: string): string[] => [process.execPath, join(root, 'e2e/samples', name)]

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

/** Below the ports that the kernel gives to connections, any of which would stand in the way. */
const PORT_BASE = '26000'

/** A mesh of a test's own: its own name, ports, addresses and state, driven by commands as a person would. */
export class TestMesh {
  readonly name: string
  readonly capture: 'ebpf' | 'proxy'
  readonly stateDir: string
  readonly #upFlags: readonly string[]
  readonly #running: ChildProcess[] = []

  constructor(name: string, capture: 'ebpf' | 'proxy') {
    this.name = name
    this.capture = capture
    this.stateDir = mkdtempSync(join(tmpdir(), `weft-${name}-`))
    const range = capture === 'ebpf' ? '198.18.192.0/18' : '127.88.0.0/16'
    this.#upFlags = [
      '--capture',
      capture,
      '--nodes',
      '2',
      '--workers',
      '1',
      '--port-base',
      PORT_BASE,
      '--network-range',
      range,
    ]
  }

  /** Runs a command to its end. */
  weft(args: readonly string[], input = ''): Ended {
    const [command, ...rest] = args
    const all = [command!, '--mesh', this.name, '--state-dir', this.stateDir, ...rest]
    const { status, signal, stdout, stderr } = spawnSync(weft, all, { encoding: 'utf8', input, timeout: 90_000 })
    return { code: status, signal, out: stdout, err: stderr }
  }

  up(more: readonly string[] = []): Ended {
    return this.weft(['up', ...this.#upFlags, ...more])
  }

  json<T>(args: readonly string[]): T {
    const { code, out, err } = this.weft([...args, '-o', 'json'])
    if (code !== 0) throw new Error(`weft ${args.join(' ')} ended with ${code}: ${err}`)
    return JSON.parse(out) as T
  }

  /** Starts a `weft run` that stays. */
  run(args: readonly string[]): { readonly process: ChildProcess; readonly ended: Promise<Ended> } {
    const all = ['run', '--mesh', this.name, '--state-dir', this.stateDir, ...args]
    const child = spawn(weft, all, { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
    this.#running.push(child)
    const ended = new Promise<Ended>((resolve) =>
      child.once('close', (code, signal) => resolve({ code, signal, out, err })),
    )
    return { process: child, ended }
  }

  workloads(): { uid: string; enrolled: boolean; state: string }[] {
    const { workloads } = this.json<{ workloads: { enrolled: boolean; workload: { uid: string; state: string } }[] }>([
      'status',
    ])
    return workloads.map(({ enrolled, workload }) => ({ enrolled, uid: workload.uid, state: workload.state }))
  }

  /** Waits until a workload of the service takes work. */
  async untilReady(service: string): Promise<void> {
    await until(() => this.workloads().some(({ uid, state }) => uid.includes(`/${service}-`) && state === 'ready'))
  }

  remove(): void {
    for (const child of this.#running) if (child.exitCode === null) child.kill('SIGKILL')
    this.weft(['down', '--purge'])
    rmSync(this.stateDir, { recursive: true, force: true })
  }
}

export async function until(holds: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs
  while (!holds()) {
    if (performance.now() > deadlineMs) throw new Error(`not so after ${timeoutMs / 1000} s: ${holds.toString()}`)
    await sleep(100)
  }
}
