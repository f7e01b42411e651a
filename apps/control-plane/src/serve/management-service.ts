import { nearest } from '@weft/config'
import { Failure } from '@weft/faults'
import { formatWorkloadIdentity } from '@weft/identity'
import type { weft } from '@weft/proto'
import { findKind, resourceId, storedKinds, validateResource, type Resource, type StoredKind } from '@weft/resources'
import { managementService, serve, type ServedService } from '@weft/rpc'
import type { Clock } from '@weft/time'
import { serviceKey } from '@weft/topology'
import { type KnownServices, referenceWarnings, statusWarnings } from '../compile/reference-warnings.ts'
import type { Explainer } from '../explain/explain.ts'
import type { Mesh } from '../mesh.ts'
import { readStatQuery, stat } from '../traffic/stat.ts'
import type { TrafficWindow } from '../traffic/traffic-window.ts'
import { messageOf, runSession } from './run-session.ts'

export interface ManagementOptions {
  readonly mesh: string
  readonly trustDomain: string
  readonly version: string
}

const RESOURCES_PER_APPLY_MAX = 1_000
const WAIT_MAX_MS = 600_000

type V1 = typeof weft.management.v1
type Requests = { [Name in keyof V1]: V1[Name] extends new (...args: never[]) => infer Instance ? Instance : never }

/** weft.management.v1.Management, for the socket and the REST gateway alike. */
export class ManagementService {
  readonly #options: ManagementOptions
  readonly #mesh: Mesh
  readonly #traffic: TrafficWindow
  readonly #explainer: Explainer
  readonly #clock: Clock

  constructor(options: ManagementOptions, mesh: Mesh, traffic: TrafficWindow, explainer: Explainer, clock: Clock) {
    this.#options = options
    this.#mesh = mesh
    this.#traffic = traffic
    this.#explainer = explainer
    this.#clock = clock
  }

  /** Faults: Failure `malformed` with every problem of every resource; those of the store. */
  async apply(request: Requests['ApplyRequest']): Promise<weft.management.v1.ApplyResponse.$Properties> {
    const resources = readResources(request.resources)
    const { store } = this.#mesh
    const { revision, outcomes } = request.dryRun
      ? await store.dryRun(resources)
      : await store.apply(resources, request.author || 'unknown')
    if (!request.dryRun) await this.#mesh.changed()
    const services = this.#servicesWith(resources)
    return {
      // Of what is offered, once the change is in it.
      revision: request.dryRun ? revision : Math.max(revision, this.#mesh.model.revision),
      results: resources.map((resource, i) => ({
        resource: resourceId(resource),
        outcome: outcomes[i]!,
        warnings: [
          ...referenceWarnings(resource, services),
          ...(request.dryRun ? [] : statusWarnings(this.#mesh.model.routeStatuses.get(resourceId(resource)))),
        ],
      })),
    }
  }

  async get(request: Requests['GetRequest']): Promise<weft.management.v1.GetResponse.$Properties> {
    const kind = readKind(request.kind)
    const found = (await this.#mesh.store.list()).filter(
      (resource) =>
        resource.kind === kind &&
        (request.namespace === '' || resource.metadata.namespace === request.namespace) &&
        (request.name === '' || resource.metadata.name === request.name),
    )
    if (request.name !== '' && found.length === 0) throw notFound(kind, request.namespace, request.name)
    const { routeStatuses } = this.#mesh.model
    // What of a route is refused is said in its status, in words that people read.
    const withStatus = found.map((resource) => ({
      ...resource,
      refusal: undefined,
      status: routeStatuses.get(resourceId(resource)),
    }))
    return { resources: withStatus.map((resource) => JSON.stringify(resource)), revision: this.#mesh.store.revision }
  }

  async delete(request: Requests['DeleteRequest']): Promise<weft.management.v1.DeleteResponse.$Properties> {
    const kind = readKind(request.kind)
    const { name } = request
    const namespace = request.namespace || 'default'
    const isDerived = kind === 'Service' && this.#mesh.derived.remove(namespace, name)
    const revision = await this.#mesh.store.remove({ kind, namespace, name }, 'weft delete')
    if (revision === null && !isDerived) throw notFound(kind, namespace, name)
    await this.#mesh.changed()
    return { revision: Math.max(this.#mesh.store.revision, this.#mesh.model.revision) }
  }

  async wait(request: Requests['WaitRequest']): Promise<weft.management.v1.WaitResponse.$Properties> {
    const timeoutMs = request.timeoutMs === 0 ? 30_000 : request.timeoutMs
    if (timeoutMs > WAIT_MAX_MS)
      throw new Failure('malformed', `WaitRequest.timeout_ms: found ${timeoutMs}, expected at most ${WAIT_MAX_MS}`)
    return this.#mesh.progress.wait(request.revision, timeoutMs)
  }

  async status(): Promise<weft.management.v1.StatusResponse.$Properties> {
    const { mesh, trustDomain, version } = this.#options
    const addresses = new Map(this.#mesh.registry.nodes.map((node) => [node.name, node.address]))
    const nodes = this.#mesh.progress.shown(this.#mesh.model.revision).map(({ node, notices, ...progress }) => {
      return { ...progress, notices: [...notices], name: node, address: addresses.get(node) ?? '' }
    })
    const { serviceIndex } = this.#mesh.model
    const workloads = this.#mesh.registry.workloads().flatMap((workload) => {
      const { namespace, serviceAccount } = workload
      const { enrolled, reason, isAsked = true } = this.#mesh.registry.enrolmentOf(workload.uid)!
      // What is outside the mesh, and is to be, is nobody's concern here.
      if (!enrolled && !isAsked) return []
      const identity = formatWorkloadIdentity({ trustDomain, namespace, serviceAccount })
      const lost = this.#mesh.registry.isOrphan(workload.uid)
      return [{ workload: messageOf(workload), identity, services: serviceIndex.of(workload), enrolled, reason, lost }]
    })
    return { mesh, trustDomain, version, revision: this.#mesh.model.revision, nodes, workloads }
  }

  async stat(request: Requests['StatRequest']): Promise<weft.management.v1.StatResponse.$Properties> {
    const query = readStatQuery(request)
    return { rows: stat(this.#traffic, this.#mesh.instances(), query, this.#clock.nowMs()), windowMs: query.windowMs }
  }

  /** The services of now, and those of resources that are only checked. */
  #servicesWith(resources: readonly Resource[]): KnownServices {
    const services = new Map<string, { ports: { port: number; name: string }[] }>()
    for (const [key, { ports }] of this.#mesh.model.services) services.set(key, { ports: [...ports] })
    for (const resource of resources) {
      if (resource.kind !== 'Service') continue
      const ports = resource.spec.ports.map(({ port, name = '' }) => ({ port, name }))
      services.set(serviceKey(resource.metadata.namespace, resource.metadata.name), { ports })
    }
    return services
  }

  explain(request: Requests['ExplainRequest']): Promise<weft.management.v1.ExplainResponse.$Properties> {
    return this.#explainer.explain(request)
  }

  served(): ServedService {
    return serve(managementService, {
      apply: (request) => this.apply(request),
      get: (request) => this.get(request),
      delete: (request) => this.delete(request),
      wait: (request) => this.wait(request),
      status: () => this.status(),
      stat: (request) => this.stat(request),
      explain: (request) => this.explain(request),
      run: (requests, replies) => runSession(this.#mesh, requests, (update) => replies.write(update), this.#clock),
    })
  }
}

/** Checks all before any is stored. */
function readResources(texts: readonly string[]): Resource[] {
  if (texts.length > RESOURCES_PER_APPLY_MAX) {
    throw new Failure(
      'malformed',
      `ApplyRequest.resources: found ${texts.length}, expected at most ${RESOURCES_PER_APPLY_MAX}`,
    )
  }
  const problems: string[] = []
  const resources: Resource[] = []
  texts.forEach((text, index) => {
    try {
      resources.push(validateResource(parseJson(text), `resources[${index}]`))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      problems.push(error.message)
    }
  })
  const seen = new Set<string>()
  for (const resource of resources) {
    const id = resourceId(resource)
    if (seen.has(id)) problems.push(`${id}: found twice, expected once`)
    seen.add(id)
  }
  if (problems.length > 0) throw new Failure('malformed', problems.join('\n'))
  return resources
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Failure('malformed', `ApplyRequest.resources: found what is not JSON: ${String(error)}`, error)
  }
}

function readKind(word: string): StoredKind {
  const kind = findKind(word)
  if (kind !== null) return kind
  throw new Failure(
    'malformed',
    `kind: found ${JSON.stringify(word)}${nearest(word, storedKinds)}, expected one of ${storedKinds.join(', ')}`,
  )
}

function notFound(kind: string, namespace: string, name: string): Failure {
  return new Failure('not_found', `${kind} ${namespace === '' ? '' : `${namespace}/`}${name} is not stored`)
}
