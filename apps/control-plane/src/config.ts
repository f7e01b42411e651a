import { address, choice, count, many, path, text, type ConfigOf, type Setting } from '@weft/config'
import { AddressRange } from './registry/address-range.ts'
import { nodeSetting } from './registry/node-spec.ts'

/** Every setting of the control plane; `docs/config.md` is made from it. */
export const controlPlaneSettings = {
  platform: choice(
    'Where it runs: on a machine it keeps resources in a file and programs register; on Kubernetes both are in the API server.',
    ['machine', 'kubernetes'],
    { default: 'machine' },
  ),
  stateDir: path('Where the store (machine) and credentials are kept, mode 0700.'),
  mesh: text('Name of the mesh.', { default: 'default' }),
  trustDomain: text('SPIFFE trust domain.', { default: 'cluster.local' }),
  listen: many(address('Discovery for agents and the policy service, gRPC over mTLS; repeated.'), {
    default: ['127.0.0.1:15010'],
  }),
  restListen: address('REST and the dashboard, loopback and readers only.', { default: '127.0.0.1:15011' }),
  reader: many(count('User, by number, who may read these besides root and its own; repeated.', 0, 4_294_967_295), {
    default: [],
  }),
  metricsListen: address('Prometheus metrics, readiness and liveness.', { default: '127.0.0.1:15014' }),
  managementSocket: text(
    'Machine: unix socket of the management API, mode 0600; whoever may open it may command the mesh.',
    { default: '' },
  ),
  managementListen: address(
    'Kubernetes: management API on loopback of the pod; whoever may forward ports to it may command the mesh.',
    { default: '127.0.0.1:15016' },
  ),
  caAddress: address('Certificate authority.'),
  trustRootsFile: path('Machine: PEM of the roots by which the mesh proves itself at the first contact.', {
    default: '/dev/null',
  }),
  joinTokenFile: path(
    'Join token, used once, not read when credentials exist already; Kubernetes: the projected ServiceAccount token.',
    { default: '/dev/null' },
  ),
  kubeconfig: text('Kubernetes: path of a kubeconfig; empty for the ServiceAccount of the pod.', { default: '' }),
  namespace: text('Kubernetes: namespace of the mesh.', { default: 'weft-system' }),
  replica: text(
    'Kubernetes: name of this replica, unlike all others; empty for the name of the host, which is that of the pod.',
    {
      default: '',
    },
  ),
  serviceRange4: range('Machine: IPv4 addresses of services; never on a wire.', '198.19.0.0/16'),
  serviceRange6: range('Machine: IPv6 addresses of services; never on a wire.', 'fd77:6566:7400::/64'),
  node: many(nodeSetting('Machine: a node, its address and the ranges of its workloads; repeated.'), { default: [] }),
  logLevel: choice('Least level of log lines.', ['debug', 'info', 'warn', 'error'], { default: 'info' }),
} as const

export type ControlPlaneConfig = ConfigOf<typeof controlPlaneSettings>

function range(doc: string, defaultText: string): Setting<AddressRange> {
  return {
    doc,
    defaultText,
    expected: 'a range ADDRESS/PREFIX with host bits of zero',
    parse: (value) => AddressRange.parse(value) ?? undefined,
    defaultValue: AddressRange.parse(defaultText)!,
  }
}
