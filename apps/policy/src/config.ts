import { address, choice, many, path, text, type ConfigOf } from '@weft/config'

/** Every setting of the policy service; `docs/config.md` is made from it. */
export const policySettings = {
  stateDir: path('Where credentials and the last good policies are kept, mode 0700.'),
  trustDomain: text('SPIFFE trust domain.', { default: 'cluster.local' }),
  listen: many(address('gRPC over mTLS; repeated.'), { default: ['127.0.0.1:15013'] }),
  controlPlaneAddress: address('Discovery service of the control plane.'),
  caAddress: address('Certificate authority.'),
  trustRootsFile: path('PEM of the roots by which the mesh proves itself at the first contact.'),
  joinTokenFile: path('Join token, used once; not read when credentials exist already.', { default: '/dev/null' }),
  metricsListen: address('Prometheus metrics.', { default: '127.0.0.1:15016' }),
  logLevel: choice('Least level of log lines.', ['debug', 'info', 'warn', 'error'], { default: 'info' }),
} as const

export type PolicyConfig = ConfigOf<typeof policySettings>
