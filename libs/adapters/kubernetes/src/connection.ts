import { request as httpRequest, type Agent as HttpAgent, type ClientRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { describeError } from '@weft/faults'
import type { Clock } from '@weft/time'
import { ApiFailure, type ApiStatus } from './api-failure.ts'
import type { ApiEndpoint, TlsOptions } from './endpoint.ts'
import type { Reachability } from './reachability.ts'

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
  readonly contentType?: string
}

export interface ConnectionOptions {
  readonly userAgent: string
  /** For a whole request and its answer; for a watch, until it begins. */
  readonly timeoutMs: number
  /** An answer that is longer is refused. */
  readonly answerBytesMax: number
}

const IDLE_SOCKET_MS = 30_000
/** Far more than one process has informers: a request never waits for watches to end. */
const SOCKETS_MAX = 512

/**
 * Requests to one API server over connections that are kept: HTTP/1.1, JSON, one connection per watch.
 * Faults: ApiFailure; code `unavailable` and status 0 when there was no answer.
 */
export class ApiConnection {
  readonly #endpoint: ApiEndpoint
  readonly #options: ConnectionOptions
  readonly #clock: Clock
  readonly #reachability: Reachability
  #agent: { readonly tls: TlsOptions; readonly agent: HttpsAgent } | null = null

  constructor(endpoint: ApiEndpoint, options: ConnectionOptions, clock: Clock, reachability: Reachability) {
    this.#endpoint = endpoint
    this.#options = options
    this.#clock = clock
    this.#reachability = reachability
  }

  /** The answer's JSON. */
  async send(asked: ApiRequest): Promise<unknown> {
    const answer = await this.open(asked, new AbortController().signal)
    return this.#json(asked, answer)
  }

  /**
   * The answer as it begins, for a watch; with a status of 200. Ends when `signal` aborts.
   * Faults: as above; what the server says in another status is read first.
   */
  async open(asked: ApiRequest, signal: AbortSignal): Promise<IncomingMessage> {
    let answer: IncomingMessage
    try {
      answer = await this.#exchange(asked, signal)
    } catch (error) {
      if (error instanceof ApiFailure && !signal.aborted) this.#reachability.failed(error.message)
      throw error
    }
    const status = answer.statusCode ?? 0
    if (status >= 200 && status < 300) {
      this.#reachability.answered()
      return answer
    }
    const told = (await this.#json(asked, answer).catch((): ApiStatus => ({}))) as ApiStatus
    const failure = new ApiFailure(nameOf(asked), status, told, retryAfterMs(answer))
    if (status >= 500) this.#reachability.failed(failure.message)
    throw failure
  }

  close(): void {
    this.#agent?.agent.destroy()
    this.#agent = null
  }

  async #exchange(asked: ApiRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { headers, tls, agent } = await this.#endpoint.access()
    const body = asked.body === undefined ? '' : JSON.stringify(asked.body)
    const url = new URL(this.#endpoint.server.pathname.replace(/\/$/, '') + asked.path, this.#endpoint.server)
    for (const [name, value] of Object.entries(asked.query ?? {})) {
      if (value !== undefined && value !== '') url.searchParams.set(name, String(value))
    }
    const options = {
      method: asked.method,
      headers: {
        accept: 'application/json',
        'user-agent': this.#options.userAgent,
        ...headers,
        ...(body === '' ? {} : { 'content-type': asked.contentType ?? 'application/json' }),
        ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
    }
    const start = (): ClientRequest =>
      url.protocol === 'http:'
        ? httpRequest(url, { ...options, ...(agent === undefined ? {} : { agent }) })
        : httpsRequest(url, { ...options, agent: agent ?? this.#agentFor(tls) })
    const name = nameOf(asked)
    try {
      return await this.#once(start(), body, signal, name)
    } catch (error) {
      // The server may close a kept connection just as a request leaves: asking again changes nothing.
      if (asked.method !== 'GET' || !(error instanceof ApiFailure && (error.cause as Stale).isStale)) throw error
      return this.#once(start(), body, signal, name)
    }
  }

  #once(request: ClientRequest, body: string, signal: AbortSignal, name: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const stop = (): void => void request.destroy(new Error('given up'))
      const timeout = this.#clock.after(this.#options.timeoutMs, () =>
        request.destroy(new Error(`no answer within ${this.#options.timeoutMs} ms`)),
      )
      const refuse = (error: Error): void => {
        timeout.cancel()
        signal.removeEventListener('abort', stop)
        const isStale = request.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET'
        const cause = Object.assign(error, { isStale })
        const message = `cannot reach the API server: ${describeError(error)}`
        reject(new ApiFailure(name, 0, { message }, 0, cause))
      }
      signal.addEventListener('abort', stop, { once: true })
      request.on('error', refuse)
      // A dead peer shows within 40 s, also while nothing is sent: a watch may be silent for a minute.
      request.setSocketKeepAlive(true, IDLE_SOCKET_MS)
      request.on('response', (answer) => {
        timeout.cancel()
        answer.once('close', () => signal.removeEventListener('abort', stop))
        resolve(answer)
      })
      request.end(body)
      if (signal.aborted) stop()
    })
  }

  async #json(asked: ApiRequest, answer: IncomingMessage): Promise<unknown> {
    const { timeoutMs, answerBytesMax } = this.#options
    const chunks: Buffer[] = []
    let length = 0
    const timeout = this.#clock.after(timeoutMs, () => answer.destroy(new Error(`not whole within ${timeoutMs} ms`)))
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        length += chunk.length
        if (length > answerBytesMax) throw new Error(`longer than ${answerBytesMax} octets`)
        chunks.push(chunk)
      }
      return length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'))
    } catch (error) {
      answer.destroy()
      const message = `cannot read the answer of the API server: ${describeError(error)}; expected JSON`
      throw new ApiFailure(nameOf(asked), 0, { message }, 0, error)
    } finally {
      timeout.cancel()
    }
  }

  /** The connections made with one set of roots and certificates; another set gets its own. */
  #agentFor(tls: TlsOptions): HttpAgent {
    if (this.#agent === null || !sameTls(this.#agent.tls, tls)) {
      // Requests under way on the former agent end by themselves, its idle connections at their timeout.
      const agent = new HttpsAgent({ ...tls, keepAlive: true, timeout: IDLE_SOCKET_MS, maxSockets: SOCKETS_MAX })
      this.#agent = { tls, agent }
    }
    return this.#agent.agent
  }
}

interface Stale {
  readonly isStale?: boolean
}

function nameOf({ method, path }: ApiRequest): string {
  return `${method} ${path}`
}

function retryAfterMs(answer: IncomingMessage): number {
  const seconds = Number(answer.headers['retry-after'] ?? 0)
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0
}

function sameTls(a: TlsOptions, b: TlsOptions): boolean {
  return (
    a === b ||
    (['ca', 'cert', 'key', 'servername', 'rejectUnauthorized'] as const).every((field) => same(a[field], b[field]))
  )
}

function same(a: unknown, b: unknown): boolean {
  return Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : a === b
}
