import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { spawnInCluster } from '../harness/cluster.ts'

const TIMEOUT_MS = 30_000
const OBJECTS_MAX_BYTES = 32 << 20

/** A pod as far as figures ask. */
export interface SeenPod {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string }
  readonly spec: { readonly nodeName?: string }
  readonly status: {
    readonly phase?: string
    readonly conditions?: readonly { readonly type: string; readonly status: string }[]
    readonly containerStatuses?: readonly { readonly name: string; readonly containerID?: string }[]
  }
}

export interface WatchEvent {
  readonly type: string
  readonly object: SeenPod
}

/**
 * The API server by `kubectl proxy` on a unix socket: what takes a tenth of a second as a command takes milliseconds here,
 * and a watch tells when something was seen.
 */
export class ApiServer {
  readonly #dir: string
  readonly #proxy: ChildProcess

  private constructor(dir: string, proxy: ChildProcess) {
    this.#dir = dir
    this.#proxy = proxy
  }

  static async open(): Promise<ApiServer> {
    const dir = mkdtempSync(join(tmpdir(), 'weft-figures-'))
    const proxy = spawnInCluster('kubectl', 'proxy', `--unix-socket=${join(dir, 'api.sock')}`)
    // A run that a signal ends gets no further.
    process.once('exit', () => proxy.kill('SIGTERM'))
    let said = ''
    proxy.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()))
    for await (const line of createInterface({ input: proxy.stdout! }))
      if (line.includes('Starting to serve')) return new ApiServer(dir, proxy)
    throw new Error(`kubectl proxy ended: ${said}`)
  }

  async get<T>(path: string): Promise<T> {
    return JSON.parse(await this.text('GET', path)) as T
  }

  async create(path: string, object: unknown): Promise<void> {
    await this.text('POST', path, JSON.stringify(object))
  }

  async delete(path: string): Promise<void> {
    await this.text('DELETE', path)
  }

  async text(method: string, path: string, body = ''): Promise<string> {
    const answer = await this.#ask(method, path, body)
    let text = ''
    for await (const chunk of answer.setEncoding('utf8')) {
      text += chunk as string
      if (text.length > OBJECTS_MAX_BYTES) throw new Error(`${method} ${path}: expected less than 32 MiB`)
    }
    if (answer.statusCode! >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`)
    return text
  }

  /**
   * Tells of each pod of a namespace now and of each change, until the function given back is called. From what the API
   * server has at hand (`resourceVersion=0`): asked for the newest it would first wait for the next change of anything.
   */
  async watchPods(namespace: string, onEvent: (event: WatchEvent) => void): Promise<() => void> {
    const answer = await this.#ask('GET', `/api/v1/namespaces/${namespace}/pods?watch=1&resourceVersion=0`, '')
    answer.on('error', () => {})
    createInterface({ input: answer }).on('line', (line) => onEvent(JSON.parse(line) as WatchEvent))
    return () => void answer.destroy()
  }

  close(): void {
    this.#proxy.kill('SIGTERM')
    rmSync(this.#dir, { recursive: true, force: true })
  }

  #ask(method: string, path: string, body: string): Promise<IncomingMessage> {
    const headers = { accept: 'application/json', ...(body === '' ? {} : { 'content-type': 'application/json' }) }
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath: join(this.#dir, 'api.sock'), method, path, headers }, (answer) => {
        asked.setTimeout(0)
        resolve(answer)
      })
      asked.setTimeout(TIMEOUT_MS, () => asked.destroy(new Error(`${method} ${path}: no answer in ${TIMEOUT_MS} ms`)))
      asked.once('error', reject)
      asked.end(body)
    })
  }
}
