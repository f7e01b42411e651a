import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { splitAddress } from '@weft/config'
import { Readers, systemClock, systemRandom, version } from '@weft/host'
import { component, Lifecycle } from '@weft/lifecycle'
import { fileAttestation, MeshCredentials, meshServerCredentials, plainServerCredentials, RpcServers } from '@weft/rpc'
import type { Logger } from '@weft/telemetry'
import type { ControlPlaneConfig } from './config.ts'
import { Explainer } from './explain/explain.ts'
import { Mesh } from './mesh.ts'
import { metricsServer } from './metrics-server.ts'
import { WorkloadFile } from './registry/workload-file.ts'
import { WorkloadRegistry } from './registry/workload-registry.ts'
import { DiscoveryAccess, discoveryServiceOf } from './serve/discovery-service.ts'
import { ManagementService } from './serve/management-service.ts'
import { RestGateway } from './serve/rest.ts'
import { SqliteStore } from './store/sqlite-store.ts'
import { TrafficWindow } from './traffic/traffic-window.ts'

/** The control plane, put together: store and registry → compiled mesh → discovery for agents, management for people. */
export function controlPlaneApp(config: ControlPlaneConfig, log: Logger): Lifecycle {
  mkdirSync(config.stateDir, { recursive: true, mode: 0o700 })
  const clock = systemClock
  const { trustDomain, serviceRange4, serviceRange6 } = config
  const store = new SqliteStore(join(config.stateDir, 'store.sqlite'), clock)
  const registry = new WorkloadRegistry(config.node, systemRandom)
  const workloadFile = new WorkloadFile(
    join(config.stateDir, 'workloads.json'),
    registry,
    clock,
    log.child('workloads'),
  )
  const access = new DiscoveryAccess(trustDomain)
  const mesh = new Mesh(
    { trustDomain, serviceRange4, serviceRange6 },
    store,
    registry,
    access,
    clock,
    log.child('mesh'),
  )
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
    hosts: hostsOf(config.listen),
    caAddress: config.caAddress,
    attestation: fileAttestation(config),
    clock,
    random: systemRandom,
    log: log.child('credentials'),
  })
  return new Lifecycle([
    component({ stop: () => store.close() }),
    credentials,
    component({ start: () => workloadFile.start(), stop: () => workloadFile.stop() }),
    component({ start: () => mesh.start() }),
    new RpcServers(() =>
      config.listen.map((listen) => ({
        listen,
        credentials: meshServerCredentials(credentials),
        services: discoveryServiceOf(mesh, traffic, access, trustDomain, clock),
        log: log.child('discovery'),
      })),
    ),
    component({ start: () => privateDirectory(dirname(config.managementSocket)) }),
    new RpcServers(() => [
      {
        listen: `unix:${config.managementSocket}`,
        credentials: plainServerCredentials(),
        services: [management.served()],
        log: log.child('management'),
      },
    ]),
    new RestGateway(management, config.restListen, new Readers(config.reader), log.child('rest')),
    metricsServer(mesh, config.metricsListen),
  ])
}

/** Addresses and names that go into the certificate; wildcards name nothing. */
function hostsOf(listen: readonly string[]): string[] {
  const hosts = listen.map((one) => splitAddress(one)!.host)
  return [...new Set(hosts)].filter((host) => host !== '0.0.0.0' && host !== '::')
}

/** Only its owner may reach the sockets in it. */
function privateDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
}
