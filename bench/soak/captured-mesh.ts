import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const weft = join(import.meta.dirname, '../../apps/cli/bin/weft')
const UP_MS = 60_000

interface Part {
  readonly name: string
  readonly process: { readonly pid: number } | null
}

export interface Agent {
  readonly pid: number
  readonly workers: readonly number[]
}

/** A mesh of two nodes by `weft up`, in a network namespace of its own; it ends with {@link end} and leaves nothing. */
export class CapturedMesh {
  readonly #name = `soak${process.pid}`
  readonly #netns = `weft-soak-${process.pid}`
  readonly #stateDir: string
  readonly #workers: number
  readonly #programs = new Set<ChildProcess>()
  #up: ChildProcess | null = null

  constructor(directory: string, workers: number) {
    this.#stateDir = join(directory, 'mesh')
    this.#workers = workers
  }

  async up(): Promise<void> {
    ip('netns', 'add', this.#netns)
    ip('-n', this.#netns, 'link', 'set', 'lo', 'up')
    const flags = ['--foreground', '--nodes', '2', '--workers', String(this.#workers), '--capture', 'ebpf']
    const up = this.#start(['up', ...flags])
    this.#up = up
    await said(up, /is up/, UP_MS)
  }

  /** Network namespace of node 1. */
  get netns(): string {
    return this.#netns
  }

  /** Resolves when these services have one workload each that is captured, with their addresses. */
  async addresses(services: readonly string[]): Promise<Map<string, string>> {
    const untilMs = performance.now() + UP_MS
    for (;;) {
      const [program, words] = this.#command(['status', '-o', 'json'])
      const { workloads = [] } = JSON.parse(execFileSync(program, words, { encoding: 'utf8' })) as {
        workloads?: { enrolled: boolean; workload: { name: string; uid: string; address: string } }[]
      }
      const captured = workloads.filter(({ enrolled }) => enrolled)
      const found = captured.map(({ workload: { uid, address } }) => [serviceOf(uid), address] as const)
      const addresses = new Map(found)
      if (services.every((service) => addresses.has(service))) return addresses
      if (performance.now() > untilMs) throw new Error(`not captured in ${UP_MS} ms: ${services.join(', ')}`)
      await sleep(100)
    }
  }

  /** `weft run`, which stays. */
  run(flags: readonly string[], program: readonly string[]): ChildProcess {
    const child = this.#start(['run', ...flags, '--', ...program])
    this.#programs.add(child)
    child.once('exit', () => this.#programs.delete(child))
    return child
  }

  /** The agents that run now, with their data-plane processes. */
  agents(): Agent[] {
    const { parts } = JSON.parse(readFileSync(join(this.#stateDir, 'mesh.json'), 'utf8')) as { parts: Part[] }
    const pids = parts.flatMap(({ name, process }) => (name.startsWith('agent-') ? (process?.pid ?? []) : []))
    return pids.map((pid) => ({ pid, workers: childrenOf(pid) }))
  }

  workers(): number[] {
    return this.agents().flatMap(({ workers }) => workers)
  }

  get isWhole(): boolean {
    const agents = this.agents()
    return agents.length === 2 && agents.every(({ workers }) => workers.length === this.#workers)
  }

  /**
   * What each node holds at this moment: the data-plane processes by their own account, and the kernel's connections, by
   * network namespace.
   */
  async view(): Promise<Record<string, unknown>> {
    const names = execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' }).matchAll(/^\S+/gm)
    const own = [...names].map(([name]) => name).filter((name) => name.startsWith(`weft-${this.#name}-`))
    const views = [this.#netns, ...own].map(async (netns) => {
      const [dump, sockets] = await Promise.all([
        within(netns, 'curl', '-s', '-m', '5', 'http://127.0.0.1:15000/config_dump'),
        within(netns, 'ss', '-tnpioH'),
      ])
      return [netns, { agent: workersOf(dump), sockets: sockets.split('\n').filter((line) => line !== '') }]
    })
    return Object.fromEntries(await Promise.all(views)) as Record<string, unknown>
  }

  /** Ends everything in order; resolves with the exit code of `weft up`. */
  async end(): Promise<number | null> {
    for (const program of this.#programs) program.kill('SIGTERM')
    const up = this.#up
    this.#up = null
    let code: number | null = null
    if (up !== null) {
      const ended = new Promise<number | null>((resolve) => up.once('exit', resolve))
      if (up.exitCode === null && up.kill('SIGTERM')) code = await Promise.race([ended, sleep(40_000, null)])
      else code = up.exitCode
    }
    try {
      execFileSync(...this.#command(['down', '--purge']), { stdio: 'ignore' })
      ip('netns', 'del', this.#netns)
    } catch {
      // What is gone already need not be taken away.
    }
    return code
  }

  #start(args: readonly string[]): ChildProcess {
    // The channel ends it with this process.
    const [program, words] = this.#command(args)
    return spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit', 'ipc'] })
  }

  #command([command, ...rest]: readonly string[]): [string, string[]] {
    const own = ['--mesh', this.#name, '--state-dir', this.#stateDir]
    return ['nsenter', [`--net=/run/netns/${this.#netns}`, '--', weft, command!, ...own, ...rest]]
  }
}

/** Resolves when a program has written such a line; rejects when it ends first, or in time. */
export function said(child: ChildProcess, pattern: RegExp, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    const failed = (why: string): void => reject(new Error(`${child.spawnargs.join(' ')} ${why}: ${text}`))
    const timer = setTimeout(() => failed(`said nothing like ${pattern} in ${timeoutMs} ms`), timeoutMs)
    child.once('exit', (code) => (clearTimeout(timer), failed(`ended with ${code}`)))
    child.stdout!.on('data', (chunk) => {
      text = (text + String(chunk)).slice(-10_000)
      if (!pattern.test(text)) return
      clearTimeout(timer)
      resolve()
    })
  })
}

function within(netns: string, program: string, ...args: string[]): Promise<string> {
  const words = [`--net=/run/netns/${netns}`, '--', program, ...args]
  return new Promise((resolve) => {
    execFile('nsenter', words, { encoding: 'utf8', maxBuffer: 64 << 20, timeout: 10_000 }, (_, text) => resolve(text))
  })
}

/** What concerns connections; not the configuration. */
function workersOf(dump: string): unknown {
  if (dump === '') return null
  try {
    const { workers } = JSON.parse(dump) as { workers: (Record<string, unknown> | null | undefined)[] }
    return workers.map((worker) => {
      const { connections, tunnels, pools, http2LimitsHit, connectionsOpen } = worker ?? {}
      return { connectionsOpen, connections, tunnels, pools, http2LimitsHit }
    })
  } catch {
    return dump.slice(0, 1_000)
  }
}

/** Of `node1/default/cart-1a2b`. */
function serviceOf(uid: string): string {
  return uid
    .split('/')
    .at(-1)!
    .replace(/-[^-]*$/, '')
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
