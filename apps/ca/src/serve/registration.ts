import { describeError } from '@weft/faults'
import { formatMeshIdentity } from '@weft/identity'
import type { SvidSource } from '@weft/mtls'
import { discoveryService, meshClientCredentials, rpcClient, RpcFailure, type RpcClient } from '@weft/rpc'

const TIMEOUT_MS = 5_000

/** Knows which identities are registered on which node. */
export interface Registration {
  /** Returns when `node` may hold `identity`. Faults: RpcFailure `not_registered`, `control_plane_unavailable`. */
  check(node: string, identity: string): Promise<void>
}

/** Asks the control plane each time, as spiffe://…/weft/ca: no answer is a refusal. */
export class ControlPlaneRegistration implements Registration {
  readonly #address: string
  readonly #client: RpcClient<typeof discoveryService>

  constructor(address: string, trustDomain: string, own: SvidSource) {
    this.#address = address
    const credentials = meshClientCredentials(own, [formatMeshIdentity(trustDomain, 'control-plane')])
    this.#client = rpcClient(discoveryService, address, credentials, { timeoutMs: TIMEOUT_MS })
  }

  async check(node: string, identity: string): Promise<void> {
    let registered: boolean
    try {
      ;({ registered } = await this.#client.checkIdentity({ node, identity }))
    } catch (error) {
      const message = `Cannot issue ${identity} to node ${node}: the control plane at ${this.#address} does not say whether it is registered (${describeError(error)}), try again`
      throw new RpcFailure('unavailable', 'control_plane_unavailable', message, error)
    }
    if (registered) return
    const message = `Cannot issue ${identity} to node ${node}: found no workload with that identity registered there, expected one`
    throw new RpcFailure('permission_denied', 'not_registered', message)
  }

  close(): void {
    this.#client.close()
  }
}
