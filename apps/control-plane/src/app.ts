import { mkdirSync } from 'node:fs'
import { Readers, systemClock, systemRandom, version } from '@weft/host'
import { formatMeshIdentity } from '@weft/identity'
import { component, Lifecycle } from '@weft/lifecycle'
import {
  certifiableHosts,
  meshClientCredentials,
  MeshCredentials,
  meshServerCredentials,
  plainServerCredentials,
  replicasService,
  rpcClient,
  RpcServers,
} from '@weft/rpc'
import type { Logger } from '@weft/telemetry'
import type { ControlPlaneConfig } from './config.ts'
import { Explainer } from './explain/explain.ts'
import { kubernetesPlatform } from './kubernetes/kubernetes-platform.ts'
import { machinePlatform } from './machine-platform.ts'
import { Mesh } from './mesh.ts'
import { metricsServer } from './metrics-server.ts'
import { DiscoveryAccess, discoveryServiceOf } from './serve/discovery-service.ts'
import { ManagementService } from './serve/management-service.ts'
import { RestGateway } from './serve/rest.ts'
import { ReplicaFeed } from './replicas/replica-feed.ts'
import { ReplicaFollowers } from './replicas/replica-followers.ts'
import { TrafficWindow } from './traffic/traffic-window.ts'

/** The control plane, put together: store and inventory → compiled mesh → discovery for agents, management for people. */
export async function controlPlaneApp(config: ControlPlaneConfig, log: Logger): Promise<Lifecycle> {
  mkdirSync(config.stateDir, { recursive: true, mode: 0o700 })
  const clock = systemClock
  const { trustDomain, serviceRange4, serviceRange6 } = config
  const platform =
    config.platform === 'machine' ? machinePlatform(config, clock, log) : await kubernetesPlatform(config, clock, log)
  const { store, inventory, paceMs } = platform
  const access = new DiscoveryAccess(trustDomain)
  const options = { trustDomain, serviceRange4, serviceRange6, paceMs }
  const mesh = new Mesh(options, store, inventory, access, clock, log.child('mesh'))
  const traffic = new TrafficWindow()
  const management = new ManagementService(
    { mesh: config.mesh, trustDomain, version },
    mesh,
    traffic,
    new Explainer(mesh, trustDomain),
    clock,
  )
  const credentials = new MeshCredentials({
    stateDir: config.stateDir,
    trustDomain,
    role: 'control-plane',
    hosts: certifiableHosts(config.listen),
    caAddress: config.caAddress,
    attestation: platform.attestation,
    clock,
    random: systemRandom,
    log: log.child('credentials'),
  })
  const feed = new ReplicaFeed(mesh.progress, () => mesh.delta.revision)
  const toReplica = (address: string) =>
    rpcClient(
      replicasService,
      address,
      meshClientCredentials(credentials, [formatMeshIdentity(trustDomain, 'control-plane')]),
    )
  const into = { progress: mesh.progress, traffic }
  let isServing = false
  return new Lifecycle([
    // First, so that probes are answered while the API server or the CA is waited for; ready last.
    metricsServer(mesh, config.metricsListen, () => isServing),
    ...platform.sources,
    credentials,
    component({ start: () => mesh.start() }),
    ...platform.followers(mesh),
    new ReplicaFollowers(platform.replicas, toReplica, into, clock, systemRandom, log.child('replicas')),
    new RpcServers(() =>
      config.listen.map((listen) => ({
        listen,
        credentials: meshServerCredentials(credentials),
        services: discoveryServiceOf(mesh, traffic, feed, access, trustDomain, clock),
        log: log.child('discovery'),
      })),
    ),
    new RpcServers(() => [
      {
        listen: platform.managementListen,
        credentials: plainServerCredentials(),
        services: [management.served()],
        log: log.child('management'),
      },
    ]),
    new RestGateway(management, config.restListen, new Readers(config.reader), log.child('rest')),
    component({ start: () => void (isServing = true), drain: () => void (isServing = false) }),
  ])
}
