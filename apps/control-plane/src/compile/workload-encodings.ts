import { encodeResource, resourceKey, type EncodedResource, type ResourceKey } from '@weft/discovery'
import type { Workload } from '@weft/topology'

/** What runs, by uid. */
export interface RunningWorkloads {
  workloads(): readonly Workload[]
  get(uid: string): Workload | null
}

interface Entry {
  readonly workload: Workload
  readonly resource: EncodedResource
}

/** Running workloads made ready for the wire, each once for as long as it stays the same. */
export class WorkloadEncodings {
  readonly #running: RunningWorkloads
  readonly #entries = new Map<string, Entry>()
  readonly #changed = new Set<string>()

  constructor(running: RunningWorkloads) {
    this.#running = running
  }

  /** Begins anew with everything that runs. */
  reset(): void {
    this.#changed.clear()
    const uids = new Set(this.#running.workloads().map(({ uid }) => uid))
    for (const uid of [...this.#entries.keys(), ...uids]) this.#changed.add(uid)
  }

  /** Of a workload that is new, other than it was, or gone. */
  changed(uid: string): void {
    this.#changed.add(uid)
  }

  /** What is other than at the last call. */
  take(): { readonly upserts: readonly EncodedResource[]; readonly removals: readonly ResourceKey[] } {
    const upserts: EncodedResource[] = []
    const removals: ResourceKey[] = []
    for (const uid of this.#changed) {
      const workload = this.#running.get(uid)
      const known = this.#entries.get(uid)
      if (workload === null) {
        if (this.#entries.delete(uid)) removals.push(resourceKey('Workload', uid))
      } else if (known?.workload !== workload) {
        const resource = encodeResource('Workload', workload)
        this.#entries.set(uid, { workload, resource })
        upserts.push(resource)
      }
    }
    this.#changed.clear()
    return { upserts, removals }
  }

  *all(): Iterable<EncodedResource> {
    for (const { resource } of this.#entries.values()) yield resource
  }
}
