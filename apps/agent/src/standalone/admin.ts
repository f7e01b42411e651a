import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Gauge, Registry } from 'prom-client'
import { Failure } from '@weft/faults'
import { exposition } from '../admin/registry.ts'
import { metricNames } from '../admin/metric-names.ts'
import { RefusalMetrics } from '../admin/refusal-metrics.ts'
import { TrafficMetrics } from '../admin/traffic-metrics.ts'
import type { Standalone } from './standalone.ts'

const SERIES_MAX = 2_000
const HOST = '127.0.0.1'

/** The admin port of a proxy, with numbers from then on. */
export function makeAdmin(proxy: Standalone, port: number): ProxyAdmin {
  const traffic = new TrafficMetrics(SERIES_MAX)
  const refusals = new RefusalMetrics()
  proxy.traffic = {
    add: (counts, worker) => traffic.add(counts, worker),
    refused: (counts) => refusals.add(counts),
    forget: (worker) => traffic.forget(worker),
  }
  const registry = new Registry()
  const gauge = (name: string, help: string, read: () => number): void => {
    const made: Gauge = new Gauge({ name, help, registers: [registry], collect: () => void made.set(read()) })
  }
  gauge(metricNames.workers, 'Data-plane workers that are ready.', () => proxy.pool.readyCount)
  gauge(metricNames.workerRestarts, 'Workers started again.', () => proxy.pool.restarts)
  gauge(metricNames.seriesOverflow, 'Counts that fell into the series `other`.', () => traffic.overflows)
  const revision: Gauge = new Gauge({
    name: metricNames.configRevision,
    help: 'Revision in force, by source.',
    labelNames: ['source'],
    registers: [registry],
    collect: () => void revision.set({ source: 'file' }, proxy.resources.revision),
  })
  refusals.register(registry)
  return new ProxyAdmin(port, {
    isReady: () => proxy.isReady,
    metrics: () => exposition(registry, traffic),
    configDump: async () => ({
      revision: proxy.resources.revision,
      files: proxy.files,
      resources: proxy.resources.all(),
      workers: await proxy.pool.dump(),
    }),
  })
}

interface AdminPages {
  readonly isReady: () => boolean
  readonly metrics: () => Promise<string>
  readonly configDump: () => Promise<unknown>
}

/** GET /healthz/ready, /metrics and /config_dump on loopback, and never with a key in it. */
export class ProxyAdmin {
  readonly #port: number
  readonly #pages: AdminPages
  readonly #server: Server

  constructor(port: number, pages: AdminPages) {
    this.#port = port
    this.#pages = pages
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          new Failure(
            'listen',
            `Cannot listen on ${HOST}:${this.#port} for --admin: ${error.code}, expected a free port`,
          ),
        ),
      )
      this.#server.listen(this.#port, HOST, resolve)
    })
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { isReady, metrics, configDump } = this.#pages
    const send = (status: number, type: string, text: string): void =>
      void response.writeHead(status, { 'content-type': type }).end(text)
    // A page of another site must not read it through a name that resolves to loopback.
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    if (host !== HOST && host !== 'localhost') return send(403, 'text/plain', `Host ${host} is not this admin page\n`)
    if (request.method !== 'GET') return send(405, 'text/plain', 'expected GET\n')
    switch (request.url) {
      case '/healthz/ready':
        return isReady() ? send(200, 'text/plain', 'ready\n') : send(503, 'text/plain', 'not ready\n')
      case '/metrics':
        return send(200, 'text/plain; version=0.0.4; charset=utf-8', await metrics())
      case '/config_dump':
        return send(200, 'application/json', `${JSON.stringify(await configDump(), withoutKeys, 2)}\n`)
      default:
        return send(404, 'text/plain', 'expected /healthz/ready, /metrics or /config_dump\n')
    }
  }
}

/** Keys stay where they are used. */
function withoutKeys(name: string, value: unknown): unknown {
  return name === 'keyPem' && value !== '' ? '[redacted]' : value
}
