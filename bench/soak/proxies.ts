import { type ChildProcess, fork, spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeTrust } from '../setup/trust.ts'

const repository = join(import.meta.dirname, '../..')

export interface Ports {
  readonly http: number
  readonly tcp: number
  /** The same through a pair of proxies with mutual TLS between them. */
  readonly pairHttp: number
  readonly pairTcp: number
  readonly tunnel: number
  readonly origins: readonly { readonly http: number; readonly tcp: number }[]
}

export function portsFrom(base: number): Ports {
  const origins = [0, 1].map((index) => ({ http: base + 10 + 2 * index, tcp: base + 11 + 2 * index }))
  return { http: base, tcp: base + 1, pairHttp: base + 2, pairTcp: base + 3, tunnel: base + 4, origins }
}

/** A `weft proxy` as an operator starts it. */
export class Proxy {
  readonly process: ChildProcess
  errors = ''

  constructor(directory: string, name: string, resources: readonly unknown[], workers: number) {
    const file = join(directory, `${name}.yaml`)
    writeFileSync(file, resources.map((resource) => `${JSON.stringify(resource)}\n`).join('---\n'))
    const weft = join(repository, 'apps/cli/bin/weft')
    this.process = spawn(weft, ['proxy', '-f', file, '--workers', String(workers)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.process.stderr!.on('data', (text) => (this.errors = (this.errors + String(text)).slice(-20_000)))
  }

  /** Resolves when it says so; rejects when it ends instead. */
  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.process.stdout!.on('data', (text) => String(text).includes('ready') && resolve())
      this.process.once('exit', (code) => reject(new Error(`weft proxy ended with ${code}: ${this.errors}`)))
    })
  }

  /** Its data-plane processes. */
  get workers(): number[] {
    return descendantsOf(this.process.pid!).filter((pid) => commandOf(pid).includes('worker/main'))
  }

  /** Ends in order; resolves with the exit code. */
  stop(): Promise<number | null> {
    const { exitCode } = this.process
    if (exitCode !== null) return Promise.resolve(exitCode)
    return new Promise((resolve) => {
      this.process.once('exit', resolve)
      this.process.kill('SIGTERM')
    })
  }
}

export class OriginProcess {
  readonly #args: string[]
  #process: ChildProcess | null = null

  constructor(seed: number, ports: { readonly http: number; readonly tcp: number }) {
    this.#args = [seed, ports.http, ports.tcp].map(String)
  }

  async start(): Promise<void> {
    const child = fork(join(import.meta.dirname, 'origin.ts'), this.#args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#process = child
    await new Promise((resolve) => child.once('message', resolve))
  }

  kill(): void {
    this.#process?.kill('SIGKILL')
    this.#process = null
  }
}

type Target = 'origin' | 'raw'

/** What the proxies are told: an edge of one hop, and a pair, each with HTTP and raw TCP. */
export function configurations(directory: string, ports: Ports): { edge: unknown[]; inner: unknown[] } {
  const trust = writeTrust(join(directory, 'trust'))
  const secret = (name: string, data: Record<string, string>): unknown => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData: Object.fromEntries(Object.entries(data).map(([key, path]) => [key, readFileSync(path, 'utf8')])),
  })
  const secrets = (chain: string, key: string): unknown[] => [
    secret('own', { 'tls.crt': chain, 'tls.key': key }),
    secret('roots', { 'ca.crt': trust.roots }),
  ]
  const caCertificateRefs = [{ kind: 'Secret', name: 'roots' }]
  const tls = { hostname: trust.serverName, caCertificateRefs, certificateRef: { name: 'own' } }
  const tunnel = { protocol: 'HBONE', address: '127.0.0.1', port: ports.tunnel, tls }
  const gateway = (listeners: unknown[]): unknown => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge' },
    spec: { gatewayClassName: 'weft', listeners },
  })
  const route = (kind: 'HTTPRoute' | 'TCPRoute', sectionName: string, name: string): unknown => ({
    apiVersion: kind === 'HTTPRoute' ? 'gateway.networking.k8s.io/v1' : 'gateway.networking.k8s.io/v1alpha2',
    kind,
    metadata: { name: sectionName },
    spec: {
      parentRefs: [{ name: 'edge', sectionName }],
      rules: [{ backendRefs: [{ group: 'weft.dev', kind: 'ExternalService', name, port: 80 }] }],
    },
  })
  const service = (name: string, target: Target, isTunnelled: boolean): unknown => ({
    apiVersion: 'weft.dev/v1alpha1',
    kind: 'ExternalService',
    metadata: { name },
    spec: {
      ports: [{ port: 80, appProtocol: target === 'raw' ? 'tcp' : 'http' }],
      endpoints: ports.origins.map((origin) => ({
        address: '127.0.0.1',
        port: target === 'raw' ? origin.tcp : origin.http,
      })),
      ...(isTunnelled ? { tunnel } : {}),
    },
  })
  const edge = [
    gateway([
      { name: 'http', protocol: 'HTTP', port: ports.http },
      { name: 'tcp', protocol: 'TCP', port: ports.tcp },
      { name: 'pair-http', protocol: 'HTTP', port: ports.pairHttp },
      { name: 'pair-tcp', protocol: 'TCP', port: ports.pairTcp },
    ]),
    route('HTTPRoute', 'http', 'origin'),
    route('TCPRoute', 'tcp', 'raw'),
    route('HTTPRoute', 'pair-http', 'pair-origin'),
    route('TCPRoute', 'pair-tcp', 'pair-raw'),
    service('origin', 'origin', false),
    service('raw', 'raw', false),
    service('pair-origin', 'origin', true),
    service('pair-raw', 'raw', true),
    ...secrets(trust.client.chain, trust.client.key),
  ]
  const listenerTls = { certificateRefs: [{ name: 'own' }], frontendValidation: { caCertificateRefs } }
  const inner = [
    gateway([{ name: 'tunnels', protocol: 'HBONE', port: ports.tunnel, tls: listenerTls }]),
    service('origin', 'origin', false),
    service('raw', 'raw', false),
    ...secrets(trust.server.chain, trust.server.key),
  ]
  return { edge, inner }
}

function descendantsOf(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === pid)
    .map(Number)
  return children.flatMap((child) => [child, ...descendantsOf(child)])
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return -1
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
