import type { Server } from 'node:http'
import { Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'

export interface MetricsPages {
  readonly host: string
  readonly port: number
  readonly contentType: string
  readonly metrics: () => Promise<string>
}

/** GET /metrics and GET /healthz/ready, for parts that serve nothing else over HTTP. Ready from start to drain. */
export class MetricsServer implements Component {
  readonly #pages: MetricsPages
  #server: Server | null = null
  #isReady = false

  constructor(pages: MetricsPages) {
    this.#pages = pages
  }

  async start(): Promise<void> {
    const { host, port, contentType, metrics } = this.#pages
    // Only here: it takes ten megabytes, of every process that imports this library.
    const { createServer } = await import('node:http')
    const server = createServer((request, response) => {
      if (request.url === '/healthz/ready') response.writeHead(this.#isReady ? 200 : 503).end()
      else if (request.url !== '/metrics') response.writeHead(404).end()
      else void metrics().then((text) => response.writeHead(200, { 'content-type': contentType }).end(text))
    })
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      const failed = (error: Error): void =>
        reject(new Failure('listen', `cannot listen on ${host}:${port}: ${error.message}`, error))
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
