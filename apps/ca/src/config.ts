import { address, choice, duration, path, text, type ConfigOf } from '@weft/config'

/** Every setting of the CA; `docs/config.md` is made from it. */
export const caSettings = {
  stateDir: path('Where keys (encrypted), roots.pem, used tokens and the audit log are kept, mode 0700.'),
  listen: address('gRPC over TLS: Join, Renew, Issue.', { default: '127.0.0.1:15012' }),
  trustDomain: text('SPIFFE trust domain; fixed once the root exists.', { default: 'cluster.local' }),
  joinTokensFile: path('JSON array of {sha256, role, expiresAtMs}: who may join. Read again when it changes.'),
  keyEncryptionKeyFile: path(
    'Secret of 32 characters or more that encrypts the keys at rest; the same at every start.',
  ),
  controlPlaneAddress: address('Discovery service of the control plane, asked before a workload gets a certificate.'),
  metricsListen: address('Prometheus metrics.', { default: '127.0.0.1:15017' }),
  svidLifetime: duration('How long certificates of workloads and parts are valid.', { default: 24 * 3_600_000 }),
  logLevel: choice('Least level of log lines.', ['debug', 'info', 'warn', 'error'], { default: 'info' }),
} as const

export type CaConfig = ConfigOf<typeof caSettings>
