import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FakeKind } from './fake-kinds.ts'
import { FakeRefusal } from './fake-refusal.ts'
import type { FakeTarget } from './fake-resources.ts'
import type { Matches } from './fake-watch.ts'
import { meetsFields, meetsLabels } from './selectors.ts'

export interface FakeRequest {
  /** As RBAC names it: get, list, watch, create, update, patch, delete. */
  readonly verb: string
  readonly method: string
  readonly path: string
  readonly plural: string
  readonly namespace: string
  readonly name: string
  readonly subresource: string
}

/** Faults: FakeRefusal 404 for a kind that is not among `kinds`, by `apiVersion/plural`. */
export function targetOf(path: string, kinds: ReadonlyMap<string, FakeKind>): FakeTarget {
  const steps = path.split('/').slice(1).map(decodeURIComponent)
  const apiVersion = steps[0] === 'api' ? steps[1]! : `${steps[1]}/${steps[2]}`
  const rest = steps.slice(steps[0] === 'api' ? 2 : 3)
  const isWithin = rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2]!)
  const [plural = '', name = '', subresource = ''] = isWithin ? rest.slice(2) : rest
  const kind = kinds.get(`${apiVersion}/${plural}`)
  if (kind === undefined) throw new FakeRefusal(404, 'NotFound', 'the server could not find the requested resource')
  return { kind, namespace: isWithin ? rest[1]! : '', name, subresource }
}

/** What a list or watch is about. */
export function matchesOf({ namespace, name }: FakeTarget, query: URLSearchParams): Matches {
  const [labels, fields] = [query.get('labelSelector') ?? '', query.get('fieldSelector') ?? '']
  return (object) =>
    (namespace === '' || object.metadata.namespace === namespace) &&
    (name === '' || object.metadata.name === name) &&
    meetsLabels(labels, object.metadata.labels) &&
    meetsFields(fields, object)
}

export function describeRequest(
  request: IncomingMessage,
  url: URL,
  { kind, namespace, name, subresource }: FakeTarget,
): FakeRequest {
  const method = request.method ?? 'GET'
  const verbs: Record<string, string> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }
  const read = url.searchParams.get('watch') === 'true' ? 'watch' : name === '' ? 'list' : 'get'
  const verb = verbs[method] ?? read
  return { verb, method, path: url.pathname, plural: kind.plural, namespace, name, subresource }
}

export async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return chunks.length === 0 ? null : JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

/** Answers with JSON; ends what has begun already. */
export function send(answer: ServerResponse, status: number, body: unknown): void {
  if (answer.headersSent) return void answer.end()
  answer.writeHead(status, { 'content-type': 'application/json' })
  answer.end(JSON.stringify(body))
}
