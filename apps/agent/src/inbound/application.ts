import type { Dialled } from '@weft/channel'
import { fault } from '@weft/faults'
import type { Connector } from '@weft/layers'
import type { Workload } from '@weft/topology'
import type { DataPlane } from '../worker/data-plane.ts'

const CONNECT_TIMEOUT_MS = 2_000
const REMEMBERED_MAX = 65_536

/**
 * Connects to applications of this node: by loopback or by the address of their workload, whichever they listen on. What
 * worked last is tried first.
 *
 * Faults: `connect_failed` with what the last address said.
 */
export class Applications {
  readonly #plane: Pick<DataPlane, 'snapshots' | 'locals' | 'namespaces'>
  readonly #worked = new Map<string, string>()

  constructor(plane: Pick<DataPlane, 'snapshots' | 'locals' | 'namespaces'>) {
    this.#plane = plane
  }

  async dial(workload: Workload, port: number): Promise<Dialled> {
    const key = `${workload.uid}:${port}`
    const netnsPath = this.#plane.locals.netnsPath(workload.uid)
    let last: Dialled | null = null
    for (const address of this.#inOrder(key, workload)) {
      last = await this.#plane.namespaces.dial(netnsPath, '', address, port, CONNECT_TIMEOUT_MS)
      if (!last.ok) continue
      if (this.#worked.size >= REMEMBERED_MAX) this.#worked.clear()
      this.#worked.set(key, address)
      return last
    }
    this.#worked.delete(key)
    return last!
  }

  /** For the pools of HTTP connections. */
  connector(): Connector {
    return (_, upstream) => {
      const workload = this.#plane.snapshots.current.workload(upstream.workload)
      if (workload !== null) return this.dial(workload, upstream.port)
      const message = `Cannot connect to ${upstream.workload}: it is not configured any more, expected a workload of this node`
      return Promise.resolve(fault('not_ready', 'application', message))
    }
  }

  #inOrder(key: string, workload: Workload): string[] {
    const addresses = addressesOf(workload)
    const worked = this.#worked.get(key)
    return worked === undefined ? addresses : [worked, ...addresses.filter((address) => address !== worked)]
  }
}

/** In its own network a program may listen on the workload's address; on a shared one, nearly always on loopback or all. */
function addressesOf(workload: Workload): string[] {
  const loopback = ['127.0.0.1', '::1']
  return workload.networkMode === 'own' ? [workload.address, ...loopback] : [...loopback, workload.address]
}
