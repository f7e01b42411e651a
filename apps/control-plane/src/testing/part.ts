import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

const apps = join(import.meta.dirname, '../../..')

/** One part of the mesh as a process of its own, started as an operator would. */
export class Part {
  readonly #app: string
  readonly #settings: Readonly<Record<string, string>>
  #child: ChildProcess | null = null
  #stderr = ''

  constructor(app: string, settings: Readonly<Record<string, string>>) {
    this.#app = app
    this.#settings = settings
  }

  /** Its log lines since it was last started. */
  get log(): string {
    return this.#stderr
  }

  /** Resolves when it is ready. Rejects with its log when it ends instead. */
  async start(): Promise<void> {
    this.#stderr = ''
    const args = Object.entries(this.#settings).map(([name, value]) => `--${name}=${value}`)
    const child = fork(join(apps, this.#app, 'src/main.ts'), args, { execArgv: [], silent: true })
    this.#child = child
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text))
    const ended = once(child, 'close').then(() => {
      throw new Error(`${this.#app} ended: ${this.#stderr}`)
    })
    ended.catch(() => {})
    await Promise.race([once(child, 'message'), ended])
  }

  /** Ends it with this signal; resolves when it is gone. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
  }
}

/** Loopback addresses with ports that were free a moment ago. */
export async function freeAddresses(count: number): Promise<string[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const addresses = servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`)
  for (const server of servers) server.close()
  await Promise.all(servers.map((server) => once(server, 'close')))
  return addresses
}
