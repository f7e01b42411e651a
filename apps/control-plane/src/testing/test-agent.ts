import { join } from 'node:path'
import { type Delta, DeltaClient, grpcConnector, type ResourceKind } from '@weft/discovery'
import { systemClock, systemRandom } from '@weft/host'
import { formatMeshIdentity } from '@weft/identity'
import {
  discoveryService,
  fileAttestation,
  meshClientCredentials,
  MeshCredentials,
  policiesService,
  rpcClient,
  type RpcClient,
} from '@weft/rpc'
import { silentLogger } from '@weft/telemetry'

export interface TestAgentOptions {
  readonly node: string
  readonly dir: string
  readonly caAddress: string
  readonly rootsFile: string
  readonly tokenFile: string
  readonly controlPlane: string
  readonly policy: string
}

/** What an agent is to the control plane and the policy service: a node's certificate and two streams. */
export class TestAgent {
  readonly #options: TestAgentOptions
  readonly #credentials: MeshCredentials
  readonly held = new Map<string, unknown>()
  readonly deltas: Delta[] = []
  discovery!: RpcClient<typeof discoveryService>
  policies!: RpcClient<typeof policiesService>
  main!: DeltaClient
  policy!: DeltaClient

  constructor(options: TestAgentOptions) {
    this.#options = options
    this.#credentials = new MeshCredentials({
      stateDir: join(options.dir, options.node),
      trustDomain: 'cluster.local',
      role: `node/${options.node}`,
      hosts: ['127.0.0.1'],
      caAddress: options.caAddress,
      attestation: fileAttestation({ trustRootsFile: options.rootsFile, joinTokenFile: options.tokenFile }),
      clock: systemClock,
      random: systemRandom,
      log: silentLogger,
    })
  }

  /** Joins and subscribes. It reports the revision of the policies that it has, as agents do. */
  async start(): Promise<void> {
    await this.#credentials.start()
    const to = (role: 'control-plane' | 'policy') =>
      meshClientCredentials(this.#credentials, [formatMeshIdentity('cluster.local', role)])
    this.discovery = rpcClient(discoveryService, this.#options.controlPlane, to('control-plane'))
    this.policies = rpcClient(policiesService, this.#options.policy, to('policy'))
    this.main = this.#subscribe(['Service', 'Workload', 'Route', 'TrafficPolicy'], () => this.discovery.subscribe())
    this.policy = this.#subscribe(['AuthorizationPolicy'], () => this.policies.watch())
    await Promise.all([this.main.start(), this.policy.start()])
    await Promise.all([this.main.synced, this.policy.synced])
  }

  /** Says what the kernel of the node would say. */
  report(workloads: readonly { uid: string; enrolled: boolean; reason?: string }[] = []): void {
    this.main.reportStatus({ policyRevision: this.policy.revision, workloads: [...workloads] })
  }

  stop(): void {
    for (const one of [this.main, this.policy]) one?.stop()
    for (const one of [this.discovery, this.policies]) one?.close()
    this.#credentials.stop()
  }

  #subscribe(kinds: readonly ResourceKind[], open: Parameters<typeof grpcConnector>[0]): DeltaClient {
    const apply = async (delta: Delta): Promise<void> => {
      this.deltas.push(delta)
      for (const key of delta.removals) this.held.delete(key)
      for (const { kind, name, value } of delta.upserts) this.held.set(`${kind}/${name}`, value)
      // After the acknowledgement, when the revision is in force.
      if (kinds.includes('AuthorizationPolicy')) setImmediate(() => this.report())
    }
    const options = { node: this.#options.node, kinds, version: '0.1.0', apply, backoffMaxMs: 200 }
    return new DeltaClient(options, grpcConnector(open), systemClock, systemRandom, silentLogger)
  }
}
