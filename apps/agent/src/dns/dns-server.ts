import { randomInt } from 'node:crypto'
import { isIP } from 'node:net'
import { Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { MeshNames } from './answer.ts'
import { Forwarder } from './forwarder.ts'
import type { DnsListener, ListenAt, ListenerContext } from './listener.ts'
import { Responder, type DnsCounters } from './responder.ts'
import { TcpListener } from './tcp-listener.ts'
import { UdpListener } from './udp-listener.ts'
import type { UpstreamAddress } from './upstream.ts'
import { ownNetwork, type UpstreamNetwork } from './upstream-network.ts'

export interface DnsServerOptions {
  readonly names: MeshNames
  /** Resolvers for all that is not of the mesh, by IP address. None: such names get SERVFAIL. */
  readonly upstreams: readonly UpstreamAddress[]
  /** From where they are asked. Default: the network of this process. */
  readonly network?: UpstreamNetwork
  readonly clusterDomain?: string
  readonly ttlSeconds?: number
  readonly attemptTimeoutMs?: number
  readonly queryTimeoutMs?: number
  /** Questions of one listener that may wait for a resolver. */
  readonly listenerInFlightMax?: number
  /** The same for all listeners together. */
  readonly inFlightMax?: number
  readonly connectionsMax?: number
  readonly idleTimeoutMs?: number
  /** A number from 0 to 65535 that nobody can foresee. */
  readonly randomId?: () => number
}

const DRAIN_POLL_MS = 20

/**
 * The agent's DNS server: names of the mesh are answered from discovery, all else by the resolvers of the machine.
 *
 * Listeners come and go with workloads; each knows whose questions it hears. States: new → running → draining → stopped.
 */
export class DnsServer implements Component {
  readonly #options: DnsServerOptions
  readonly #clock: Clock
  readonly #log: Logger
  readonly #forwarder: Forwarder
  readonly #responder: Responder
  readonly #listeners: Set<DnsListener>
  #isStopped: boolean

  constructor(options: DnsServerOptions, clock: Clock, log: Logger) {
    const { upstreams, network = ownNetwork } = options
    const { attemptTimeoutMs = 1_500, queryTimeoutMs = 4_500, inFlightMax = 2_048 } = options
    const randomId = options.randomId ?? (() => randomInt(65536))
    this.#options = options
    this.#clock = clock
    this.#log = log
    const limits = { attemptTimeoutMs, queryTimeoutMs, inFlightMax }
    this.#forwarder = new Forwarder({ upstreams, network, ...limits }, clock, randomId)
    const { clusterDomain = 'cluster.local', ttlSeconds = 5 } = options
    this.#responder = new Responder(options.names, { clusterDomain, ttlSeconds }, this.#forwarder)
    this.#listeners = new Set()
    this.#isStopped = false
  }

  /** Numbers since the start; they only grow. */
  get counters(): Readonly<DnsCounters> {
    return this.#responder.counters
  }

  async start(): Promise<void> {
    for (const { host, port } of this.#options.upstreams) {
      if (isIP(host) !== 0 && port > 0 && port < 65536) continue
      throw new Failure('dns_upstream', `Cannot ask resolver "${host}:${port}": expected an IP address and a port`)
    }
  }

  /**
   * Answers at a UDP socket. `callerNamespaces` are those of the workloads that can reach it. Faults: Failure `dns_listen`;
   * Failure `dns_loop` when it is one of the resolvers.
   */
  listenUdp(at: ListenAt, callerNamespaces: () => readonly string[]): Promise<DnsListener> {
    return this.#listen(at, callerNamespaces, UdpListener.open)
  }

  /** Answers at a listening TCP socket; as {@link listenUdp}. */
  listenTcp(at: ListenAt, callerNamespaces: () => readonly string[]): Promise<DnsListener> {
    return this.#listen(at, callerNamespaces, TcpListener.open)
  }

  async drain(deadlineMs: number): Promise<void> {
    const listeners = [...this.#listeners]
    for (const listener of listeners) listener.drain()
    while (listeners.some((listener) => listener.inFlight > 0) && this.#clock.nowMs() < deadlineMs) {
      await this.#clock.sleepUntil(Math.min(this.#clock.nowMs() + DRAIN_POLL_MS, deadlineMs))
    }
    for (const listener of listeners) listener.close()
  }

  stop(): void {
    this.#isStopped = true
    for (const listener of this.#listeners) listener.close()
    this.#forwarder.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  async #listen(
    at: ListenAt,
    callerNamespaces: () => readonly string[],
    open: (at: ListenAt, context: ListenerContext) => Promise<DnsListener>,
  ): Promise<DnsListener> {
    if ('fd' in at && !(at.fd > 0)) {
      throw new Failure('dns_listen', `Cannot listen for DNS at descriptor ${at.fd}: expected one above 0`)
    }
    const listener = await open(at, this.#contextOf(callerNamespaces))
    const { host, port } = listener
    if (this.#options.upstreams.some((upstream) => upstream.port === port && upstream.host === host)) {
      listener.close()
      throw new Failure('dns_loop', `Cannot answer at ${host}:${port}, which is also asked: expected another resolver`)
    }
    if (this.#isStopped) listener.close()
    else this.#listeners.add(listener)
    return listener
  }

  #contextOf(callerNamespaces: () => readonly string[]): ListenerContext {
    const { listenerInFlightMax = 512, connectionsMax = 64, idleTimeoutMs = 10_000 } = this.#options
    return {
      responder: this.#responder,
      forwarder: this.#forwarder,
      clock: this.#clock,
      log: this.#log,
      callerNamespaces,
      inFlightMax: listenerInFlightMax,
      connectionsMax,
      idleTimeoutMs,
      closed: (listener) => void this.#listeners.delete(listener),
    }
  }
}
