import type { Addon } from '@weft/addon'
import { join } from 'node:path'
import { decodePort, encodeEndpoint, encodeU32, encodeU64 } from './entries.ts'
import { KernelMap } from './kernel-map.ts'

/**
 * Whose a port of the shared network is, for the agent's processes that dial applications there.
 *
 * {@link claim} is what makes a dial safe: `sklookup_node` compares the claim with the owner of the listening socket
 * when the SYN arrives, so that no connection reaches a socket of another workload, whoever takes the port meanwhile.
 */
export class PortOwners {
  readonly #ports: KernelMap
  readonly #dials: KernelMap

  /** `mapsDir` is that of {@link EbpfCapture.mapsDir}. */
  constructor(addon: Addon, mapsDir: string) {
    this.#ports = new KernelMap(addon, join(mapsDir, 'ports'), 1)
    this.#dials = new KernelMap(addon, join(mapsDir, 'agent_dials'), 1)
  }

  /** Id of the cgroup of the one workload that listens there, or has declared that port there; 0n for nobody or several. */
  ownerOf(address: string, port: number): bigint {
    const exact = this.#read(address, port)
    const entry = exact !== null && exact.listeners > 0 ? exact : (this.#read('', port) ?? exact)
    return entry === null || entry.isContested ? 0n : entry.workload
  }

  /** What this unconnected socket of ours dials must be of that workload, else it is refused. */
  claim(fd: number, workload: bigint): void {
    this.#dials.set(encodeU32(fd), encodeU64(workload))
  }

  close(): void {
    this.#ports.close()
    this.#dials.close()
  }

  #read(address: string, port: number): ReturnType<typeof decodePort> | null {
    const value = this.#ports.get(encodeEndpoint({ address, port }))
    return value === null ? null : decodePort(value)
  }
}
