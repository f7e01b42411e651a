import { address, choice, count, many, path, text, type ConfigOf, type Setting } from '@weft/config'
import { AddressRange } from './registry/address-range.ts'
import { nodeSetting } from './registry/node-spec.ts'

/** Every setting of the control plane; `docs/config.md` is made from it. */
export const controlPlaneSettings = {
  stateDir: path('Where the store and credentials are kept, mode 0700.'),
  mesh: text('Name of the mesh.', { default: 'default' }),
  trustDomain: text('SPIFFE trust domain.', { default: 'cluster.local' }),
  listen: many(address('Discovery for agents and the policy service, gRPC over mTLS; repeated.'), {
    default: ['127.0.0.1:15010'],
  }),
  restListen: address('REST and the dashboard, loopback and readers only.', { default: '127.0.0.1:15011' }),
  reader: many(count('User, by number, who may read these besides root and its own; repeated.', 0, 4_294_967_295), {
    default: [],
  }),
  metricsListen: address('Prometheus metrics and readiness.', { default: '127.0.0.1:15014' }),
  managementSocket: path('Unix socket of the management API, mode 0600: whoever may open it may command the mesh.'),
  caAddress: address('Certificate authority.'),
  trustRootsFile: path('PEM of the roots by which the mesh proves itself at the first contact.'),
  joinTokenFile: path('Join token, used once; not read when credentials exist already.', { default: '/dev/null' }),
  serviceRange4: range('IPv4 addresses of services; never on a wire.', '198.19.0.0/16'),
  serviceRange6: range('IPv6 addresses of services; never on a wire.', 'fd77:6566:7400::/64'),
  node: many(nodeSetting('A node, its address and the ranges of its workloads; repeated.')),
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
