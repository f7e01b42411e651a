import { createHash } from 'node:crypto'
import { describeError } from '@weft/faults'
import {
  isApiFailure,
  type KubernetesClient,
  type KubernetesObject,
  resourcePath,
  versionNumber,
} from '@weft/kubernetes'
import { resourceId, type Resource } from '@weft/resources'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { ResourceRef, ResourceVersion } from '../resource-store.ts'

const API = 'apps/v1'
const LABEL = 'weft.dev/history-of'
const VERSIONS_PER_RESOURCE_MAX = 10

/** A version as it is kept; the API server lets `data` be anything. */
interface Revision extends KubernetesObject {
  readonly data: {
    readonly ref: ResourceRef
    readonly resource: Resource | null
    readonly author: string
    readonly atMs: number
  }
  readonly revision: number
}

type Client = Pick<KubernetesClient, 'list' | 'create' | 'remove'>

/**
 * The latest versions of resources, as ControllerRevisions in the namespace of the mesh: the kind that Kubernetes has for
 * this. They are named by resource and version, so that replicas who record the same one make one. What can't be
 * recorded is lost for the history alone, and told in the log.
 */
export class History {
  readonly #client: Client
  readonly #namespace: string
  readonly #clock: Clock
  readonly #log: Logger

  constructor(client: Client, namespace: string, clock: Clock, log: Logger) {
    this.#client = client
    this.#namespace = namespace
    this.#clock = clock
    this.#log = log
  }

  async record(ref: ResourceRef, resource: Resource | null, version: number, author: string): Promise<void> {
    const key = keyOf(ref)
    const object: Revision = {
      apiVersion: API,
      kind: 'ControllerRevision',
      metadata: { name: `weft-${key}-${version}`, namespace: this.#namespace, labels: { [LABEL]: key } },
      data: { ref, resource, author, atMs: Math.round(this.#clock.wallMs()) },
      revision: version,
    }
    try {
      await this.#client.create(this.#path(), object, { fieldManager: 'weft' })
      await this.#prune(key)
    } catch (error) {
      if (isApiFailure(error, 'already_exists')) return
      this.#log.warn('a version is missing in the history', { resource: idOf(ref), error: describeError(error) })
    }
  }

  /** Newest first. Faults: ApiFailure. */
  async of(ref: ResourceRef, limit: number): Promise<ResourceVersion[]> {
    const found = await this.#all(keyOf(ref))
    return found
      .filter(({ data }) => idOf(data.ref) === idOf(ref))
      .slice(0, limit)
      .map(({ revision, data }) => ({ revision, ...data }))
  }

  async #prune(key: string): Promise<void> {
    const excess = (await this.#all(key)).slice(VERSIONS_PER_RESOURCE_MAX)
    for (const { metadata } of excess) await this.#client.remove(this.#path(metadata.name))
  }

  async #all(key: string): Promise<Revision[]> {
    const { items } = await this.#client.list<Revision>(this.#path(), { labelSelector: `${LABEL}=${key}` })
    return items.toSorted((a, b) => b.revision - a.revision || compareVersions(b, a))
  }

  #path(name = ''): string {
    return resourcePath(API, 'controllerrevisions', this.#namespace, name)
  }
}

function compareVersions(a: KubernetesObject, b: KubernetesObject): number {
  return versionNumber(a.metadata.resourceVersion) - versionNumber(b.metadata.resourceVersion)
}

/** A name of three parts is too long for a label; its hash is not. */
function keyOf(ref: ResourceRef): string {
  return createHash('sha256').update(idOf(ref)).digest('hex').slice(0, 20)
}

function idOf({ kind, namespace, name }: ResourceRef): string {
  return resourceId({ kind, metadata: { namespace, name } })
}
