import type { TLSSocket } from 'node:tls'
import { type Channel, type Dialled, formatAddress, SocketChannel, type TcpChannel } from '@weft/channel'
import { describeError, Failure, type Fault, fault } from '@weft/faults'
import type { HeaderList } from '@weft/message'
import type { NativeHandshake, TlsContexts } from '@weft/mtls'
import { type Connected, type Leased, SharedPool, type Waits } from '@weft/pool'
import type { Clock, TimerWheel } from '@weft/time'
import { HboneConnection, type OpenedTunnel } from './hbone-connection.ts'
import { defaultHboneOptions, type HboneOptions } from './hbone-options.ts'
import { secureNative } from './secure-native.ts'

/** Who asks, whom it must be, and where. Connections are shared by tunnels of the same target. */
export interface HboneTarget {
  /** SPIFFE ID of the workload that calls. */
  readonly source: string
  /** SPIFFE ID that the other end must prove. */
  readonly destination: string
  readonly host: string
  readonly port: number
  /** Address of the calling workload, from which to dial; '' for any. */
  readonly sourceAddress: string
  /** Network namespace in which to dial; '' for the node's own. */
  readonly netnsPath: string
}

/** Makes TLS for tunnels; sockets that it gives verify whom they are connected to. */
export type TunnelTls = Pick<TlsContexts, 'connect' | 'beginClient'>

/** Opens the TCP connection to a target. */
export type DialTarget = (target: HboneTarget, connectTimeoutMs: number) => Promise<Dialled>

/**
 * Tunnels to other agents: HTTP/2 CONNECT over TLS 1.3, the caller's identity proved to the other end and the other way
 * round. Connections are pooled by source and destination identity and address.
 *
 * A certificate that is renewed applies to new connections; those of the old one take no new tunnels.
 * Faults: `connect_failed`, `identity_mismatch`, `not_ready` (no certificate yet), `overloaded`, and what the other agent
 * refuses with. Source: Istio HBONE.
 */
export class HboneClient {
  readonly #tls: TunnelTls
  readonly #dial: DialTarget
  readonly #clock: Clock
  readonly #wheel: TimerWheel
  readonly #options: HboneOptions
  readonly #pools = new Map<string, Peer>()
  readonly #connections = new Set<HboneConnection>()

  constructor(
    tls: TunnelTls,
    dial: DialTarget,
    clock: Clock,
    wheel: TimerWheel,
    options: HboneOptions = defaultHboneOptions,
  ) {
    this.#tls = tls
    this.#dial = dial
    this.#clock = clock
    this.#wheel = wheel
    this.#options = options
  }

  get connectionCount(): number {
    return this.#connections.size
  }

  /** For dumps: the oldest. */
  describe(): object[] {
    return [...this.#connections].slice(0, DESCRIBED_MAX).map((connection) => connection.describe())
  }

  /**
   * A tunnel to `authority` (`ip:port` of the workload) by the target's agent. `connectTimeoutMs` is for TCP and TLS, should
   * a connection have to be made; the tunnel itself may take as long as the options say.
   */
  async openTunnel(
    target: HboneTarget,
    authority: string,
    headers: HeaderList,
    connectTimeoutMs: number = this.#options.connectTimeoutMs,
  ): Promise<OpenedTunnel | Fault> {
    const peer = this.#peerOf(target)
    peer.connectTimeoutMs = connectTimeoutMs
    const { pool } = peer
    for (let attempt = 1; attempt <= OPEN_ATTEMPTS_MAX; attempt++) {
      const ready = pool.tryLease()
      const leased = ready === null ? await this.#awaitRoom(peer) : null
      if (leased !== null && !leased.ok) return leased
      const opening = (ready ?? leased!.connection).open(authority, headers)
      // Its stream is open: whoever waits may fit in beside it.
      pool.roomed()
      const answer = await opening
      if (answer !== 'not_processed') return answer
      pool.sweep()
    }
    const where = formatAddress(target.host, target.port)
    return fault(
      'connect_failed',
      'hbone',
      `Cannot open a tunnel to ${authority}: ${where} took none of ${OPEN_ATTEMPTS_MAX} streams`,
    )
  }

  /** Waits for a connection to be made, or for room where no more may be made; not for ever. */
  async #awaitRoom({ pool, target }: Peer): Promise<Leased<HboneConnection>> {
    const { openTimeoutMs } = this.#options
    const owner: Waits = { running: null }
    const timer = this.#clock.after(openTimeoutMs, () => {
      const where = formatAddress(target.host, target.port)
      const message = `No tunnel to ${target.destination} at ${where}: every connection is full, expected room within ${openTimeoutMs} ms`
      owner.running?.stop(fault('overloaded', 'hbone', message))
    })
    const leased = await pool.lease(owner)
    timer.cancel()
    return leased
  }

  /** The identity has a new certificate, or none any more: new tunnels need new connections. */
  retire(source: string): void {
    for (const [key, peer] of this.#pools) {
      if (peer.target.source !== source) continue
      peer.pool.retire()
      this.#pools.delete(key)
    }
  }

  /** The workload at that address is said to be gone: tunnels to it end soon, unless its agent still answers. */
  doubt(host: string, port: number): void {
    const remote = formatAddress(host, port)
    for (const connection of this.#connections) if (connection.remote === remote) connection.doubt()
  }

  /** No new tunnels; those open go on. */
  close(): void {
    for (const peer of this.#pools.values()) peer.pool.close()
  }

  /** Ends everything at once. */
  destroy(): void {
    this.close()
    for (const connection of this.#connections) connection.destroy(new Error('the agent stops'))
  }

  #peerOf(target: HboneTarget): Peer {
    const { source, destination, host, port, sourceAddress, netnsPath } = target
    const key = `${source} ${destination} ${host} ${port} ${sourceAddress} ${netnsPath}`
    const known = this.#pools.get(key)
    if (known !== undefined) return known
    if (this.#pools.size >= PEERS_SWEPT_AT) this.#forgetUnused()
    const name = `${destination} at ${formatAddress(host, port)}`
    const connect = (): Promise<Connected<HboneConnection>> => this.#connect(target, peer)
    const { pool: poolOptions, streamsPerConnectionMax } = this.#options
    const nowMs = (): number => this.#clock.nowMs()
    const pool = new SharedPool(
      name,
      connect,
      poolOptions,
      streamsPerConnectionMax,
      this.#wheel,
      nowMs,
      undefined,
      true,
    )
    const peer: Peer = { target, pool, connectTimeoutMs: this.#options.connectTimeoutMs }
    this.#pools.set(key, peer)
    return peer
  }

  #forgetUnused(): void {
    for (const [key, peer] of this.#pools) if (peer.pool.isUnused) this.#pools.delete(key)
  }

  async #connect(target: HboneTarget, peer: Peer): Promise<Connected<HboneConnection>> {
    const timeoutMs = peer.connectTimeoutMs
    const startedAtMs = this.#clock.nowMs()
    const dialled = await this.#dial(target, timeoutMs)
    if (!dialled.ok) return dialled
    const leftMs = timeoutMs - (this.#clock.nowMs() - startedAtMs)
    const secured = await this.#secure(dialled.channel, target, Math.max(leftMs, 1))
    if (!secured.ok) return secured
    const over = (): void => {
      this.#connections.delete(connection)
      peer.pool.sweep()
    }
    const room = (): void => peer.pool.roomed()
    const connection: HboneConnection = new HboneConnection(secured.channel, this.#options, this.#clock, over, room)
    this.#connections.add(connection)
    return { ok: true, connection }
  }

  #secure(tcp: TcpChannel, target: HboneTarget, timeoutMs: number): Promise<Secured> {
    const where = formatAddress(target.host, target.port)
    let socket: TLSSocket
    try {
      const handshake = this.#tls.beginClient(target.source, target.destination)
      if (handshake !== null) return this.#secureNative(tcp, handshake, target, timeoutMs)
      socket = this.#tls.connect(tcp.toSocket(), target.source, target.destination)
    } catch (error) {
      tcp.destroy()
      return Promise.resolve(fault('not_ready', 'hbone', `Cannot call ${target.destination}: ${describeError(error)}`))
    }
    return new Promise((resolve) => {
      const secured = new SocketChannel(socket, where)
      const timer = this.#clock.after(timeoutMs, () => {
        socket.destroy(new Error(`no handshake within ${Math.round(timeoutMs)} ms`))
      })
      const failed = (error: Error): void => {
        timer.cancel()
        resolve(handshakeFault(target, where, error))
        socket.destroy()
      }
      const closed = (): void => failed(new Error('the connection was closed in the handshake'))
      socket.once('error', failed)
      socket.once('close', closed)
      socket.once('secureConnect', () => {
        if (socket.alpnProtocol !== 'h2') return failed(new Error(`found protocol ${socket.alpnProtocol}, expected h2`))
        timer.cancel()
        socket.off('error', failed)
        socket.off('close', closed)
        resolve({ ok: true, channel: secured })
      })
    })
  }

  async #secureNative(
    tcp: TcpChannel,
    handshake: NativeHandshake,
    target: HboneTarget,
    timeoutMs: number,
  ): Promise<Secured> {
    const where = formatAddress(target.host, target.port)
    const secured = await secureNative(tcp, handshake, timeoutMs, this.#clock)
    if (secured instanceof Error) return handshakeFault(target, where, secured)
    if (secured.channel.protocol === 'h2') return { ok: true, channel: secured.channel }
    secured.channel.destroy()
    return handshakeFault(target, where, new Error(`found protocol ${secured.channel.protocol}, expected h2`))
  }
}

function handshakeFault(target: HboneTarget, where: string, error: Error): Fault {
  const code = error instanceof Failure && error.code === 'identity_mismatch' ? 'identity_mismatch' : 'connect_failed'
  return fault(code, 'hbone', `Cannot make mutual TLS with ${target.destination} at ${where}: ${describeError(error)}`)
}

type Secured = { readonly ok: true; readonly channel: Channel } | Fault

interface Peer {
  readonly target: HboneTarget
  readonly pool: SharedPool<HboneConnection>
  /** What the last who asked for a tunnel allowed. */
  connectTimeoutMs: number
}

const OPEN_ATTEMPTS_MAX = 5
const DESCRIBED_MAX = 200
/** At this many peers those without a connection are forgotten. */
const PEERS_SWEPT_AT = 4096
