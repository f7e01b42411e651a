import { address, choice, many, path, text, type ConfigOf } from '@weft/config'

/** Every setting of the policy service; `docs/config.md` is made from it. */
export const policySettings = {
  platform: choice('Where it runs, which says how it joins.', ['machine', 'kubernetes'], { default: 'machine' }),
  stateDir: path('Where credentials and the last good policies are kept, mode 0700.'),
  trustDomain: text('SPIFFE trust domain.', { default: 'cluster.local' }),
  listen: many(address('gRPC over mTLS; repeated.'), { default: ['127.0.0.1:15013'] }),
  controlPlaneAddress: address('Discovery service of the control plane.'),
  caAddress: address('Certificate authority.'),
  trustRootsFile: path('Machine: PEM of the roots by which the mesh proves itself at the first contact.', {
    default: '/dev/null',
  }),
  joinTokenFile: path(
    'Join token, used once, not read when credentials exist already; Kubernetes: the projected ServiceAccount token.',
    { default: '/dev/null' },
  ),
  kubeconfig: text('Kubernetes: path of a kubeconfig; empty for the ServiceAccount of the pod.', { default: '' }),
  namespace: text('Kubernetes: namespace of the mesh, where the CA publishes its roots.', { default: 'weft-system' }),
  metricsListen: address('Prometheus metrics, readiness and liveness.', { default: '127.0.0.1:15016' }),
  logLevel: choice('Least level of log lines.', ['debug', 'info', 'warn', 'error'], { default: 'info' }),
} as const

export type PolicyConfig = ConfigOf<typeof policySettings>
