import { isDeepStrictEqual } from 'node:util'
import {
  type EndpointSlice,
  type KubernetesService,
  type NodePlace,
  serviceModel,
  serviceOfSlice,
  sliceProblem,
  type WebhookObject,
  webhookTargets,
} from '@weft/cluster'
import type { Service } from '@weft/topology'
import { KeyIndex } from './key-index.ts'
import type { PodWorld } from './cluster-pods.ts'

/**
 * The Services of a cluster as the mesh has them, kept up with EndpointSlices and webhooks as they change. What has not
 * changed stays the same object, and so does the list of all.
 */
export class ClusterServices {
  readonly #world: PodWorld
  readonly #changed: () => void
  /** By `namespace/name`. */
  readonly #services = new Map<string, KubernetesService>()
  readonly #models = new Map<string, Service>()
  readonly #slices = new Map<string, EndpointSlice>()
  readonly #slicesByService = new KeyIndex()
  readonly #byNamespace = new KeyIndex()
  /** By kind and name of the object that asks for the calls. */
  readonly #webhooks = new Map<string, ReturnType<typeof webhookTargets>>()
  readonly #webhooksByService = new KeyIndex()
  #all: readonly Service[] | null = null

  /** `changed` is told when some service is new, other than it was, or gone. */
  constructor(world: PodWorld, changed: () => void) {
    this.#world = world
    this.#changed = changed
  }

  /** In order of their names. */
  all(): readonly Service[] {
    this.#all ??= [...this.#models].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, service]) => service)
    return this.#all
  }

  /** Null: it is gone. */
  set(key: string, service: KubernetesService | null): void {
    if (service === null) {
      const former = this.#services.get(key)
      if (former !== undefined) this.#byNamespace.remove(former.metadata.namespace ?? '', key)
      this.#services.delete(key)
    } else {
      this.#services.set(key, service)
      this.#byNamespace.add(service.metadata.namespace ?? '', key)
    }
    this.#refresh(key)
  }

  setSlice(key: string, slice: EndpointSlice | null): void {
    const former = this.#slices.get(key)
    const touched = new Set<string>()
    if (former !== undefined) {
      touched.add(serviceOfSlice(former))
      this.#slicesByService.remove(serviceOfSlice(former), key)
    }
    if (slice === null) this.#slices.delete(key)
    else {
      this.#slices.set(key, slice)
      touched.add(serviceOfSlice(slice))
      this.#slicesByService.add(serviceOfSlice(slice), key)
    }
    for (const service of touched) this.#refresh(service)
  }

  /** `key` is unique among the objects of all kinds that name webhooks. */
  setWebhooks(key: string, object: WebhookObject | null): void {
    const touched = new Set<string>()
    for (const { service } of this.#webhooks.get(key) ?? []) {
      touched.add(service)
      this.#webhooksByService.remove(service, key)
    }
    this.#webhooks.delete(key)
    const targets = object === null ? [] : webhookTargets(object)
    if (targets.length > 0) this.#webhooks.set(key, targets)
    for (const { service } of targets) {
      touched.add(service)
      this.#webhooksByService.add(service, key)
    }
    for (const service of touched) this.#refresh(service)
  }

  /** What of the slices of a service can't be used. */
  problemsOf(key: string): string[] {
    return this.#slicesByService
      .of(key)
      .map((slice) => sliceProblem(this.#slices.get(slice)!))
      .filter((problem) => problem !== '')
  }

  namespaceChanged(namespace: string): void {
    for (const key of this.#byNamespace.of(namespace)) this.#refresh(key)
  }

  /** Endpoints that were written down say where they are by their node. */
  nodeChanged(node: string): void {
    for (const [key, { endpoints }] of [...this.#models]) {
      if (endpoints.some((endpoint) => endpoint.node === node)) this.#refresh(key)
    }
  }

  #refresh(key: string): void {
    const service = this.#services.get(key)
    const former = this.#models.get(key) ?? null
    const model = service === undefined ? null : this.#modelOf(key, service)
    if (model === null && former === null) return
    if (model !== null && former !== null && isDeepStrictEqual(former, model)) return
    if (model === null) this.#models.delete(key)
    else this.#models.set(key, model)
    this.#all = null
    this.#changed()
  }

  #modelOf(key: string, service: KubernetesService): Service | null {
    const placeOfNode = (name: string): NodePlace | null => this.#world.placeOf(name)
    return serviceModel(service, {
      namespaceLabels: this.#world.labelsOf(service.metadata.namespace ?? ''),
      slices: this.#slicesByService.of(key).map((slice) => this.#slices.get(slice)!),
      webhookPorts: this.#webhookPorts(key),
      placeOfNode,
    })
  }

  #webhookPorts(service: string): number[] {
    const targets = this.#webhooksByService.of(service).flatMap((key) => this.#webhooks.get(key) ?? [])
    const ports = new Set(targets.filter((target) => target.service === service).map(({ port }) => port))
    return [...ports].toSorted((a, b) => a - b)
  }
}
