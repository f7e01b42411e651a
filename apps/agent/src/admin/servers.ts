import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { splitAddress } from '@weft/config'
import { describeError, Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'

export interface AdminPages {
  readonly isReady: () => { ready: boolean; reason: string }
  readonly metrics: () => Promise<string>
  readonly configDump: () => Promise<unknown>
  readonly workloads: () => unknown
  readonly kernel: () => Promise<unknown>
}

export interface AdminAddresses {
  readonly metrics: string
  readonly readiness: string
  readonly admin: string
}

/** Says why whoever is at the other end may not read, '' when they may. */
export interface AdminReaders {
  refusal(socket: Socket): Promise<string> | string
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

type Page = () => Answer | Promise<Answer>
type Guard = (request: IncomingMessage) => Promise<string>

const CONNECTIONS_MAX = 64
const REQUEST_TIMEOUT_MS = 10_000
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Readiness, metrics and admin, each on a port of its own; admin on loopback only, to readers only, and never with a key in
 * it. Readiness and metrics are for whoever can reach them: see docs/decisions/0092-readers-are-known-by-their-socket.md.
 * Plain Node: a framework for five pages was a fifth of the supervisor's memory.
 */
export class AdminServers implements Component {
  readonly #pages: AdminPages
  readonly #addresses: AdminAddresses
  readonly #readers: AdminReaders
  readonly #servers: Server[] = []

  constructor(pages: AdminPages, addresses: AdminAddresses, readers: AdminReaders) {
    this.#pages = pages
    this.#readers = readers
    this.#addresses = addresses
  }

  async start(): Promise<void> {
    const pages = this.#pages
    const ready = (): Answer => {
      const { ready, reason } = pages.isReady()
      return json(ready ? 200 : 503, ready ? { ready } : { ready, reason })
    }
    await this.#listen(this.#addresses.readiness, { '/healthz/ready': ready })
    const metrics = async (): Promise<Answer> => ({ status: 200, type: METRICS_TYPE, body: await pages.metrics() })
    await this.#listen(this.#addresses.metrics, { '/metrics': metrics })

    const host = splitAddress(this.#addresses.admin)?.host ?? ''
    if (!host.startsWith('127.') && host !== '::1' && host !== 'localhost') {
      throw new Failure(
        'config',
        `--admin-listen: found ${this.#addresses.admin}, expected a loopback address: it shows the configuration`,
      )
    }
    const shown: Readonly<Record<string, Page>> = {
      '/config_dump': async () => json(200, await pages.configDump()),
      '/workloads': () => json(200, pages.workloads()),
      '/kernel': async () => json(200, await pages.kernel()),
    }
    await this.#listen(this.#addresses.admin, shown, async ({ headers, socket }) => {
      // A page of another site must not read it through a name that resolves to loopback.
      const name = splitAddress(headers.host ?? '')?.host ?? headers.host
      if (name !== host && name !== 'localhost') return `Host ${name} is not this admin page`
      return this.#readers.refusal(socket)
    })
  }

  async drain(): Promise<void> {}

  stop(): void {
    for (const server of this.#servers.splice(0)) {
      server.close()
      server.closeAllConnections()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  async #listen(address: string, pages: Readonly<Record<string, Page>>, guard: Guard = async () => ''): Promise<void> {
    const { host, port } = splitAddress(address)!
    // Only here: it takes memory of every process that imports this.
    const { createServer } = await import('node:http')
    const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
      void answerTo(request, pages, guard).then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
        response.end(request.method === 'HEAD' ? undefined : body)
      })
    })
    server.maxConnections = CONNECTIONS_MAX
    this.#servers.push(server)
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, resolve)
      })
    } catch (error) {
      throw new Failure('listen', `cannot listen on ${address}: ${describeError(error)}`, error)
    }
  }
}

async function answerTo(
  request: IncomingMessage,
  pages: Readonly<Record<string, Page>>,
  guard: Guard,
): Promise<Answer> {
  try {
    const refusal = await guard(request)
    if (refusal !== '') return json(403, { code: 'denied', message: refusal })
    const page = pages[(request.url ?? '').split('?', 1)[0]!]
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (page === undefined || !isRead) {
      const message = `${request.method} ${request.url} is no page: expected GET of ${Object.keys(pages).join(', ')}`
      return json(404, { code: 'not_found', message })
    }
    return await page()
  } catch (error) {
    return json(500, { code: 'bug', message: describeError(error) })
  }
}

function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) ?? 'null' }
}
