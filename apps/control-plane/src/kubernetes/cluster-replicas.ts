import { selects } from '@weft/topology'
import type { Inventory } from '../registry/inventory.ts'
import type { Replicas } from '../replicas/replica-followers.ts'

export interface ClusterReplicasOptions {
  readonly namespace: string
  /** Service of the control plane. */
  readonly service: string
  /** Name of this replica's own pod. */
  readonly self: string
  /** At which each serves discovery. */
  readonly port: number
}

/** The other pods behind the Service of the control plane. */
export class ClusterReplicas implements Replicas {
  readonly #inventory: Inventory
  readonly #options: ClusterReplicasOptions

  constructor(inventory: Inventory, options: ClusterReplicasOptions) {
    this.#inventory = inventory
    this.#options = options
  }

  addresses(): string[] {
    const { namespace, service: name, self, port } = this.#options
    const service = this.#inventory.services()?.find((one) => one.namespace === namespace && one.name === name)
    if (service === undefined) return []
    return this.#inventory
      .workloads()
      .filter((workload) => selects(service, workload) && workload.name !== self && workload.state !== 'draining')
      .map(({ address }) => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`))
  }

  onChange(listener: () => void): () => void {
    return this.#inventory.watch((uid) => {
      // A uid begins with node and namespace.
      if (uid === '' || uid.split('/', 2)[1] === this.#options.namespace) listener()
    })
  }
}
