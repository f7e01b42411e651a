/** Where a pod runs and as whom. */
export interface PodPlace {
  readonly node: string
  readonly namespace: string
  readonly serviceAccount: string
}

/** Which identities run on which node, kept up with each change of a pod; asked per certificate without going through pods. */
export class PodPlaces {
  readonly #placeOfPod = new Map<string, string>()
  readonly #podsAt = new Map<string, number>()
  readonly #waiting = new Set<{ readonly key: string; readonly arrived: () => void }>()

  /** The pod runs there from now on; null when it runs no more, or not yet. */
  set(pod: string, place: PodPlace | null): void {
    const before = this.#placeOfPod.get(pod)
    const now = place === null ? undefined : keyOf(place)
    if (before === now) return
    if (before !== undefined) this.#leave(before)
    if (now === undefined) {
      this.#placeOfPod.delete(pod)
      return
    }
    this.#placeOfPod.set(pod, now)
    this.#podsAt.set(now, (this.#podsAt.get(now) ?? 0) + 1)
    for (const waiter of this.#waiting) if (waiter.key === now) waiter.arrived()
  }

  has(place: PodPlace): boolean {
    return this.#podsAt.has(keyOf(place))
  }

  /** How many wait for an arrival. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** Calls `arrived` when the first pod comes there. The result forgets it. */
  onArrival(place: PodPlace, arrived: () => void): () => void {
    const waiter = { key: keyOf(place), arrived }
    this.#waiting.add(waiter)
    return () => void this.#waiting.delete(waiter)
  }

  #leave(key: string): void {
    const left = (this.#podsAt.get(key) ?? 0) - 1
    if (left > 0) this.#podsAt.set(key, left)
    else this.#podsAt.delete(key)
  }
}

/** Names of Kubernetes hold no slash. */
function keyOf({ node, namespace, serviceAccount }: PodPlace): string {
  return `${node}/${namespace}/${serviceAccount}`
}
