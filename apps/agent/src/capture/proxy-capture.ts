import { randomBytes } from 'node:crypto'
import type { Workload } from '@weft/topology'
import type { ListenMessage } from '../worker/messages.ts'
import type { Capture, Destination, Enrolment } from './capture.ts'

export interface ProxyCaptureOptions {
  readonly proxyPort: number
}

export interface Listeners {
  listen(message: ListenMessage): Promise<void>
  unlisten(id: string): void
}

/**
 * Capture without privileges: each workload gets a proxy of its own (HTTP and SOCKS5 on its own loopback address) and
 * a secret for it; programs find it by the usual environment variables. A program that ignores them is outside the mesh,
 * which is why the mode is announced at start.
 */
export class ProxyCapture implements Capture {
  readonly mode = 'proxy'
  readonly mapsDir = ''
  readonly #options: ProxyCaptureOptions
  readonly #listeners: Listeners
  readonly #enrolled = new Map<string, string[]>()

  constructor(options: ProxyCaptureOptions, listeners: Listeners) {
    this.#options = options
    this.#listeners = listeners
  }

  async start(): Promise<void> {}

  async setDestinations(_destinations: readonly Destination[]): Promise<void> {}

  async enrol(workload: Workload): Promise<Enrolment> {
    const { uid, address } = workload
    const { proxyPort } = this.#options
    const secret = randomBytes(16).toString('hex')
    const base = { type: 'listen', fd: -1, workload: uid, netnsPath: '' } as const
    const wanted: ListenMessage[] = [
      { ...base, id: `hbone/${uid}`, kind: 'hbone', host: address, port: workload.hbonePort },
      { ...base, id: `proxy/${uid}`, kind: 'proxy', host: address, port: proxyPort },
    ]
    if (workload.publishPort > 0) {
      wanted.push({ ...base, id: `publish/${uid}`, kind: 'publish', host: '127.0.0.1', port: workload.publishPort })
    }
    const opened: string[] = []
    try {
      for (const message of wanted) {
        await this.#listeners.listen(message)
        opened.push(message.id)
      }
    } catch (error) {
      for (const id of opened) this.#listeners.unlisten(id)
      throw error
    }
    this.#enrolled.set(uid, opened)
    const user = encodeURIComponent(uid)
    const http = `http://${user}:${secret}@${address}:${proxyPort}`
    const socks = `socks5h://${user}:${secret}@${address}:${proxyPort}`
    const environment = {
      HTTP_PROXY: http,
      http_proxy: http,
      HTTPS_PROXY: http,
      https_proxy: http,
      ALL_PROXY: socks,
      all_proxy: socks,
      NODE_USE_ENV_PROXY: '1',
      NO_PROXY: 'localhost,127.0.0.1,::1',
      no_proxy: 'localhost,127.0.0.1,::1',
    }
    return { uid, cgroupId: 0n, proxySecret: secret, environment }
  }

  async unenrol(uid: string): Promise<void> {
    for (const id of this.#enrolled.get(uid) ?? []) this.#listeners.unlisten(id)
    this.#enrolled.delete(uid)
  }

  async readBack(): Promise<ReadonlyMap<string, string>> {
    return new Map([...this.#enrolled.keys()].map((uid) => [uid, '']))
  }

  counters(): Readonly<Record<string, number>> {
    return {}
  }

  async stop(): Promise<void> {
    for (const uid of [...this.#enrolled.keys()]) await this.unenrol(uid)
  }
}
