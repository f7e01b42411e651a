import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

const apps = join(import.meta.dirname, '../../../../apps')

/** One part of the mesh as a process of its own, started by its flags as a container is. */
export class RunningPart {
  readonly #app: string
  readonly #flags: readonly string[]
  #child: ChildProcess | null = null
  #log = ''

  constructor(app: string, settings: Readonly<Record<string, string>>) {
    this.#app = app
    this.#flags = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
  }

  get log(): string {
    return this.#log
  }

  /** Resolves when it is ready; rejects with its log when it ends instead. */
  async start(): Promise<void> {
    const child = fork(join(apps, this.#app, 'src/main.ts'), this.#flags, { execArgv: [], silent: true })
    this.#child = child
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#log += text))
    const [ready] = await Promise.race([once(child, 'message'), once(child, 'close').then(() => [null])])
    if (ready === null) throw new Error(`${this.#app} ended: ${this.#log}`)
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill('SIGKILL')
    await closed
  }
}

/** Loopback addresses with ports that were free a moment ago. */
export async function freeAddresses(count: number): Promise<string[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const addresses = servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`)
  for (const server of servers) server.close()
  return addresses
}
