import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { silentLogger, type Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import { KubernetesClient } from '../client.ts'
import { keyOf, type KubernetesObject, type ObjectList } from '../object.ts'
import { discoveryAnswer } from './fake-discovery.ts'
import { builtInKinds, type FakeKind } from './fake-kinds.ts'
import { FakeRefusal } from './fake-refusal.ts'
import { FakeResources, type FakeAdmission, type FakeTarget, type FakeWrite } from './fake-resources.ts'
import { bodyOf, describeRequest, type FakeRequest, matchesOf, send, targetOf } from './fake-request.ts'
import { FakeWatch } from './fake-watch.ts'

/** What a TokenReview answers, or null for a token that is not known. */
export type FakeTokenReview = (token: string, audiences: readonly string[]) => Readonly<Record<string, unknown>> | null

/**
 * An API server in this process, over real HTTP on loopback: list with pages, watch with bookmarks, 410, conflicts,
 * server-side apply, status subresources, preconditions, finalizers, dry run, TokenReview. It validates nothing by
 * itself (`admit`), runs no controllers, and can be made to misbehave: `away`, `cutWatches`, `compact`, `disorder`.
 */
export class FakeApiServer implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #kinds = new Map<string, FakeKind>()
  readonly #watches = new Set<FakeWatch>()
  readonly #pages = new Map<string, { readonly version: number; readonly rest: KubernetesObject[] }>()
  readonly #resources = new FakeResources()
  readonly #clients: KubernetesClient[] = []
  #port = 0
  #cursors = 0
  /** Every request since the start, the latest last. */
  readonly requests: FakeRequest[] = []
  /** Called before each request; what it throws (a FakeRefusal by `refuse`) is the answer. */
  before: (request: FakeRequest) => void | Promise<void> = () => {}
  tokenReview: FakeTokenReview = () => null
  /** Tells each second change before the one that came before it, as no API server should. */
  disorder = false
  #held: (() => void) | null = null

  constructor(kinds: readonly FakeKind[] = builtInKinds) {
    for (const kind of kinds) this.register(kind)
    this.#server = createServer((request, answer) => void this.#serve(request, answer))
    this.#server.keepAliveTimeout = 0
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
      socket.on('error', () => {})
    })
    this.#resources.objects.onEvent((event) => {
      const tell = (): void => {
        for (const watch of this.#watches) watch.tell(event)
      }
      if (this.#held !== null) {
        tell()
        this.#held()
        this.#held = null
      } else if (this.disorder) this.#held = tell
      else tell()
    })
  }

  static async start(kinds: readonly FakeKind[] = builtInKinds): Promise<FakeApiServer> {
    const server = new FakeApiServer(kinds)
    await server.listen()
    return server
  }

  /** Serves, at the same port as before. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(this.#port, '127.0.0.1', resolve)
    })
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** Breaks all connections and takes no more, until `listen`. Objects stay. */
  async away(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#watches.clear()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** A client of it; closed with it. */
  client(clock: Clock = new FakeClock(), log: Logger = silentLogger): KubernetesClient {
    const endpoint = {
      server: new URL(this.url),
      namespace: 'default',
      access: async () => ({ headers: { authorization: 'Bearer fake' }, tls: {} }),
    }
    const client = new KubernetesClient(endpoint, { name: 'test' }, clock, log)
    this.#clients.push(client)
    return client
  }

  /** Serves one more kind, as when a CustomResourceDefinition is made. */
  register(...kinds: readonly FakeKind[]): void {
    for (const kind of kinds) this.#kinds.set(`${kind.apiVersion}/${kind.plural}`, kind)
  }

  /** Serves a kind no more, and forgets its objects. */
  unregister(apiVersion: string, plural: string): void {
    const kind = this.kind(apiVersion, plural)
    for (const { metadata } of this.#resources.objects.list(kind)) {
      this.#resources.objects.remove(kind, keyOf(metadata.namespace ?? '', metadata.name))
    }
    this.#kinds.delete(`${apiVersion}/${plural}`)
    this.cutWatches()
  }

  /** Changes objects, or refuses them, before they are stored. */
  admit(admission: FakeAdmission): void {
    this.#resources.admissions.push(admission)
  }

  /** Throws the refusal that `before` or an admission wants to give. */
  refuse(status: number, reason: string, message: string): never {
    throw new FakeRefusal(status, reason, message)
  }

  /** Creates or replaces an object as it is, status and all, without a request. Its `kind` tells the kind. */
  put<T extends KubernetesObject>(object: T): T {
    const kind = [...this.#kinds.values()].find(
      (one) => one.kind === object.kind && one.apiVersion === object.apiVersion,
    )
    if (kind === undefined) throw new Error(`${object.apiVersion} ${object.kind} is not registered`)
    const { objects } = this.#resources
    const given = kind.isNamespaced ? { ...object, metadata: { namespace: 'default', ...object.metadata } } : object
    const key = keyOf(kind.isNamespaced ? given.metadata.namespace! : '', object.metadata.name)
    const owners = objects.owners(kind, key)
    owners.updated(objects.get(kind, key) ?? {}, given, 'test')
    return objects.put(kind, given, owners) as T
  }

  /** Removes an object without a request. */
  remove(apiVersion: string, plural: string, namespace: string, name: string): void {
    const target = { kind: this.kind(apiVersion, plural), namespace, name, subresource: '' }
    this.#resources.remove(target, undefined, { manager: 'test', isDryRun: false, isForced: false })
  }

  /** The objects of a kind as they are stored. */
  list<T extends KubernetesObject>(apiVersion: string, plural: string): T[] {
    return this.#resources.objects.list(this.kind(apiVersion, plural)) as T[]
  }

  get<T extends KubernetesObject>(apiVersion: string, plural: string, namespace: string, name: string): T | null {
    return this.#resources.objects.get(this.kind(apiVersion, plural), keyOf(namespace, name)) as T | null
  }

  kind(apiVersion: string, plural: string): FakeKind {
    const kind = this.#kinds.get(`${apiVersion}/${plural}`)
    if (kind === undefined) throw new Error(`${apiVersion} ${plural} is not registered`)
    return kind
  }

  /** Number of the last change. */
  get version(): number {
    return this.#resources.objects.version
  }

  get watches(): number {
    return this.#watches.size
  }

  /** Breaks every watch. `clean`: as a server does that ends it. */
  cutWatches(clean = false): void {
    for (const watch of this.#watches) {
      if (clean) watch.end()
      else watch.cut()
    }
    this.#watches.clear()
  }

  /** Forgets all history: watches and pages that want it get 410. */
  compact(): void {
    this.#resources.objects.compact()
    this.#pages.clear()
  }

  /** Tells each watch that asked for it how far it is. */
  bookmark(): void {
    for (const watch of this.#watches) watch.bookmark(this.version)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.close()
    await this.away().catch(() => {})
  }

  async #serve(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    answer.on('error', () => {})
    try {
      const body = await bodyOf(request)
      const url = new URL(request.url ?? '/', this.url)
      if (url.pathname.endsWith('/tokenreviews')) return this.#reviewToken(body, answer)
      const known = discoveryAnswer(url.pathname, [...this.#kinds.values()])
      if (known !== null) return send(answer, 200, known)
      const target = targetOf(url.pathname, this.#kinds)
      const asked = describeRequest(request, url, target)
      this.requests.push(asked)
      await this.before(asked)
      if (asked.verb === 'watch') return this.#watch(target, url.searchParams, answer)
      if (asked.verb === 'list') return send(answer, 200, this.#list(target, url.searchParams))
      send(
        answer,
        asked.verb === 'create' ? 201 : 200,
        this.#perform(asked.verb, target, body, request, url.searchParams),
      )
    } catch (error) {
      if (error instanceof FakeRefusal) send(answer, error.status, error.body())
      else send(answer, 500, { kind: 'Status', message: String(error) })
    }
  }

  #perform(verb: string, target: FakeTarget, body: unknown, request: IncomingMessage, query: URLSearchParams): unknown {
    const write: FakeWrite = {
      manager: query.get('fieldManager') ?? 'unknown',
      isDryRun: query.get('dryRun') === 'All',
      isForced: query.get('force') === 'true',
    }
    const given = body as KubernetesObject
    switch (verb) {
      case 'create':
        return this.#resources.create(target, given, write)
      case 'update':
        return this.#resources.replace(target, given, write)
      case 'patch':
        return request.headers['content-type']?.includes('apply-patch') === true
          ? this.#resources.apply(target, given, write)
          : this.#resources.patch(target, body, write)
      case 'delete': {
        const { preconditions } = (body ?? {}) as { preconditions?: { resourceVersion?: string } }
        return this.#resources.remove(target, preconditions?.resourceVersion, write)
      }
      default:
        return this.#resources.found(target)
    }
  }

  #list(target: FakeTarget, query: URLSearchParams): ObjectList {
    const { kind } = target
    const limit = Number(query.get('limit') ?? 0)
    const from = query.get('continue')
    const page = from === null ? null : this.#pages.get(from)
    if (page === undefined) throw new FakeRefusal(410, 'Expired', 'The provided continue parameter is too old')
    const version = page?.version ?? this.version
    const all = page?.rest ?? this.#resources.objects.list(kind).filter(matchesOf(target, query))
    const items = limit === 0 ? all : all.slice(0, limit)
    const rest = all.slice(items.length)
    const next = rest.length === 0 ? '' : `c${++this.#cursors}`
    if (next !== '') this.#pages.set(next, { version, rest })
    const metadata = { resourceVersion: String(version), ...(next === '' ? {} : { continue: next }) }
    // As the real one: only the list says what its items are.
    const bare = items.map(({ apiVersion: _a, kind: _k, ...item }) => item as KubernetesObject)
    return { apiVersion: kind.apiVersion, kind: `${kind.kind}List`, metadata, items: bare }
  }

  #watch(target: FakeTarget, query: URLSearchParams, answer: ServerResponse): void {
    const { objects } = this.#resources
    const since = Number(query.get('resourceVersion') ?? 0)
    const watch = new FakeWatch(
      answer,
      target.kind,
      matchesOf(target, query),
      query.get('allowWatchBookmarks') === 'true',
    )
    if (since < objects.compactedAt) {
      const gone = new FakeRefusal(410, 'Expired', `too old resource version: ${since} (${objects.compactedAt})`)
      // The real one says it in either way.
      if (this.requests.length % 2 === 0) throw gone
      watch.start(objects, objects.version)
      watch.write('ERROR', gone.body())
      return watch.end()
    }
    watch.start(objects, since)
    this.#watches.add(watch)
    answer.on('close', () => this.#watches.delete(watch))
  }

  #reviewToken(body: unknown, answer: ServerResponse): void {
    const { spec } = body as { spec: { token: string; audiences?: readonly string[] } }
    const path = '/apis/authentication.k8s.io/v1/tokenreviews'
    const named = { plural: 'tokenreviews', namespace: '', name: '', subresource: '' }
    this.requests.push({ verb: 'create', method: 'POST', path, ...named })
    const status = this.tokenReview(spec.token, spec.audiences ?? []) ?? { authenticated: false, error: 'not known' }
    send(answer, 201, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', metadata: {}, spec, status })
  }
}
