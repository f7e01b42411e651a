import { fastify, type FastifyInstance } from 'fastify'
import { splitAddress } from '@weft/config'
import { describeError, Failure } from '@weft/faults'
import type { Readers } from '@weft/host'
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

/**
 * Readiness, metrics and admin, each on a port of its own; admin on loopback only, to readers only, and never with a key in
 * it. Readiness and metrics are for whoever can reach them: see docs/decisions/0092-readers-are-known-by-their-socket.md.
 */
export class AdminServers implements Component {
  readonly #pages: AdminPages
  readonly #addresses: AdminAddresses
  readonly #readers: Readers
  readonly #servers: FastifyInstance[] = []

  constructor(pages: AdminPages, addresses: AdminAddresses, readers: Readers) {
    this.#pages = pages
    this.#readers = readers
    this.#addresses = addresses
  }

  async start(): Promise<void> {
    const pages = this.#pages
    const readiness = fastify()
    readiness.get('/healthz/ready', (_request, reply) => {
      const { ready, reason } = pages.isReady()
      return reply.code(ready ? 200 : 503).send(ready ? { ready } : { ready, reason })
    })
    await this.#listen(readiness, this.#addresses.readiness)

    const metrics = fastify()
    metrics.get('/metrics', async (_request, reply) =>
      reply.type('text/plain; version=0.0.4; charset=utf-8').send(await pages.metrics()),
    )
    await this.#listen(metrics, this.#addresses.metrics)

    const host = splitAddress(this.#addresses.admin)?.host ?? ''
    if (!host.startsWith('127.') && host !== '::1' && host !== 'localhost') {
      throw new Failure(
        'config',
        `--admin-listen: found ${this.#addresses.admin}, expected a loopback address: it shows the configuration`,
      )
    }
    const admin = fastify()
    // A page of another site must not read it through a name that resolves to loopback.
    admin.addHook('onRequest', async (request, reply) => {
      const name = splitAddress(request.headers.host ?? '')?.host ?? request.headers.host
      if (name !== host && name !== 'localhost')
        return reply.code(403).send({ code: 'denied', message: `Host ${name} is not this admin page` })
      const refusal = await this.#readers.refusal(request.raw.socket)
      return refusal === '' ? undefined : reply.code(403).send({ code: 'denied', message: refusal })
    })
    admin.get('/config_dump', () => pages.configDump())
    admin.get('/workloads', () => pages.workloads())
    admin.get('/kernel', () => pages.kernel())
    await this.#listen(admin, this.#addresses.admin)
  }

  async drain(): Promise<void> {}

  stop(): void {
    for (const server of this.#servers.splice(0)) void server.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  async #listen(server: FastifyInstance, address: string): Promise<void> {
    const { host, port } = splitAddress(address)!
    this.#servers.push(server)
    try {
      await server.listen({ host, port })
    } catch (error) {
      throw new Failure('listen', `cannot listen on ${address}: ${describeError(error)}`, error)
    }
  }
}
