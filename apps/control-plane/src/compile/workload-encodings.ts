import { resourceKey, type EncodedResource, type ResourceKey } from '@weft/discovery'
import type { Workload } from '@weft/topology'
import type { CheckedEncoder } from './checked-encoder.ts'

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
  readonly #encoder: CheckedEncoder
  readonly #entries = new Map<string, Entry>()
  readonly #changed = new Set<string>()

  constructor(running: RunningWorkloads, encoder: CheckedEncoder) {
    this.#running = running
    this.#encoder = encoder
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
      if (workload !== null && this.#entries.get(uid)?.workload === workload) continue
      const resource = workload === null ? null : this.#encoder.encode('Workload', workload)
      if (workload !== null && resource !== null) {
        this.#entries.set(uid, { workload, resource })
        upserts.push(resource)
      } else if (this.#entries.delete(uid)) removals.push(resourceKey('Workload', uid))
    }
    this.#changed.clear()
    return { upserts, removals }
  }

  *all(): Iterable<EncodedResource> {
    for (const { resource } of this.#entries.values()) yield resource
  }
}
