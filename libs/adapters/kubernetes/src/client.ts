import type { IncomingMessage } from 'node:http'
import { version } from '@weft/host'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { isApiFailure } from './api-failure.ts'
import { ApiConnection, type ApiRequest } from './connection.ts'
import type { ApiEndpoint } from './endpoint.ts'
import { inClusterEndpoint } from './in-cluster.ts'
import { kubeconfigEndpoint } from './kubeconfig.ts'
import type { KubernetesObject, ObjectList } from './object.ts'
import { Reachability } from './reachability.ts'

export interface ClientOptions {
  /** Path of a kubeconfig; '' for the ServiceAccount of the pod this runs in; `default` for what kubectl would take. */
  readonly kubeconfig: string
  /** Of the kubeconfig; '' for its current one. */
  readonly context?: string
  /** Told to the server: `weft-agent`. */
  readonly name?: string
  readonly timeoutMs?: number
}

export interface ListOptions {
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** Objects per answer; the lists that need it are read in several. 0: all at once. */
  readonly pageSize?: number
}

export interface WriteOptions {
  /** Who wrote it, in `managedFields`. */
  readonly fieldManager?: string
  /** Checks and answers as if it were written, and writes nothing. */
  readonly dryRun?: boolean
  /** Fields that the server does not know are refused, and not dropped. */
  readonly isStrict?: boolean
}

export interface ApplyOptions extends WriteOptions {
  readonly fieldManager: string
  /** Takes fields over that others own; else that is a conflict. */
  readonly force?: boolean
}

const PAGE_SIZE = 500
const ANSWER_BYTES_MAX = 256 * 1024 * 1024

/**
 * The API server of one cluster. Paths come from `resourcePath`; objects are the plain JSON of the API, so that fields
 * that nobody here knows survive being read and written back.
 * Faults: ApiFailure, by code; see api-failure.ts.
 */
export class KubernetesClient {
  readonly #connection: ApiConnection
  readonly #reachability: Reachability
  /** Namespace of the pod or of the context; '' when none is told. */
  readonly namespace: string

  constructor(endpoint: ApiEndpoint, options: Omit<ClientOptions, 'kubeconfig'>, clock: Clock, log: Logger) {
    const { name = 'weft', timeoutMs = 30_000 } = options
    this.#reachability = new Reachability(clock, log)
    const userAgent = `${name}/${version}`
    const settings = { userAgent, timeoutMs, answerBytesMax: ANSWER_BYTES_MAX }
    this.#connection = new ApiConnection(endpoint, settings, clock, this.#reachability)
    this.namespace = endpoint.namespace
  }

  /** Reads how to reach the API server; asks it nothing yet. Faults: Failure `invalid_argument` that says what is missing. */
  static async load(options: ClientOptions, clock: Clock, log: Logger): Promise<KubernetesClient> {
    const { kubeconfig, context = '' } = options
    const endpoint =
      kubeconfig === ''
        ? await inClusterEndpoint(clock)
        : await kubeconfigEndpoint(kubeconfig === 'default' ? '' : kubeconfig, context)
    return new KubernetesClient(endpoint, options, clock, log)
  }

  /** How long the API server has not answered; 0 while it does. */
  get awayMs(): number {
    return this.#reachability.awayMs
  }

  /** The object, or null when there is none. */
  async get<T extends KubernetesObject>(path: string): Promise<T | null> {
    try {
      return (await this.#connection.send({ method: 'GET', path })) as T
    } catch (error) {
      if (isApiFailure(error, 'not_found')) return null
      throw error
    }
  }

  /**
   * All objects at one moment, and its version; large lists are read page by page. When a page is asked for too late,
   * which the server says with 410, it begins anew, and then without pages.
   */
  async list<T extends KubernetesObject>(path: string, options: ListOptions = {}): Promise<ObjectList<T>> {
    const { labelSelector, fieldSelector, pageSize = PAGE_SIZE } = options
    for (const limit of pageSize === 0 ? [0] : [pageSize, pageSize * 4, 0]) {
      const query = { labelSelector, fieldSelector, limit: limit === 0 ? undefined : limit }
      try {
        return await this.#pages<T>(path, query)
      } catch (error) {
        if (limit === 0 || !isApiFailure(error, 'gone')) throw error
      }
    }
    throw new Error('unreachable: the last attempt returns or throws')
  }

  /** POST to the path of the collection. Faults: `already_exists`. */
  create<T extends KubernetesObject>(path: string, object: T, options: WriteOptions = {}): Promise<T> {
    return this.#write<T>({ method: 'POST', path, body: object }, options)
  }

  /** PUT. Carries a resourceVersion: written only if it still is that. Faults: `conflict`, `not_found`. */
  replace<T extends KubernetesObject>(path: string, object: T, options: WriteOptions = {}): Promise<T> {
    return this.#write<T>({ method: 'PUT', path, body: object }, options)
  }

  /** Server-side apply: sets the fields that are given, drops those given before and no longer. Creates what is missing. */
  apply<T extends KubernetesObject>(path: string, object: T, options: ApplyOptions): Promise<T> {
    const query = { force: options.force === true ? true : undefined }
    return this.#write<T>(
      { method: 'PATCH', path, query, body: object, contentType: 'application/apply-patch+yaml' },
      options,
    )
  }

  /** JSON merge patch (RFC 7386). */
  patch<T extends KubernetesObject>(path: string, patch: unknown, options: WriteOptions = {}): Promise<T> {
    return this.#write<T>({ method: 'PATCH', path, body: patch, contentType: 'application/merge-patch+json' }, options)
  }

  /** Server-side apply of `status` alone, for kinds whose status is a subresource. */
  applyStatus<T extends KubernetesObject>(path: string, object: T, options: ApplyOptions): Promise<T> {
    return this.apply<T>(`${path}/status`, object, options)
  }

  /** JSON merge patch of `status` alone. */
  patchStatus<T extends KubernetesObject>(path: string, patch: unknown, options: WriteOptions = {}): Promise<T> {
    return this.patch<T>(`${path}/status`, patch, options)
  }

  /** False when there was none. `resourceVersion`: removed only if it still is that. */
  async remove(path: string, options: WriteOptions & { readonly resourceVersion?: string } = {}): Promise<boolean> {
    const { resourceVersion, ...write } = options
    const body = resourceVersion === undefined ? undefined : { preconditions: { resourceVersion } }
    try {
      await this.#write({ method: 'DELETE', path, ...(body === undefined ? {} : { body }) }, write)
      return true
    } catch (error) {
      if (isApiFailure(error, 'not_found')) return false
      throw error
    }
  }

  /** Opens a watch. Use an Informer instead: it knows what to do when a watch ends. */
  watch(path: string, query: ApiRequest['query'], signal: AbortSignal): Promise<IncomingMessage> {
    return this.#connection.open({ method: 'GET', path, query: { ...query, watch: true } }, signal)
  }

  /** An answer that is no JSON, as it comes: a log. Ends when `signal` aborts. */
  stream(path: string, query: NonNullable<ApiRequest['query']>, signal: AbortSignal): Promise<IncomingMessage> {
    return this.#connection.open({ method: 'GET', path, query }, signal)
  }

  /** Any other request, as it is. */
  send(asked: ApiRequest): Promise<unknown> {
    return this.#connection.send(asked)
  }

  /** Closes connections that nothing runs on. */
  close(): void {
    this.#connection.close()
  }

  async #pages<T extends KubernetesObject>(
    path: string,
    query: NonNullable<ApiRequest['query']>,
  ): Promise<ObjectList<T>> {
    const items: T[] = []
    let next = ''
    for (;;) {
      const asked = { method: 'GET' as const, path, query: { ...query, continue: next } }
      const page = (await this.#connection.send(asked)) as ObjectList<T>
      for (const item of page.items ?? []) items.push(item)
      next = page.metadata.continue ?? ''
      // Items of a list do not say what they are; the list does.
      if (next === '') return { ...page, items }
    }
  }

  async #write<T>(asked: ApiRequest, { fieldManager, dryRun, isStrict }: WriteOptions): Promise<T> {
    const fieldValidation = isStrict === true ? 'Strict' : undefined
    const query = { ...asked.query, fieldManager, fieldValidation, dryRun: dryRun === true ? 'All' : undefined }
    return (await this.#connection.send({ ...asked, query })) as T
  }
}
