import { describeError } from '@weft/faults'
import { formatMeshIdentity } from '@weft/identity'
import type { Component } from '@weft/lifecycle'
import type { SvidSource } from '@weft/mtls'
import { discoveryService, meshClientCredentials, rpcClient, RpcFailure, type RpcClient } from '@weft/rpc'

const TIMEOUT_MS = 5_000

/** Knows which identities are registered on which node. */
export interface Registration {
  /** Returns when `node` may hold `identity`. Faults: RpcFailure `not_registered`; `unavailable` when nobody knows. */
  check(node: string, identity: string): Promise<void>
}

export function notRegistered(node: string, identity: string, wanted: string): RpcFailure {
  const message = `Cannot issue ${identity} to node ${node}: found no ${wanted} there, expected one`
  return new RpcFailure('permission_denied', 'not_registered', message)
}

/** Asks the control plane each time, as spiffe://…/weft/ca: no answer is a refusal. */
export class ControlPlaneRegistration implements Registration, Component {
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
    if (!registered) throw notRegistered(node, identity, 'workload with that identity registered')
  }

  async start(): Promise<void> {}

  async drain(): Promise<void> {}

  stop(): void {
    this.#client.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }
}
