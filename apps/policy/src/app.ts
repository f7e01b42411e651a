import { join } from 'node:path'
import {
  DeltaClient,
  deltaHandler,
  deltaMethod,
  DeltaServer,
  grpcConnector,
  ResourceSet,
  SnapshotFile,
} from '@weft/discovery'
import { Failure } from '@weft/faults'
import { systemClock, systemRandom, version } from '@weft/host'
import { formatMeshIdentity, parseMeshIdentity } from '@weft/identity'
import { KubernetesClient, podAttestation } from '@weft/kubernetes'
import { component, Lifecycle } from '@weft/lifecycle'
import {
  certifiableHosts,
  discoveryService,
  fileAttestation,
  MeshCredentials,
  meshClientCredentials,
  meshServerCredentials,
  policiesService,
  requirePeerIdentity,
  rpcClient,
  RpcServers,
  serve,
  type Attestation,
  type IncomingCall,
} from '@weft/rpc'
import type { Logger } from '@weft/telemetry'
import type { PolicyConfig } from './config.ts'
import { decide } from './decide.ts'
import { metricsServer } from './metrics-server.ts'
import { PolicySet } from './policy-set.ts'

/**
 * The policy service, put together: policies from the control plane, checked, offered to the agents. Replicas know nothing of
 * each other: each has every policy, and an agent that loses one goes on at another from the hashes that it holds.
 */
export async function policyApp(config: PolicyConfig, log: Logger): Promise<Lifecycle> {
  const { stateDir, trustDomain } = config
  const clock = systemClock
  const file = new SnapshotFile(join(stateDir, 'policies.json'), clock, log.child('snapshot'))
  const set = new ResourceSet()
  const saved = file.load()
  if (saved !== null) {
    set.apply({ upserts: saved.resources, removals: [] })
    set.revision = saved.revision
  }
  const delta = new DeltaServer({ kinds: ['AuthorizationPolicy'] })
  const policies = new PolicySet(set, delta)
  const attestation = await attestationOf(config, log)
  const credentials = new MeshCredentials({
    stateDir,
    trustDomain,
    role: 'policy',
    hosts: certifiableHosts(config.listen),
    caAddress: config.caAddress,
    attestation,
    clock,
    random: systemRandom,
    log: log.child('credentials'),
  })
  const controlPlane = rpcClient(
    discoveryService,
    config.controlPlaneAddress,
    meshClientCredentials(credentials, [formatMeshIdentity(trustDomain, 'control-plane')]),
  )
  const subscription = new DeltaClient(
    {
      node: 'policy',
      kinds: ['AuthorizationPolicy'],
      version,
      held: new Map(Object.entries(saved?.hashes ?? {})),
      apply: async (change) => {
        policies.apply(change)
        const { revision } = policies
        file.saveSoon(() => ({ revision, policyRevision: 0, resources: set.all(), hashes: policies.hashes() }))
      },
    },
    grpcConnector(() => controlPlane.subscribe()),
    clock,
    systemRandom,
    log.child('discovery'),
  )
  const servers = new RpcServers(() =>
    config.listen.map((listen) => ({
      listen,
      credentials: meshServerCredentials(credentials),
      services: [
        serve(
          { watch: deltaMethod(policiesService.watch) },
          { watch: deltaHandler(delta, (_, call) => checkPart(call, trustDomain)) },
        ),
        serve(
          { decide: policiesService.decide },
          {
            decide: async (request, call) => {
              checkPart(call, trustDomain)
              return decide(policies, request)
            },
          },
        ),
      ],
      log: log.child('rpc'),
    })),
  )
  let isServing = false
  return new Lifecycle([
    // First, so that probes are answered while the CA is waited for; ready last.
    metricsServer(config.metricsListen, policies, delta, () => isServing),
    component({ stop: () => file.stop() }),
    credentials,
    component({ stop: () => controlPlane.close() }),
    subscription,
    servers,
    component({ start: () => void (isServing = true), drain: () => void (isServing = false) }),
  ])
}

async function attestationOf(config: PolicyConfig, log: Logger): Promise<Attestation> {
  if (config.platform === 'machine') return fileAttestation(config)
  const { kubeconfig, namespace, joinTokenFile } = config
  const client = await KubernetesClient.load({ kubeconfig, name: 'weft-policy' }, systemClock, log.child('kubernetes'))
  return podAttestation(client, namespace, joinTokenFile)
}

/** Faults: `unauthenticated`; Failure `denied` for a workload or a foreign trust domain. */
function checkPart(call: IncomingCall, trustDomain: string): void {
  const identity = requirePeerIdentity(call)
  if (parseMeshIdentity(identity)?.trustDomain === trustDomain) return
  throw new Failure('denied', `${call.path}: found ${identity}, expected a part of the mesh ${trustDomain}`)
}
