import type { Upstream } from '@weft/stack'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { DataPlane } from './data-plane.ts'

/**
 * Upstreams that nothing leads to any more. What is under way to them may finish; but where the workload itself is gone,
 * its network may be too, and nobody be left who could say so: then its agent is asked whether it is there.
 */
export class GoneUpstreams {
  readonly #plane: Pick<DataPlane, 'outboundPools' | 'hbone'>
  #unlooked: Upstream[] = []

  constructor(plane: Pick<DataPlane, 'outboundPools' | 'hbone'>) {
    this.#plane = plane
  }

  take(upstreams: readonly Upstream[]): void {
    this.#plane.outboundPools.retire(upstreams)
    this.#unlooked.push(...upstreams)
  }

  /** The snapshot in force is the one without them. */
  look(snapshot: Pick<Snapshot, 'workload'>): void {
    for (const { workload, address, hbonePort } of this.#unlooked.splice(0)) {
      if (hbonePort > 0 && snapshot.workload(workload) === null) this.#plane.hbone.doubt(address, hbonePort)
    }
  }
}
