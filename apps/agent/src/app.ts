import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { unknownPlace } from '@weft/cluster'
import { grpcConnector, ResourceSet, SnapshotFile } from '@weft/discovery'
import { Readers, systemClock, systemRandom, version } from '@weft/host'
import { httpLimitsOf } from '@weft/http-limits'
import { formatMeshIdentity } from '@weft/identity'
import { KubernetesClient, podAttestation } from '@weft/kubernetes'
import { component, Lifecycle } from '@weft/lifecycle'
import {
  certificatesService,
  discoveryService,
  fileAttestation,
  MeshCredentials,
  meshClientCredentials,
  policiesService,
  rpcClient,
} from '@weft/rpc'
import type { Logger } from '@weft/telemetry'
import type { Workload } from '@weft/topology'
import { exposition, makeRegistry } from './admin/registry.ts'
import { readinessOf } from './admin/readiness.ts'
import { RefusalMetrics } from './admin/refusal-metrics.ts'
import { AdminServers } from './admin/servers.ts'
import { TrafficMetrics } from './admin/traffic-metrics.ts'
import { TrafficReporter } from './admin/traffic-reporter.ts'
import { EnrolmentMetrics } from './admin/enrolment-metrics.ts'
import type { Destination } from './capture/capture.ts'
import { chooseCapture } from './capture/choose-capture.ts'
import { NodeCapture } from './capture/node-capture.ts'
import type { AgentConfig } from './config.ts'
import type { DescriptorStore } from './descriptors/descriptor-store.ts'
import { directPathsOf } from './direct/direct-paths-of.ts'
import { Configuration } from './discovery/configuration.ts'
import { MeshView } from './discovery/mesh-view.ts'
import { NodeNotices } from './discovery/node-notices.ts'
import { dnsServerOf } from './discovery/mesh-dns.ts'
import { KubernetesNode } from './kubernetes/kubernetes-node.ts'
import { kubernetesNodeOptions, placeOfNode } from './kubernetes/node-facts.ts'
import { uninstall } from './kubernetes/uninstall.ts'
import { WorkloadEnrolment } from './enrolment/enrolment.ts'
import { IdentityFile } from './identity/identity-file.ts'
import { issueFromCa } from './identity/issue-identity.ts'
import { WorkloadIdentities } from './identity/workload-identities.ts'
import type { TrafficCountData } from './worker/messages.ts'
import { DataPlaneState } from './workers/data-plane-state.ts'
import { WorkerPool } from './workers/worker-pool.ts'

const SERIES_MAX = 2_000
const WORKERS_DEFAULT_MAX = 2
/** Among the workers, in the numbers: what went by none of them. */
const DIRECT_SOURCE = -1

/**
 * The agent's supervisor, put together: discovery and policy streams → workers; workloads of this node → identity,
 * listeners, capture; DNS; numbers. The data path itself runs in the workers (worker/main.ts).
 */
export async function agentApp(config: AgentConfig, store: DescriptorStore, log: Logger): Promise<Lifecycle> {
  mkdirSync(config.stateDir, { recursive: true, mode: 0o700 })
  const { node, trustDomain } = config
  const clock = systemClock
  const client = await kubernetesClient(config, log)
  const place = client === null ? unknownPlace : await placeOfNode(client, node, clock, log)
  const set = new ResourceSet()
  const view = new MeshView(set)
  const state = new DataPlaneState(set)
  const traffic = new TrafficMetrics(SERIES_MAX)
  const refusals = new RefusalMetrics()
  const enrolmentMetrics = new EnrolmentMetrics()

  const credentials = new MeshCredentials({
    stateDir: config.stateDir,
    trustDomain,
    role: `node/${node}`,
    hosts: [config.address],
    caAddress: config.caAddress,
    attestation:
      client === null ? fileAttestation(config) : podAttestation(client, config.namespace, config.joinTokenFile),
    clock,
    random: systemRandom,
    log: log.child('credentials'),
  })
  const part = (role: 'control-plane' | 'policy' | 'ca') =>
    meshClientCredentials(credentials, [formatMeshIdentity(trustDomain, role)])
  const controlPlane = rpcClient(discoveryService, config.controlPlaneAddress, part('control-plane'))
  const policy = rpcClient(policiesService, config.policyAddress, part('policy'))
  const ca = rpcClient(certificatesService, config.caAddress, part('ca'))
  const reporter = new TrafficReporter(node, () => controlPlane.report())

  const pool = new WorkerPool(
    {
      workers: config.workers > 0 ? config.workers : Math.min(availableParallelism(), WORKERS_DEFAULT_MAX),
      options: {
        mesh: config.mesh,
        node,
        trustDomain,
        // Nodes of one machine are all in one place.
        ...place,
        logLevel: config.logLevel,
        accessLog: config.accessLog,
        connectionsMax: config.connectionsMax,
        connectionsPerCallerMax: config.connectionsPerCallerMax,
        http: httpLimitsOf(config),
        agentPorts: [config.outboundPort, config.inboundPort, config.hbonePort, config.dnsPort],
        supervisorPid: process.pid,
      },
      onReport: (counts, worker) => {
        traffic.add(counts, worker)
        reporter.send(counts)
      },
      onRefusals: (counts) => refusals.add(counts),
      onExit: (worker) => traffic.forget(worker),
    },
    state,
    clock,
    log.child('workers'),
  )
  // Pods go on asking the cluster's name server: it knows them all, and their aliases and search domains.
  const dns = client === null ? dnsServerOf(config, view, clock, log) : null
  const capture = chooseCapture(config, pool, dns, view, store, log)
  const identityFile = new IdentityFile(join(config.stateDir, 'identities.json'), clock, log.child('identities'))
  const identities = new WorkloadIdentities(
    issueFromCa(ca),
    identityFile,
    {
      onIdentity: (message) => {
        state.identities.set(message.identity, message)
        pool.send(message)
      },
      onForget: (identity) => {
        if (state.identities.delete(identity)) pool.send({ type: 'forgetIdentity', identity })
      },
    },
    clock,
    systemRandom,
    log.child('identities'),
  )
  const enrolment = new WorkloadEnrolment(
    { node, trustDomain },
    capture,
    identities,
    {
      onLocal: (local) => {
        state.local = local
        pool.send({ type: 'workloads', local })
        direct.refreshSoon()
      },
      onStatus: () => {
        reportEnrolment()
        direct.refreshSoon()
      },
    },
    clock,
    log.child('enrolment'),
  )
  const onTraffic = (counts: readonly TrafficCountData[]): void => {
    traffic.add(counts, DIRECT_SOURCE)
    reporter.send(counts)
  }
  const direct = directPathsOf(
    config,
    { capture, set, view, state, enrolment, identities, onTraffic },
    clock,
    log.child('direct'),
  )
  const pods =
    client === null
      ? null
      : new KubernetesNode(
          kubernetesNodeOptions(config),
          client,
          {
            onChange: () => (changed(), reportEnrolment()),
            enrol: (workload) => enrolment.enrolNow(workload),
            states: () => enrolment.states(),
            confine: (path) => void (capture instanceof NodeCapture && capture.confine(path)),
            release: (path) => void (capture instanceof NodeCapture && capture.release(path)),
            onEnrolled: (tookMs) => enrolmentMetrics.record(tookMs),
            onAddresses: (addresses) => {
              state.probers = addresses
              if (capture instanceof NodeCapture) capture.setProbers(addresses)
              pool.send({ type: 'probers', addresses })
            },
          },
          clock,
          systemRandom,
          log,
        )
  const reportEnrolment = (): void =>
    configuration.reportEnrolment([...enrolment.tried(), ...(pods?.outside(enrolment.states()) ?? [])])
  const changed = (): void => {
    view.refresh()
    if (pods === null) return enrolment.want(view.workloads, view.destinations())
    // Without a configuration it is not known what leads into the mesh; nobody may be told to be captured then.
    if (!pods.isKnown || set.revision === 0) return
    const workloads = pods.local.workloads()
    enrolment.want(workloads, withAddresses(view, workloads))
  }
  const file = new SnapshotFile(join(config.stateDir, 'snapshot.json'), clock, log.child('snapshot'))
  const configuration = new Configuration(
    { node, version },
    { set, pool, file, onChange: () => (changed(), direct.refresh()) },
    { discovery: grpcConnector(() => controlPlane.subscribe()), policy: grpcConnector(() => policy.watch()) },
    clock,
    systemRandom,
    log,
  )
  const notices = new NodeNotices(
    [file, identityFile, ...(pods?.files ?? [])],
    () => pods?.notices() ?? [],
    (found) => configuration.reportNotices(found),
    clock,
  )
  const registry = makeRegistry(traffic, {
    workersReady: () => pool.readyCount,
    restarts: () => store.restarts,
    workerRestarts: () => pool.restarts,
    enrolled: () => {
      const states = enrolment.states()
      const enrolled = states.filter((one) => one.enrolled).length
      return { enrolled, waiting: states.length - enrolled }
    },
    expiries: () => identities.expiries(),
    revisions: () => ({ discovery: set.revision, policy: set.policyRevision }),
    snapshotFailures: () => file.writesFailed,
    kernelEvents: () => capture.counters(),
    dnsQueries: () => ({ ...dns?.counters }),
    refusals,
    enrolment: enrolmentMetrics,
  })
  const admin = new AdminServers(
    {
      isReady: () => readinessOf(pool, configuration, pods?.trouble ?? ''),
      metrics: () => exposition(registry, traffic),
      configDump: async () => ({
        revision: set.revision,
        policyRevision: set.policyRevision,
        trouble: configuration.trouble,
        resources: set.all(),
        workers: await pool.dump(),
      }),
      workloads: () => enrolment.states().map(({ uid, enrolled, reason }) => ({ uid, enrolled, reason })),
      kernel: async () => ({
        mode: capture.mode,
        missing: Object.fromEntries(await capture.readBack()),
        counters: capture.counters(),
        direct: direct.describe(),
      }),
    },
    { metrics: config.metricsListen, readiness: config.readinessListen, admin: config.adminListen },
    new Readers(config.reader),
  )

  return new Lifecycle([
    component({
      start: async () => void (await Promise.all([pool.start(), pods?.look()])),
      drain: (deadlineMs) => {
        const { drainTimeout } = config
        if (store.leave(drainTimeout)) return pool.leave(drainTimeout)
        return pool.drain(Math.min(deadlineMs, clock.nowMs() + drainTimeout))
      },
      stop: () => pool.stop(),
    }),
    // Now all is there that can be before the agent ends whose place we take. Ports and files are not ours until then.
    component({ start: () => store.begin() }),
    credentials,
    component({ stop: () => [controlPlane, policy, ca].forEach((client) => client.close()) }),
    admin,
    ...(dns === null ? [] : [dns]),
    component({
      start: async () => {
        await capture.start()
        state.mapsDir = capture.mapsDir
        if (state.mapsDir !== '') pool.send({ type: 'capture', mapsDir: state.mapsDir })
      },
      // Workloads end before their agent does (weft down). Hooks stay pinned: an agent that only restarts leaves no gap.
      drain: async () => {
        await capture.stop(pods?.isUninstalled !== true)
        if (pods?.isUninstalled !== true) return
        // What is saved from now on would stay on the node.
        file.stop()
        uninstall(config, log)
      },
    }),
    direct,
    component({ stop: () => (enrolment.stop(), identities.stop(), reporter.stop()) }),
    component({ start: () => (set.revision > 0 ? changed() : undefined) }),
    configuration,
    // Last: from now on pods that start are captured first.
    ...(pods === null ? [] : [pods]),
    notices,
    component({ start: () => store.ready() }),
  ])
}

async function kubernetesClient(config: AgentConfig, log: Logger): Promise<KubernetesClient | null> {
  if (config.platform === 'machine') return null
  const { kubeconfig } = config
  return KubernetesClient.load({ kubeconfig, name: 'weft-agent' }, systemClock, log.child('kubernetes'))
}

/** Pods of this node are reached through the mesh even before the configuration tells of them. */
function withAddresses(view: MeshView, workloads: readonly Workload[]): readonly Destination[] {
  const untold = workloads.filter(({ address }) => !view.isWorkload(address))
  if (untold.length === 0) return view.destinations()
  return [...view.destinations(), ...untold.map(({ address }) => ({ address, port: 0 }))]
}
