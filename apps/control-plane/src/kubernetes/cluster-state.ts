import { isDeepStrictEqual } from 'node:util'
import {
  type EndpointSlice,
  type KubernetesService,
  meshNodeOf,
  type Namespace,
  type Node,
  type NodePlace,
  placeOf,
  type Pod,
  type WebhookObject,
} from '@weft/cluster'
import type { MeshNode, Service } from '@weft/topology'
import { ClusterPods, type PodWorld } from './cluster-pods.ts'
import { ClusterServices } from './cluster-services.ts'

/**
 * What a cluster runs, in the words of the model, as its objects come and go. Whatever the order in which changes are
 * told, what follows from the same objects is the same. Reads nothing and waits for nothing.
 */
export class ClusterState implements PodWorld {
  readonly pods: ClusterPods
  readonly #services: ClusterServices
  readonly #meshNamespace: string
  readonly #nodes = new Map<string, { readonly node: MeshNode; readonly place: NodePlace }>()
  readonly #namespaces = new Map<string, Namespace>()

  /** `changed` is told the uid of each workload that changed, '' when services did. The mesh's own parts are in `meshNamespace`. */
  constructor(changed: (uid: string) => void, meshNamespace = '') {
    this.#meshNamespace = meshNamespace
    this.pods = new ClusterPods(this, changed)
    this.#services = new ClusterServices(this, () => changed(''))
  }

  get nodes(): MeshNode[] {
    return [...this.#nodes.values()].map(({ node }) => node).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** The same list for as long as nothing of it changes. */
  get services(): readonly Service[] {
    return this.#services.all()
  }

  /** What of the objects of a service (`namespace/name`) can't be used. */
  problemsOf(service: string): string[] {
    return this.#services.problemsOf(service)
  }

  labelsOf(namespace: string): Readonly<Record<string, string>> | undefined {
    return this.#namespaces.get(namespace)?.metadata.labels
  }

  placeOf(node: string): NodePlace | null {
    return this.#nodes.get(node)?.place ?? null
  }

  isOfParts(namespace: string): boolean {
    return namespace !== '' && namespace === this.#meshNamespace
  }

  /** Null, here and below: it is gone. */
  setPod(key: string, pod: Pod | null): void {
    this.pods.set(key, pod)
  }

  setService(key: string, service: KubernetesService | null): void {
    this.#services.set(key, service)
  }

  setSlice(key: string, slice: EndpointSlice | null): void {
    this.#services.setSlice(key, slice)
  }

  setWebhooks(key: string, object: WebhookObject | null): void {
    this.#services.setWebhooks(key, object)
  }

  /** Nodes change every few seconds; what matters here hardly ever does. */
  setNode(name: string, node: Node | null): void {
    const former = this.#nodes.get(name)
    if (node === null) this.#nodes.delete(name)
    else this.#nodes.set(name, { node: meshNodeOf(node), place: placeOf(node) })
    if (isDeepStrictEqual(former?.place, this.#nodes.get(name)?.place)) return
    this.pods.nodeChanged(name)
    this.#services.nodeChanged(name)
  }

  setNamespace(name: string, namespace: Namespace | null): void {
    const former = this.labelsOf(name)
    if (namespace === null) this.#namespaces.delete(name)
    else this.#namespaces.set(name, namespace)
    if (isDeepStrictEqual(former, this.labelsOf(name))) return
    this.pods.namespaceChanged(name)
    this.#services.namespaceChanged(name)
  }
}
