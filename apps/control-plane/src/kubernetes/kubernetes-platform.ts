import { hostname } from 'node:os'
import { splitAddress } from '@weft/config'
import { systemRandom } from '@weft/host'
import { KubernetesClient, LeaderElection, podAttestation } from '@weft/kubernetes'
import { component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { ControlPlaneConfig } from '../config.ts'
import type { Platform } from '../platform.ts'
import { KubernetesStore } from '../store/kubernetes/kubernetes-store.ts'
import { ClusterInventory } from './cluster-inventory.ts'
import { ClusterReplicas } from './cluster-replicas.ts'
import { StatusWriter } from './status-writer.ts'

/** Changes of a cluster come in crowds: a rollout is told ten times a second, not a thousand times. */
const PACE_MS = 100
const LEASE = 'weft-control-plane'
const SERVICE = 'weft-control-plane'

/** A cluster: resources, pods and services of its API server, commands by ports forwarded to the pod. */
export async function kubernetesPlatform(config: ControlPlaneConfig, clock: Clock, log: Logger): Promise<Platform> {
  const { kubeconfig, namespace, joinTokenFile, managementListen } = config
  const apiLog = log.child('kubernetes')
  const client = await KubernetesClient.load({ kubeconfig, name: 'weft-control-plane' }, clock, apiLog)
  const store = new KubernetesStore(client, { namespace }, clock, systemRandom, log.child('store'))
  const inventory = new ClusterInventory(client, clock, systemRandom, log.child('inventory'), namespace)
  const identity = config.replica === '' ? hostname() : config.replica
  const { port } = splitAddress(config.listen[0] ?? '') ?? { port: 0 }
  const replicas = new ClusterReplicas(inventory, { namespace, service: SERVICE, self: identity, port })
  const election = { client, namespace, name: LEASE, identity }
  const leader = new LeaderElection(election, clock, systemRandom, log.child('leader'))
  return {
    store,
    inventory,
    replicas,
    attestation: podAttestation(client, namespace, joinTokenFile),
    paceMs: PACE_MS,
    managementListen,
    sources: [
      component({ stop: () => client.close() }),
      component({ start: () => store.start(), stop: () => store.close() }),
      inventory,
    ],
    followers: (mesh) => [
      component({ start: () => leader.start(), drain: () => leader.release(), stop: () => leader.stop() }),
      new StatusWriter(client, store, leader, mesh, clock, log.child('status')),
    ],
  }
}
