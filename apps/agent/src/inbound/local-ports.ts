import { PortOwners, type Addon } from '@weft/ebpf'

/**
 * Whose the ports of the node's shared network are, as the kernel has it. Empty until the supervisor has said where the
 * hooks of the node keep it: nothing is known then, and nothing is dialled.
 */
export class LocalPorts {
  readonly #addon: Addon | null
  #owners: PortOwners | null = null

  constructor(addon: Addon | null) {
    this.#addon = addon
  }

  /** Faults: SystemError when the maps are not there. */
  open(mapsDir: string): void {
    if (this.#addon === null) throw new Error('cannot read who owns ports: expected the addon')
    const owners = new PortOwners(this.#addon, mapsDir)
    this.close()
    this.#owners = owners
  }

  /** Id of the cgroup of the workload that listens there or declared it; 0n: nobody, or nobody alone. */
  ownerOf(address: string, port: number): bigint {
    return this.#owners?.ownerOf(address, port) ?? 0n
  }

  /** The kernel refuses whatever this socket dials that is not that workload's. Throws when it cannot be told. */
  claim(fd: number, cgroupId: bigint): void {
    if (this.#owners === null) throw new Error('who owns the ports of this node is not known yet')
    this.#owners.claim(fd, cgroupId)
  }

  close(): void {
    this.#owners?.close()
    this.#owners = null
  }
}
