import type { Component } from '@weft/lifecycle'
import type { Attestation } from '@weft/rpc'
import type { Inventory } from './registry/inventory.ts'
import type { Mesh } from './mesh.ts'
import type { Replicas } from './replicas/replica-followers.ts'
import type { ResourceStore } from './store/resource-store.ts'

/** What differs between a machine and a cluster: where resources and workloads are known from, and who may command. */
export interface Platform {
  readonly store: ResourceStore
  readonly inventory: Inventory
  /** Other control planes of the same mesh. */
  readonly replicas: Replicas
  readonly attestation: Attestation
  /** Least time between two compilations. */
  readonly paceMs: number
  /** `host:port` or `unix:path` of the management API. */
  readonly managementListen: string
  /** What reads store and inventory, in the order in which it starts. */
  readonly sources: readonly Component[]
  /** What follows the mesh once it is compiled. */
  followers(mesh: Mesh): readonly Component[]
}
