import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { splitAddress } from '@weft/config'
import { describeError, Failure } from '@weft/faults'
import type { Readers } from '@weft/host'
import type { Component } from '@weft/lifecycle'
import { weft } from '@weft/proto'
import type { Logger } from '@weft/telemetry'
import type { ManagementService } from './management-service.ts'

const { ApplyRequest, ExplainRequest, GetRequest, StatRequest } = weft.management.v1
const BODY_BYTES_MAX = 4 * 1024 * 1024

/** Failure code to HTTP status; whatever else is thrown is a bug: 500. */
const statuses: Readonly<Record<string, number>> = {
  malformed: 400,
  resources_invalid: 400,
  not_found: 404,
  conflict: 409,
  denied: 403,
  store_full: 507,
  store_failed: 500,
}

const pages: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
  'main.ts': 'text/javascript; charset=utf-8',
  'api.ts': 'text/javascript; charset=utf-8',
  'table.ts': 'text/javascript; charset=utf-8',
  'views.ts': 'text/javascript; charset=utf-8',
}

/**
 * The management API as JSON over HTTP, and the dashboard, on loopback, for those users of the machine who are readers.
 * Reads only: changes come through the unix socket, whose file mode says who may. Requests whose Host is not loopback are refused, so that no other site's page can reach it
 * through a name of its own.
 */
export class RestGateway implements Component {
  readonly #service: ManagementService
  readonly #listen: string
  readonly #readers: Readers
  readonly #log: Logger
  #server: FastifyInstance | null = null

  constructor(service: ManagementService, listen: string, readers: Readers, log: Logger) {
    this.#service = service
    this.#listen = listen
    this.#readers = readers
    this.#log = log
  }

  async start(): Promise<void> {
    const { host, port } = splitAddress(this.#listen)!
    if (!isLoopback(host))
      throw new Failure(
        'config',
        `--rest-listen: found ${this.#listen}, expected a loopback address: only there is it known who asks`,
      )
    const server = fastify({ bodyLimit: BODY_BYTES_MAX })
    this.#server = server
    server.addHook('onRequest', async (request, reply) => {
      void reply.headers(securityHeaders)
      const name = hostName(request.headers.host ?? '')
      const refusal = isLoopback(name)
        ? await this.#readers.refusal(request.raw.socket)
        : `Host: found ${JSON.stringify(name)}, expected localhost or a loopback address`
      return refusal === '' ? undefined : reply.code(403).send({ code: 'denied', message: refusal })
    })
    server.setErrorHandler((error, request, reply) => this.#failed(error, request, reply))
    server.setNotFoundHandler((request, reply) =>
      reply
        .code(404)
        .send({ code: 'not_found', message: `${request.method} ${request.url} is not of this API: see docs/api.md` }),
    )
    this.#addApi(server)
    addPages(server)
    try {
      await server.listen({ host, port })
    } catch (error) {
      throw new Failure('listen', `cannot listen on ${this.#listen}: ${describeError(error)}`, error)
    }
  }

  async drain(): Promise<void> {
    await this.#server?.close()
  }

  stop(): void {
    void this.#server?.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain()
  }

  #addApi(server: FastifyInstance): void {
    const service = this.#service
    server.get('/api/v1/status', () => service.status())
    server.get('/api/v1/stat', (request) => {
      const { by = '', namespace = '', windowMs = '0' } = query(request, ['by', 'namespace', 'windowMs'])
      return service.stat(new StatRequest({ by, namespace, windowMs: wholeNumber('windowMs', windowMs) }))
    })
    server.get('/api/v1/explain', (request) => {
      const {
        source = '',
        destination = '',
        method = '',
        path = '',
      } = query(request, ['source', 'destination', 'method', 'path'])
      return service.explain(new ExplainRequest({ source, destination, method, path }))
    })
    server.get<{ Params: { kind: string } }>('/api/v1/resources/:kind', async (request) => {
      const { namespace = '', name = '' } = query(request, ['namespace', 'name'])
      const { resources, revision } = await service.get(new GetRequest({ kind: request.params.kind, namespace, name }))
      return { revision, resources: (resources ?? []).map((text) => JSON.parse(text) as unknown) }
    })
    // A check changes nothing, so it may be asked here too.
    server.post('/api/v1/check', (request) => {
      const body = request.body
      const resources = Array.isArray(body) ? body : [body]
      return service.apply(new ApplyRequest({ resources: resources.map((one) => JSON.stringify(one)), dryRun: true }))
    })
  }

  #failed(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const code = error instanceof Failure ? error.code : 'bug'
    const own = (error as { statusCode?: number }).statusCode
    const status = statuses[code] ?? (own !== undefined && own >= 400 && own < 500 ? own : 500)
    if (status === 500) this.#log.error('REST request failed', { url: request.url, error: describeError(error) })
    void reply
      .code(status)
      .send({ code: status === 500 ? code : code === 'bug' ? 'malformed' : code, message: describeError(error) })
  }
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

/**
 * The dashboard's files; its TypeScript is served with the types taken out, as Node itself runs ours. What takes them out is
 * seven megabytes that stay, so it waits for the first to ask.
 */
function addPages(server: FastifyInstance): void {
  for (const [name, type] of Object.entries(pages)) {
    const source = readFileSync(new URL(`../../../dashboard/src/${name}`, import.meta.url), 'utf8')
    let body = name.endsWith('.ts') ? null : source
    server.get(name === 'index.html' ? '/' : `/${name}`, (_request, reply) => {
      body ??= stripTypeScriptTypes(source)
      return reply.type(type).send(body)
    })
  }
}

function query(request: FastifyRequest, known: readonly string[]): Record<string, string | undefined> {
  const given = request.query as Record<string, unknown>
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name))
      throw new Failure('malformed', `query parameter ${JSON.stringify(name)}: expected one of ${known.join(', ')}`)
    if (typeof value !== 'string')
      throw new Failure('malformed', `query parameter ${name}: found it several times, expected once`)
  }
  return given as Record<string, string | undefined>
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new Failure('malformed', `query parameter ${name}: found ${JSON.stringify(text)}, expected a whole number`)
  return Number(text)
}

function hostName(header: string): string {
  const at = header.startsWith('[') ? header.indexOf(']') + 1 : header.indexOf(':')
  const name = at > 0 ? header.slice(0, at) : header
  return name.startsWith('[') ? name.slice(1, -1) : name
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
