import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { splitAddress } from '@weft/config'
import { grpcConnector, ResourceSet, SnapshotFile } from '@weft/discovery'
import { loadAddon, probeCapture } from '@weft/ebpf'
import { Failure } from '@weft/faults'
import { Readers, systemClock, systemRandom, version } from '@weft/host'
import { httpLimitsOf } from '@weft/http-limits'
import { formatMeshIdentity } from '@weft/identity'
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
import { exposition, makeRegistry } from './admin/registry.ts'
import { RefusalMetrics } from './admin/refusal-metrics.ts'
import { AdminServers } from './admin/servers.ts'
import { TrafficMetrics } from './admin/traffic-metrics.ts'
import { TrafficReporter } from './admin/traffic-reporter.ts'
import type { Capture } from './capture/capture.ts'
import { NodeCapture } from './capture/node-capture.ts'
import { ProxyCapture } from './capture/proxy-capture.ts'
import type { AgentConfig } from './config.ts'
import { Configuration } from './discovery/configuration.ts'
import { MeshView } from './discovery/mesh-view.ts'
import { DnsServer, networkAt, ownNetwork, parseResolvConf } from './dns/index.ts'
import { WorkloadEnrolment } from './enrolment/enrolment.ts'
import { IdentityFile } from './identity/identity-file.ts'
import { issueFromCa } from './identity/issue-identity.ts'
import { WorkloadIdentities } from './identity/workload-identities.ts'
import { DataPlaneState } from './workers/data-plane-state.ts'
import { WorkerPool } from './workers/worker-pool.ts'

const SERIES_MAX = 2_000
const WORKERS_DEFAULT_MAX = 2

/**
 * The agent's supervisor, put together: discovery and policy streams → workers; workloads of this node → identity,
 * listeners, capture; DNS; numbers. The data path itself runs in the workers (worker/main.ts).
 */
export function agentApp(config: AgentConfig, log: Logger): Lifecycle {
  mkdirSync(config.stateDir, { recursive: true, mode: 0o700 })
  const { node, trustDomain } = config
  const clock = systemClock
  const set = new ResourceSet()
  const view = new MeshView(set)
  const state = new DataPlaneState(set)
  const traffic = new TrafficMetrics(SERIES_MAX)
  const refusals = new RefusalMetrics()

  const credentials = new MeshCredentials({
    stateDir: config.stateDir,
    trustDomain,
    role: `node/${node}`,
    hosts: [config.address],
    caAddress: config.caAddress,
    attestation: fileAttestation(config),
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
        region: '',
        zone: '',
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
  const dns = new DnsServer(
    {
      names: { lookup: (name, namespace) => view.service(namespace, name) },
      upstreams: upstreamsOf(config),
      network: config.dnsNetns === '' ? ownNetwork : networkAt(config.dnsNetns, loadAddon()),
      clusterDomain: config.clusterDomain,
    },
    clock,
    log.child('dns'),
  )
  const capture = chooseCapture(config, pool, dns, view, log)
  const identities = new WorkloadIdentities(
    issueFromCa(ca),
    new IdentityFile(join(config.stateDir, 'identities.json'), clock, log.child('identities')),
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
      },
      onStatus: (states) => configuration.reportEnrolment(states),
    },
    clock,
    log.child('enrolment'),
  )
  const changed = (): void => {
    view.refresh()
    enrolment.want(view.workloads, view.destinations())
  }
  const file = new SnapshotFile(join(config.stateDir, 'snapshot.json'), clock, log.child('snapshot'))
  const configuration = new Configuration(
    { node, version },
    { set, pool, file, onChange: changed },
    { discovery: grpcConnector(() => controlPlane.subscribe()), policy: grpcConnector(() => policy.watch()) },
    clock,
    systemRandom,
    log,
  )
  const registry = makeRegistry(traffic, {
    workersReady: () => pool.readyCount,
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
    dnsQueries: () => ({ ...dns.counters }),
    refusals,
  })
  const admin = new AdminServers(
    {
      isReady: () => readiness(pool, configuration),
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
      }),
    },
    { metrics: config.metricsListen, readiness: config.readinessListen, admin: config.adminListen },
    new Readers(config.reader),
  )

  return new Lifecycle([
    credentials,
    component({ stop: () => [controlPlane, policy, ca].forEach((client) => client.close()) }),
    admin,
    dns,
    pool,
    component({
      start: async () => {
        await capture.start()
        state.mapsDir = capture.mapsDir
        if (state.mapsDir !== '') pool.send({ type: 'capture', mapsDir: state.mapsDir })
      },
      // Workloads end before their agent does (weft down). Hooks stay pinned: an agent that only restarts leaves no gap.
      drain: () => capture.stop(true),
    }),
    component({ stop: () => (enrolment.stop(), identities.stop(), reporter.stop()) }),
    component({ start: () => (set.revision > 0 ? changed() : undefined) }),
    configuration,
  ])
}

function readiness(pool: WorkerPool, configuration: Configuration): { ready: boolean; reason: string } {
  if (pool.readyCount === 0) return { ready: false, reason: 'no data-plane worker is ready' }
  if (!configuration.isUsable)
    return { ready: false, reason: `no configuration yet: ${configuration.trouble || 'waiting for the control plane'}` }
  return { ready: true, reason: '' }
}

function chooseCapture(config: AgentConfig, pool: WorkerPool, dns: DnsServer, view: MeshView, log: Logger): Capture {
  const probe =
    config.capture === 'proxy' ? { ok: false as const, reason: '--capture proxy asks for it' } : probeCapture()
  if (!probe.ok) {
    if (config.capture === 'ebpf')
      throw new Failure('capture', `cannot capture by eBPF, as --capture ebpf asks: ${probe.reason}`)
    log.warn('explicit proxy instead of eBPF: only programs that heed HTTP_PROXY and the like are in the mesh', {
      reason: probe.reason,
    })
    return new ProxyCapture({ proxyPort: config.proxyPort }, pool)
  }
  const { outboundPort: outbound, inboundPort: inbound, hbonePort: hbone, dnsPort } = config
  return new NodeCapture(
    {
      node: config.node,
      cgroupRoot: config.cgroupRoot,
      pinDir: config.bpfPinDir,
      nodeAddresses: [config.address],
      ports: { outbound, inbound, hbone, dns: dnsPort },
      sharedNamespaces: () => view.sharedNamespaces(config.node),
    },
    pool,
    dns,
    log.child('capture'),
  )
}

function upstreamsOf(config: AgentConfig): { host: string; port: number }[] {
  if (config.dnsUpstream.length > 0) return config.dnsUpstream.map((one) => splitAddress(one)!)
  return existsSync('/etc/resolv.conf') ? parseResolvConf(readFileSync('/etc/resolv.conf', 'utf8')) : []
}
