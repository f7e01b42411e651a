import { address, choice, duration, path, text, type ConfigOf } from '@weft/config'

/** Every setting of the CA; `docs/config.md` is made from it. */
export const caSettings = {
  platform: choice(
    'Where it runs: on a machine it keeps its state in a directory; on Kubernetes in Secrets, with other replicas.',
    ['machine', 'kubernetes'],
    { default: 'machine' },
  ),
  stateDir: path('Machine: where keys (encrypted), roots.pem, used tokens and the audit log are kept, mode 0700.', {
    default: '',
  }),
  listen: address('gRPC over TLS: Join, Renew, Issue.', { default: '127.0.0.1:15012' }),
  trustDomain: text('SPIFFE trust domain; fixed once the root exists.', { default: 'cluster.local' }),
  joinTokensFile: path(
    'Machine: JSON array of {sha256, role, expiresAtMs}: who may join. Read again when it changes.',
    { default: '' },
  ),
  keyEncryptionKeyFile: path(
    'Secret of 32 characters or more that encrypts the keys at rest; the same at every start. Kubernetes: empty takes it from Secret weft-ca-key, made at the first start.',
    { default: '' },
  ),
  controlPlaneAddress: text(
    'Machine: discovery service of the control plane, asked before a workload gets a certificate.',
    { default: '' },
  ),
  kubeconfig: text('Kubernetes: path of a kubeconfig; empty for the ServiceAccount of the pod.', { default: '' }),
  namespace: text('Kubernetes: namespace of the mesh, whose ServiceAccounts may join.', { default: 'weft-system' }),
  owner: text(
    'Kubernetes: ServiceAccount with which the Secrets and ConfigMap that the CA makes are removed; empty keeps them.',
    { default: '' },
  ),
  metricsListen: address('Prometheus metrics, readiness and liveness.', { default: '127.0.0.1:15017' }),
  svidLifetime: duration('How long certificates of workloads and parts are valid.', { default: 24 * 3_600_000 }),
  logLevel: choice('Least level of log lines.', ['debug', 'info', 'warn', 'error'], { default: 'info' }),
} as const

export type CaConfig = ConfigOf<typeof caSettings>
