import { fork, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { systemClock } from '@weft/host'

const main = join(import.meta.dirname, '../main.ts')

export interface LogLine {
  readonly level: string
  readonly message: string
  readonly error?: string
  readonly code?: string
}

/** The CA as a process of its own, in a directory of the test. */
export class RunningCa {
  readonly dir: string
  readonly address: string
  readonly metricsAddress: string
  readonly controlPlaneAddress: string
  #child: ChildProcess | null = null
  #stderr = ''

  private constructor(dir: string, ports: readonly number[]) {
    this.dir = dir
    const [address, metrics, controlPlane] = ports.map((port) => `127.0.0.1:${port}`)
    this.address = address!
    this.metricsAddress = metrics!
    this.controlPlaneAddress = controlPlane!
    writeFileSync(this.path('kek'), '0123456789abcdef'.repeat(4) + '\n')
    this.writeTokens([])
  }

  static async prepare(dir: string): Promise<RunningCa> {
    mkdirSync(dir, { recursive: true })
    return new RunningCa(dir, await freePorts(3))
  }

  path(name: string): string {
    return join(this.dir, name)
  }

  get stateDir(): string {
    return this.path('state')
  }

  /** The state directory, made, for a file system of its own to be mounted there. */
  mountPoint(): string {
    mkdirSync(this.stateDir, { recursive: true, mode: 0o700 })
    return this.stateDir
  }

  get rootsPem(): string {
    return readFileSync(join(this.stateDir, 'roots.pem'), 'utf8')
  }

  get log(): LogLine[] {
    return this.#stderr
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LogLine)
  }

  get pid(): number {
    return this.#child!.pid!
  }

  writeTokens(tokens: ReadonlyArray<{ token: string; role: string; expiresAtMs?: number }>): void {
    const entries = tokens.map(({ token, role, expiresAtMs = systemClock.wallMs() + 600_000 }) => ({
      sha256: createHash('sha256').update(token).digest('hex'),
      role,
      expiresAtMs,
    }))
    writeFileSync(this.path('tokens.json'), JSON.stringify(entries))
  }

  /** Starts the process; resolves when it is ready, or with its exit code when it ends instead. */
  async start(flags: Readonly<Record<string, string>> = {}): Promise<'ready' | number | null> {
    const settings = {
      'state-dir': this.stateDir,
      listen: this.address,
      'join-tokens-file': this.path('tokens.json'),
      'key-encryption-key-file': this.path('kek'),
      'control-plane-address': this.controlPlaneAddress,
      'metrics-listen': this.metricsAddress,
      ...flags,
    }
    const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
    this.#stderr = ''
    const child = fork(main, args, { execArgv: [], silent: true })
    this.#child = child
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text))
    return await Promise.race([
      once(child, 'message').then(() => 'ready' as const),
      once(child, 'close').then(([code]) => code as number | null),
    ])
  }

  /** Ends the process as asked; gives the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const closed = once(child, 'close')
    child.kill(signal)
    const [code] = await closed
    return code as number | null
  }

  async metrics(): Promise<string> {
    return await (await fetch(`http://${this.metricsAddress}/metrics`)).text()
  }
}

/** Ports that were free a moment ago. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  for (const server of servers) server.close()
  await Promise.all(servers.map((server) => once(server, 'close')))
  return ports
}
