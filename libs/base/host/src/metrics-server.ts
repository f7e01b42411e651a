import type { Server } from 'node:http'
import { Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'

export interface MetricsPages {
  readonly host: string
  readonly port: number
  readonly contentType: string
  readonly metrics: () => Promise<string>
  /** Asked at each look, between start and drain. Without it: ready. */
  readonly isReady?: () => boolean
}

const CONNECTIONS_MAX = 64
const REQUEST_TIMEOUT_MS = 10_000

/**
 * GET /metrics, /healthz/ready and /healthz/live, for parts that serve nothing else over HTTP. Alive is whoever answers; ready
 * at most from start to drain.
 */
export class MetricsServer implements Component {
  readonly #pages: MetricsPages
  #server: Server | null = null
  #isReady = false

  constructor(pages: MetricsPages) {
    this.#pages = pages
  }

  async start(): Promise<void> {
    const { host, port, contentType, metrics, isReady = () => true } = this.#pages
    // Only here: it takes ten megabytes, of every process that imports this library.
    const { createServer } = await import('node:http')
    const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
      if (request.method !== 'GET') response.writeHead(404).end()
      else if (request.url === '/healthz/live') response.writeHead(200).end()
      else if (request.url === '/healthz/ready') response.writeHead(this.#isReady && isReady() ? 200 : 503).end()
      else if (request.url !== '/metrics') response.writeHead(404).end()
      else {
        metrics().then(
          (text) => response.writeHead(200, { 'content-type': contentType }).end(text),
          () => response.writeHead(500).end(),
        )
      }
    })
    server.maxConnections = CONNECTIONS_MAX
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException): void => {
        const found = error.code ?? error.message
        const message = `Cannot listen on ${host}:${port} for metrics: ${found}, expected a free local address`
        reject(new Failure('listen', message, error))
      }
      server.once('error', failed)
      server.listen(port, host, resolve)
    })
    this.#isReady = true
  }

  async drain(): Promise<void> {
    this.#isReady = false
  }

  stop(): void {
    this.#server?.close()
    this.#server?.closeAllConnections()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }
}
