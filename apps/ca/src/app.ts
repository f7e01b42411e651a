import { join } from 'node:path'
import { Failure } from '@weft/faults'
import { Lifecycle, type Component } from '@weft/lifecycle'
import { certificatesService, meshServerCredentials, serve, startRpcServer, type RpcServer } from '@weft/rpc'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { FailureLimit } from './attest/failure-limit.ts'
import { Joining } from './attest/joining.ts'
import { JoinTokens } from './attest/join-tokens.ts'
import { TokenUses } from './attest/token-uses.ts'
import type { CaConfig } from './config.ts'
import { readKeyEncryptionKey } from './keys/key-encryption-key.ts'
import { certificatesHandlers } from './serve/certificates.ts'
import { counted } from './serve/counted.ts'
import { CaMetrics } from './serve/metrics.ts'
import { MetricsServer } from './serve/metrics-server.ts'
import { ControlPlaneRegistration } from './serve/registration.ts'
import { AuditLog } from './sign/audit-log.ts'
import { Hierarchy } from './sign/hierarchy.ts'
import { Issuer } from './sign/issuer.ts'
import { OwnSvid } from './sign/own-svid.ts'

export interface CaSurroundings {
  readonly clock: Clock
  readonly log: Logger
}

/** The CA as one component: the only place where its parts are put together. */
export class CertificateAuthority implements Component {
  readonly #config: CaConfig
  readonly #surroundings: CaSurroundings
  #lifecycle: Lifecycle | null = null
  #registration: ControlPlaneRegistration | null = null
  #server: RpcServer | null = null

  constructor(config: CaConfig, surroundings: CaSurroundings) {
    this.#config = config
    this.#surroundings = surroundings
  }

  /** Reads and checks everything first; writes and listens after. Faults: Failure of whichever part cannot start. */
  async start(): Promise<void> {
    const { stateDir, trustDomain, joinTokensFile, keyEncryptionKeyFile, listen, svidLifetime } = this.#config
    const { clock, log } = this.#surroundings
    checkSettings(this.#config)
    const tokens = new JoinTokens(joinTokensFile, log)
    const uses = new TokenUses(join(stateDir, 'used-tokens.json'))
    const hierarchy = Hierarchy.open({
      stateDir,
      trustDomain,
      clock,
      log,
      secret: readKeyEncryptionKey(keyEncryptionKeyFile),
    })
    const metrics = new CaMetrics()
    metrics.watch(hierarchy, clock)
    const audit = new AuditLog(join(stateDir, 'issued.jsonl'), log, () => metrics.countStateWriteFailure())
    const issuer = new Issuer(hierarchy, audit, svidLifetime, clock)
    const own = new OwnSvid(issuer, hierarchy, clock, log)
    const registration = new ControlPlaneRegistration(this.#config.controlPlaneAddress, trustDomain, own)
    this.#registration = registration
    const joining = new Joining(tokens, uses, new FailureLimit(clock), clock)
    const handlers = certificatesHandlers({ trustDomain, issuer, joining, registration })
    this.#lifecycle = new Lifecycle([own, new MetricsServer(this.#config.metricsListen, metrics.registry)])
    await this.#lifecycle.start()
    this.#server = await startRpcServer({
      listen,
      // Whoever joins has no certificate yet; Renew and Issue ask for one themselves.
      credentials: meshServerCredentials(own, { clientCertificate: 'optional' }),
      services: [serve(certificatesService, counted(handlers, metrics, log))],
      limits: { messageBytesMax: 64 * 1024 },
      log,
      clock,
    })
    log.info('serving certificates', { address: this.#server.address, trustDomain })
  }

  async drain(deadlineMs: number): Promise<void> {
    await this.#server?.drain(deadlineMs)
    await this.#lifecycle?.drain(deadlineMs)
  }

  stop(): void {
    this.#server?.stop()
    this.#registration?.close()
    this.#lifecycle?.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }
}

const SVID_LIFETIME_MIN_MS = 10_000
const SVID_LIFETIME_MAX_MS = 30 * 24 * 3_600_000

function checkSettings({ trustDomain, svidLifetime }: CaConfig): void {
  if (!/^[a-z0-9._-]{1,255}$/.test(trustDomain)) {
    throw new Failure(
      'config',
      `--trust-domain: found ${JSON.stringify(trustDomain)}, expected lower-case letters, digits, dots, hyphens and underscores`,
    )
  }
  if (svidLifetime < SVID_LIFETIME_MIN_MS || svidLifetime > SVID_LIFETIME_MAX_MS) {
    throw new Failure('config', `--svid-lifetime: found ${svidLifetime} ms, expected 10s to 720h`)
  }
}
