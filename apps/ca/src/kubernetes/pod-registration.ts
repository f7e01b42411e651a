import { parseWorkloadIdentity } from '@weft/identity'
import { Informer, resourcePath, type KubernetesClient, type KubernetesObject } from '@weft/kubernetes'
import type { Component } from '@weft/lifecycle'
import { RpcFailure } from '@weft/rpc'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random } from '@weft/time'
import { notRegistered, type Registration } from '../serve/registration.ts'
import { PodPlaces, type PodPlace } from './pod-places.ts'

interface Pod extends KubernetesObject {
  readonly spec?: { readonly nodeName?: string; readonly serviceAccountName?: string }
  readonly status?: { readonly phase?: string }
}

/** The server tells at least that it is there about once a minute. */
const BLIND_MS_MAX = 150_000
/** A node may know of its pod a moment before this informer does: the two watch the same server. */
const LAG_MS_MAX = 1_000
const WAITING_MAX = 1_000

/**
 * Registration as the API server has it: a node may hold the identities of the pods that are bound to it and have not ended.
 * What is not known is refused: before the first list, and when the API server has been silent for long.
 */
export class PodRegistration implements Registration, Component {
  readonly #informer: Informer<Pod>
  readonly #places = new PodPlaces()
  readonly #clock: Clock
  #isListed = false

  constructor(client: KubernetesClient, clock: Clock, random: Random, log: Logger) {
    this.#clock = clock
    const options = {
      client,
      path: resourcePath('v1', 'pods'),
      fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
      keep: onlyPlace,
    }
    this.#informer = new Informer<Pod>(options, clock, random, log)
    this.#informer.onChange((key, pod) => this.#places.set(key, pod === null ? null : placeOf(pod)))
  }

  /** Waits for an API server that is away. Faults: ApiFailure when it refuses. */
  async start(): Promise<void> {
    await this.#informer.start()
    this.#isListed = true
  }

  /** Faults: RpcFailure `not_registered`, `pods_unknown`. */
  async check(node: string, identity: string): Promise<void> {
    const silentMs = this.#isListed ? this.#informer.silentMs : Infinity
    if (silentMs > BLIND_MS_MAX) {
      const found = this.#isListed ? `silent for ${Math.round(silentMs / 1000)} s` : 'not asked to the end yet'
      const message = `Cannot issue ${identity} to node ${node}: the API server, which knows the pods, is ${found}, try again`
      throw new RpcFailure('unavailable', 'pods_unknown', message)
    }
    const workload = parseWorkloadIdentity(identity)
    if (workload !== null && (await this.#isThere({ node, ...workload }))) return
    throw notRegistered(node, identity, 'pod of that namespace and ServiceAccount')
  }

  async drain(): Promise<void> {}

  stop(): void {
    this.#informer.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  async #isThere(place: PodPlace): Promise<boolean> {
    if (this.#places.has(place)) return true
    if (this.#places.waiting >= WAITING_MAX) return false
    const { promise, resolve } = Promise.withResolvers<void>()
    const forget = this.#places.onArrival(place, resolve)
    const timer = this.#clock.after(LAG_MS_MAX, resolve)
    await promise
    timer.cancel()
    forget()
    return this.#places.has(place)
  }
}

/** Of a pod only this is kept: a cluster has many, and they are large. */
function onlyPlace({ apiVersion, kind, metadata, spec, status }: Pod): Pod {
  const { name, namespace, uid, resourceVersion } = metadata
  const { nodeName = '', serviceAccountName = '' } = spec ?? {}
  return {
    apiVersion: apiVersion ?? 'v1',
    kind: kind ?? 'Pod',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
    spec: { nodeName, serviceAccountName },
    status: { phase: status?.phase ?? '' },
  }
}

function placeOf({ metadata, spec, status }: Pod): PodPlace | null {
  const { nodeName: node = '', serviceAccountName: serviceAccount = '' } = spec ?? {}
  const hasEnded = status?.phase === 'Succeeded' || status?.phase === 'Failed'
  if (hasEnded || node === '' || serviceAccount === '') return null
  return { node, namespace: metadata.namespace ?? '', serviceAccount }
}
