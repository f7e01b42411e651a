import { createServer, type Server } from 'node:http'
import { splitAddress } from '@weft/config'
import { Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'
import type { Registry } from 'prom-client'

const CONNECTIONS_MAX = 64
const REQUEST_TIMEOUT_MS = 10_000

/** Answers GET /metrics in the Prometheus text format, and 404 to everything else. */
export class MetricsServer implements Component {
  readonly #address: string
  readonly #server: Server

  constructor(address: string, registry: Registry) {
    this.#address = address
    this.#server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, reply) => {
      if (request.method !== 'GET' || request.url !== '/metrics') return void reply.writeHead(404).end()
      registry.metrics().then(
        (text) => reply.writeHead(200, { 'content-type': registry.contentType }).end(text),
        () => reply.writeHead(500).end(),
      )
    })
    this.#server.maxConnections = CONNECTIONS_MAX
  }

  /** Faults: Failure `listen` that names the address. */
  start(): Promise<void> {
    const address = splitAddress(this.#address)!
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        const found = error.code ?? error.message
        reject(
          new Failure(
            'listen',
            `Cannot listen on ${this.#address} for metrics: ${found}, expected a free local address`,
            error,
          ),
        )
      })
      this.#server.listen(address, resolve)
    })
  }

  async drain(): Promise<void> {
    this.stop()
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }
}
