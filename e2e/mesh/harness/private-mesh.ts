import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command, runToEnd, type Finished } from './command.ts'
import { childrenOf } from './kernel-state.ts'
import { namePrefix, sweepDeadOwners } from './left-behind.ts'
import { Shell } from './shell.ts'

export const repositoryRoot = join(import.meta.dirname, '../../..')
export const sample = (name: string): string => join(repositoryRoot, 'e2e/samples', name)
const READY_TIMEOUT_MS = 30_000
const weftProgram = join(repositoryRoot, 'apps/cli/bin/weft')

export interface MeshOptions {
  /** Flags of `weft up`. */
  readonly flags?: readonly string[]
  /** Settings of the parts, as `WEFT_AGENT_ACCESS_LOG`. */
  readonly env?: Readonly<Record<string, string>>
  /** Called with the state directory before anything is started. */
  readonly prepare?: (stateDir: string) => Promise<void>
}

export interface Status {
  readonly revision: number
  readonly parts: readonly { name: string; process: { pid: number } | null; restarts: number }[]
  readonly nodes: readonly { name: string; address: string; connected: boolean; appliedRevision: number }[]
  readonly workloads: readonly {
    readonly enrolled: boolean
    readonly reason: string
    readonly workload: { uid: string; name: string; address: string; node: string; state: string }
  }[]
}

/**
 * A mesh of its own on this machine, in a network namespace of its own: no port, route or name of it meets another mesh.
 *
 * `create` makes the place, `up` starts the mesh in it, `end` takes away both, whatever happened in between. A test
 * process that is killed takes its mesh with it; the rest of what it left is taken away by the next `create`.
 */
export class PrivateMesh {
  readonly name: string
  readonly netns: string
  /** For files of the test; the state directory is in it. */
  readonly directory: string
  readonly stateDir: string
  readonly #options: MeshOptions
  readonly #commands = new Set<Command>()
  #up: Command | null = null

  private constructor(options: MeshOptions) {
    this.#options = options
    this.name = `${namePrefix()}${randomBytes(2).toString('hex')}`
    this.netns = `wt-${this.name}`
    this.directory = mkdtempSync(join(tmpdir(), `${this.netns}-`))
    this.stateDir = join(this.directory, 'state')
  }

  static async create(options: MeshOptions = {}): Promise<PrivateMesh> {
    await sweepDeadOwners(weftProgram)
    const mesh = new PrivateMesh(options)
    await ip('netns', 'add', mesh.netns)
    await ip('-n', mesh.netns, 'link', 'set', 'lo', 'up')
    await options.prepare?.(mesh.stateDir)
    return mesh
  }

  /** A mesh that runs. */
  static async up(options: MeshOptions = {}): Promise<PrivateMesh> {
    const mesh = await PrivateMesh.create(options)
    try {
      await mesh.up()
      return mesh
    } catch (error) {
      await mesh.end()
      throw error
    }
  }

  async up(): Promise<void> {
    const up = this.start(['up', '--foreground', ...(this.#options.flags ?? [])])
    this.#up = up
    await up.until(/mesh \S+ is up/, 60_000)
  }

  /** Words that run a program in the network of node 1, outside the mesh. */
  outside(words: readonly string[]): string[] {
    return ['nsenter', `--net=/run/netns/${this.netns}`, '--', ...words]
  }

  /** Words that run a command of the CLI for this mesh. */
  command([command, ...rest]: readonly string[]): string[] {
    return this.outside([weftProgram, command!, '--mesh', this.name, '--state-dir', this.stateDir, ...rest])
  }

  /** Runs a command of the CLI to its end. */
  weft(args: readonly string[], input = ''): Promise<Finished> {
    return runToEnd(this.command(args), input, 60_000, { env: this.#env() })
  }

  /** As {@link weft}, for commands that have to succeed: what they printed. */
  async tell(args: readonly string[], input = ''): Promise<string> {
    const { code, signal, out, err } = await this.weft(args, input)
    if (code !== 0) throw new Error(`weft ${args.join(' ')} ended with ${code ?? signal}: ${err}${out}`)
    return out
  }

  async json<T>(args: readonly string[]): Promise<T> {
    return JSON.parse(await this.tell([...args, '-o', 'json'])) as T
  }

  /** Starts a command of the CLI that stays; ended with the mesh, or with this process. */
  start(args: readonly string[]): Command {
    const command = new Command(this.command(args), { env: this.#env(), stdio: ['pipe', 'pipe', 'pipe', 'ipc'] })
    this.#commands.add(command)
    void command.ended.catch(() => {}).then(() => this.#commands.delete(command))
    return command
  }

  /** `weft run FLAGS -- PROGRAM`, which stays. */
  run(flags: readonly string[], program: readonly string[]): Command {
    return this.start(['run', ...flags, '--', ...program])
  }

  /** A shell in the mesh, in which programs can be run one after the other. */
  async shell(flags: readonly string[]): Promise<Shell> {
    const shell = new Shell(this.run(flags, ['sh']))
    await shell.tell(':')
    return shell
  }

  /** Runs a program outside the mesh, on node 1. */
  runOutside(program: readonly string[], input = ''): Promise<Finished> {
    return runToEnd(this.outside(program), input, 30_000)
  }

  status(): Promise<Status> {
    return this.json<Status>(['status'])
  }

  /** Resolves when `count` workloads are captured, and all that listen are ready. */
  untilReady(count: number): Promise<Status> {
    return this.#untilAll(count, ({ enrolled, workload }) => enrolled && workload.state === 'ready')
  }

  /** Resolves when `count` workloads are captured, whether or not their programs listen. */
  untilCaptured(count: number): Promise<Status> {
    return this.#untilAll(count, ({ enrolled }) => enrolled)
  }

  /** By the supervisor's own notes, which can be read while the control plane is away. */
  pidOf(part: string): number {
    const pid = this.parts().find(({ name }) => name === part)?.process?.pid
    if (pid === undefined) throw new Error(`part ${part} does not run`)
    return pid
  }

  parts(): Status['parts'] {
    return (JSON.parse(readFileSync(join(this.stateDir, 'mesh.json'), 'utf8')) as Pick<Status, 'parts'>).parts
  }

  /** Process ids of an agent's data-plane workers. */
  workersOf(agent: string): number[] {
    return childrenOf(this.pidOf(agent))
  }

  async apply(resources: string): Promise<void> {
    await this.tell(['apply', '-f', '-', '--wait'], resources)
  }

  /** Ends programs, mesh and namespace, in any state. */
  async end(): Promise<void> {
    for (const command of this.#commands) if (command !== this.#up) command.child.kill('SIGTERM')
    await this.#up?.end('SIGTERM', 40_000)
    // Also where there was no `up` of ours, and where it was killed.
    await this.weft(['down', '--purge'])
    await Promise.all([...this.#commands].map((command) => command.end('SIGKILL')))
    await ip('netns', 'del', this.netns)
    rmSync(this.directory, { recursive: true, force: true })
  }

  async #untilAll(count: number, is: (one: Status['workloads'][number]) => boolean): Promise<Status> {
    const deadlineMs = performance.now() + READY_TIMEOUT_MS
    for (;;) {
      const status = await this.status()
      const workloads = status.workloads ?? []
      const late = workloads.filter((one) => !is(one))
      if (workloads.length >= count && late.length === 0) return status
      if (performance.now() > deadlineMs) {
        throw new Error(
          `not ready after ${READY_TIMEOUT_MS} ms: ${workloads.length} of ${count}; ${JSON.stringify(late)}`,
        )
      }
      await sleep(100)
    }
  }

  #env(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.#options.env }
  }
}

export async function ip(...args: string[]): Promise<string> {
  const { code, out, err } = await runToEnd(['ip', ...args])
  if (code !== 0) throw new Error(`ip ${args.join(' ')}: ${err}`)
  return out
}
