import { address, choice, count, duration, flag, many, path, port, text, type ConfigOf } from '@weft/config'
import { httpSettings } from '@weft/http-limits'
import { kubernetesSettings } from './kubernetes/kubernetes-settings.ts'

/** Every setting of the agent; `docs/config.md` is made from it. */
export const agentSettings = {
  platform: choice(
    'Where it runs. On a machine `weft run` makes workloads; on Kubernetes they are the pods of the node.',
    ['machine', 'kubernetes'],
    { default: 'machine' },
  ),
  node: text('Name of this node; its certificate says so too.'),
  mesh: text('Name of the mesh on this machine, used in paths.', { default: 'default' }),
  address: text('IPv4 address of this node, by which other nodes and its own workloads reach it.'),
  trustDomain: text('SPIFFE trust domain.', { default: 'cluster.local' }),
  stateDir: path('Where credentials and the last good snapshot are kept, mode 0700.'),
  capture: choice(
    'How traffic is captured; auto takes eBPF where it works and says why where it does not.',
    ['auto', 'ebpf', 'proxy'],
    {
      default: 'auto',
    },
  ),
  directPath: choice(
    'Whether TCP between two workloads of this node that have networks of their own may go without the agent where policies decide on connections alone.',
    ['auto', 'off'],
    { default: 'auto' },
  ),
  workers: count('Data-plane worker processes; 0 is one per core, two at most.', 0, 64, { default: 0 }),
  controlPlaneAddress: address('Discovery service of the control plane.'),
  policyAddress: address('Policy service.'),
  caAddress: address('Certificate authority.'),
  trustRootsFile: path('Machine: PEM of the roots by which the mesh proves itself at the first contact.', {
    default: '/dev/null',
  }),
  joinTokenFile: path(
    'Join token, used once, not read when credentials exist already; Kubernetes: the projected ServiceAccount token.',
    { default: '/dev/null' },
  ),
  cgroupRoot: text('Machine: cgroup of this node below the cgroup2 mount; holds agent/ and workloads/.', {
    default: '',
  }),
  bpfPinDir: text('Directory on bpffs for pins of this node; Kubernetes: empty for /sys/fs/bpf/weft/agent.', {
    default: '',
  }),
  serviceRange4: text('IPv4 range of service addresses.', { default: '198.19.0.0/16' }),
  serviceRange6: text('IPv6 range of service addresses.', { default: 'fd77:6566:7400::/64' }),
  networkRange: text('IPv4 range of nodes and workloads.', { default: '198.18.0.0/16' }),
  clusterDomain: text('DNS suffix of services, after `.svc.`.', { default: 'cluster.local' }),
  dnsUpstream: many(address('Resolver for names outside the mesh; repeated. Default: /etc/resolv.conf.'), {
    default: [],
  }),
  dnsNetns: text('File of the network namespace from which resolvers are asked. Empty: the agent’s own.', {
    default: '',
  }),
  outboundPort: port('Listener to which captured connections of workloads are sent.', { default: 15001 }),
  inboundPort: port('Listener to which plaintext connections to workloads are steered.', { default: 15006 }),
  hbonePort: port('Listener for HBONE, on the address of each workload.', { default: 15008 }),
  dnsPort: port('DNS listener inside the networks of workloads.', { default: 15053 }),
  proxyPort: port('Explicit proxy of a workload, without capture.', { default: 15080 }),
  metricsListen: address('Prometheus metrics.', { default: '127.0.0.1:15020' }),
  readinessListen: address('Readiness: GET /healthz/ready.', { default: '127.0.0.1:15021' }),
  adminListen: address('Admin, loopback and readers only: /config_dump, /workloads, /kernel.', {
    default: '127.0.0.1:15000',
  }),
  reader: many(
    count('User, by number, who may read the admin pages besides root and its own; repeated.', 0, 4_294_967_295),
    { default: [] },
  ),
  connectionsMax: count('Connections that a worker accepts at once, of all callers.', 1, 1_000_000, {
    default: 20_000,
  }),
  connectionsPerCallerMax: count(
    'Of these, connections of one caller: a workload, or an address outside the mesh.',
    1,
    1_000_000,
    { default: 10_000 },
  ),
  // No longer than the launcher waits for what an agent leaves (`leave` in native/launcher/c/store.h).
  drainTimeout: duration(
    'How long connections may finish at the end, beside the agent that follows where there is one.',
    { default: 20_000 },
    { minMs: 1, maxMs: 3_600_000 },
  ),
  accessLog: flag('One JSON line per exchange or connection on standard output.', { default: false }),
  ...httpSettings,
  ...kubernetesSettings,
  logLevel: choice('Least level of log lines.', ['debug', 'info', 'warn', 'error'], { default: 'info' }),
} as const

export type AgentConfig = ConfigOf<typeof agentSettings>
