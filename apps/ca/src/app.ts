import { Failure } from '@weft/faults'
import { patiently } from '@weft/kubernetes'
import { Lifecycle, type Component } from '@weft/lifecycle'
import { certificatesService, meshServerCredentials, serve, startRpcServer, type RpcServer } from '@weft/rpc'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { CaConfig } from './config.ts'
import { kubernetesParts } from './kubernetes/kubernetes-parts.ts'
import { machineParts } from './machine-parts.ts'
import { certificatesHandlers } from './serve/certificates.ts'
import { counted } from './serve/counted.ts'
import { CaMetrics } from './serve/metrics.ts'
import { metricsServer } from './serve/metrics-server.ts'
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
  readonly #metrics = new CaMetrics()
  /** Answers probes from the first moment; an API server that is away is waited for meanwhile. */
  readonly #pages: Component
  #lifecycle: Lifecycle | null = null
  #server: RpcServer | null = null
  #isStopped = false

  constructor(config: CaConfig, surroundings: CaSurroundings) {
    this.#config = config
    this.#surroundings = surroundings
    this.#pages = metricsServer(config.metricsListen, this.#metrics.registry, () => this.#server !== null)
  }

  /** Reads and checks everything first; writes and listens after. Faults: Failure of whichever part cannot start. */
  async start(): Promise<void> {
    checkSettings(this.#config)
    await this.#pages.start()
    try {
      await this.#startParts()
    } catch (error) {
      this.#pages.stop()
      throw error
    }
  }

  async #startParts(): Promise<void> {
    const { platform, trustDomain, listen, svidLifetime } = this.#config
    const { clock, log } = this.#surroundings
    const parts =
      platform === 'machine'
        ? machineParts(this.#config, this.#surroundings)
        : await this.#patiently(() => kubernetesParts(this.#config, this.#surroundings))
    const hierarchy = await this.#patiently(() => Hierarchy.open({ store: parts.store, trustDomain, clock, log }))
    this.#metrics.watch(hierarchy, clock)
    const issuer = new Issuer(hierarchy, parts.audit(this.#metrics), svidLifetime, clock)
    const own = new OwnSvid(issuer, hierarchy, clock, log)
    const registration = parts.registration(own)
    const { admission, renewsByToken } = parts
    const handlers = certificatesHandlers({ trustDomain, issuer, admission, registration, renewsByToken })
    this.#lifecycle = new Lifecycle([own, registration, ...parts.companions(hierarchy)])
    await this.#lifecycle.start()
    this.#server = await startRpcServer({
      listen,
      // Whoever joins has no certificate yet; Renew and Issue ask for one themselves.
      credentials: meshServerCredentials(own, { clientCertificate: 'optional' }),
      services: [serve(certificatesService, counted(handlers, this.#metrics, log))],
      limits: { messageBytesMax: 64 * 1024 },
      log,
      clock,
    })
    log.info('serving certificates', { address: this.#server.address, trustDomain })
  }

  async drain(deadlineMs: number): Promise<void> {
    const server = this.#server
    this.#server = null
    await server?.drain(deadlineMs)
    await this.#lifecycle?.drain(deadlineMs)
  }

  stop(): void {
    this.#isStopped = true
    this.#server?.stop()
    this.#server = null
    this.#lifecycle?.stop()
    this.#pages.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  #patiently<T>(task: () => Promise<T>): Promise<T> {
    const { clock, log } = this.#surroundings
    return patiently(task, clock, log, () => this.#isStopped)
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
