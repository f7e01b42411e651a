import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const weft = join(import.meta.dirname, '../../../../cli/bin/weft')
const WAIT_MS = 30_000

export type Resource = Readonly<Record<string, unknown>>

/** `weft proxy` as a person runs it, on a file in a directory of its own. */
export class ProxyCommand implements AsyncDisposable {
  readonly directory = mkdtempSync(join(tmpdir(), 'weft-proxy-'))
  readonly file = join(this.directory, 'edge.yaml')
  out = ''
  err = ''
  #process: ChildProcess | null = null
  #exit: Promise<number | null> = Promise.resolve(null)

  /** Documents of JSON are YAML as well. */
  write(...resources: readonly Resource[]): void {
    writeFileSync(this.file, resources.map((resource) => JSON.stringify(resource, null, 2)).join('\n---\n'))
  }

  /** Starts it; resolves when it says that it is ready. Throws with what it said when it ends first. */
  async start(...flags: readonly string[]): Promise<this> {
    this.run(...flags)
    await Promise.race([this.said(/ready: /), this.#exit])
    if (!/ready: /.test(this.out)) throw new Error(`weft proxy ended: ${this.out}${this.err}`)
    return this
  }

  /** Starts it without waiting. */
  run(...flags: readonly string[]): void {
    const child = spawn(weft, ['proxy', '-f', this.file, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.err += text))
    this.#exit = once(child, 'close').then(([code]) => code as number | null)
    this.#process = child
  }

  /** The exit code; null when a signal ended it. */
  exited(): Promise<number | null> {
    return this.#exit
  }

  get pid(): number {
    return this.#process!.pid!
  }

  kill(signal: NodeJS.Signals): void {
    this.#process!.kill(signal)
  }

  /** Resolves when it has written such a line, on either output. */
  async said(pattern: RegExp): Promise<void> {
    await until(() => pattern.test(this.out) || pattern.test(this.err), `${pattern}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process?.kill('SIGTERM')
    this.#process?.kill('SIGTERM')
    await this.#exit
    rmSync(this.directory, { recursive: true })
  }
}

export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += 20) {
    if (await holds()) return
    await sleep(20)
  }
  throw new Error(`${what} did not come to pass within ${WAIT_MS} ms`)
}

/** Ports that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => (server.close(), once(server, 'close'))))
  return ports
}

export function gateway(...listeners: readonly Resource[]): Resource {
  const apiVersion = 'gateway.networking.k8s.io/v1'
  return { apiVersion, kind: 'Gateway', metadata: { name: 'edge' }, spec: { gatewayClassName: 'weft', listeners } }
}

const versions = { HTTPRoute: 'v1', TCPRoute: 'v1alpha2', TLSRoute: 'v1alpha2' }

/** A route from a listener to a port of an ExternalService, with more of its spec or its one rule. */
export function route(
  kind: keyof typeof versions,
  sectionName: string,
  [name, port]: readonly [name: string, port: number],
  { rule = {}, ...spec }: Resource & { readonly rule?: Resource } = {},
): Resource {
  return {
    apiVersion: `gateway.networking.k8s.io/${versions[kind]}`,
    kind,
    metadata: { name: `${sectionName}-${name}-${port}` },
    spec: {
      parentRefs: [{ name: 'edge', sectionName }],
      rules: [{ backendRefs: [{ group: 'weft.dev', kind: 'ExternalService', name, port }], ...rule }],
      ...spec,
    },
  }
}

export function external(
  name: string,
  ports: readonly Resource[],
  endpoints: readonly number[],
  spec: Resource = {},
): Resource {
  return {
    apiVersion: 'weft.dev/v1alpha1',
    kind: 'ExternalService',
    metadata: { name },
    spec: { ports, endpoints: endpoints.map((port) => ({ address: '127.0.0.1', port })), ...spec },
  }
}

export function secret(name: string, stringData: Resource): Resource {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData }
}
