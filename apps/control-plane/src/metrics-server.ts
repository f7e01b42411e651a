import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { splitAddress } from '@weft/config'
import { Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'
import type { Mesh } from './mesh.ts'
import { metricNames } from './metric-names.ts'

/** Prometheus metrics at /metrics and readiness at /healthz/ready. */
export class MetricsServer implements Component {
  readonly #listen: string
  readonly #registry: Registry
  #server: Server | null = null
  #isReady = false

  constructor(mesh: Mesh, listen: string) {
    this.#listen = listen
    this.#registry = registryOf(mesh)
  }

  async start(): Promise<void> {
    const { host, port } = splitAddress(this.#listen)!
    const server = createServer((request, response) => {
      if (request.url === '/healthz/ready') return void response.writeHead(this.#isReady ? 200 : 503).end()
      if (request.url !== '/metrics') return void response.writeHead(404).end()
      void this.#registry
        .metrics()
        .then((text) => response.writeHead(200, { 'content-type': this.#registry.contentType }).end(text))
    })
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) =>
        reject(new Failure('listen', `cannot listen on ${this.#listen}: ${error.message}`, error)),
      )
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

function registryOf(mesh: Mesh): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, labelNames: string[], read: (gauge: Gauge) => void): void => {
    const made: Gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect: () => (made.reset(), read(made)),
    })
  }
  gauge(metricNames.revision, 'Revision of the store.', [], (g) => g.set(mesh.store.revision))
  gauge(metricNames.subscribers, 'Open delta streams.', [], (g) => g.set(mesh.delta.subscriptions.size))
  gauge(metricNames.resources, 'Resources offered, by kind.', ['kind'], (g) => {
    for (const { kind } of mesh.model.encoded) g.inc({ kind })
  })
  gauge(metricNames.nodes, 'Nodes, by whether their agent is connected.', ['state'], (g) => {
    for (const { connected } of mesh.progress()) g.inc({ state: connected ? 'connected' : 'away' })
  })
  gauge(metricNames.workloads, 'Workloads, by state.', ['state'], (g) => {
    for (const { state } of mesh.registry.workloads()) g.inc({ state })
  })
  return registry
}
