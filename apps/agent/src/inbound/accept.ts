import { type Channel, SocketChannel, type TcpChannel } from '@weft/channel'
import { splitAddress } from '@weft/config'
import { describeError, type Fault, fault } from '@weft/faults'
import { HboneServer, type HboneServerHandler, secureNative, type TunnelRequest } from '@weft/hbone'
import { parseWorkloadIdentity } from '@weft/identity'
import type { NativeHandshake, TlsAcceptor } from '@weft/mtls'
import type { Workload } from '@weft/topology'
import { PROTOCOL_HEADER } from '../outbound/connector.ts'
import type { Inbound } from './inbound.ts'
import type { InboundOrigin } from './inbound-origin.ts'

const HANDSHAKE_TIMEOUT_MS = 10_000

/**
 * Accepts tunnels to one workload: proves its identity to whoever connects, takes theirs, and decides on each CONNECT.
 *
 * A tunnel is opened (200) only after the application has been connected, so that the caller's agent may still choose
 * another workload. Policies are asked at CONNECT, and for HTTP again for every request in the tunnel.
 */
export class HboneAcceptor implements HboneServerHandler {
  readonly #inbound: Inbound
  readonly uid: string
  readonly #servers = new Set<HboneServer>()
  #acceptor: TlsAcceptor | null = null

  constructor(inbound: Inbound, uid: string) {
    this.#inbound = inbound
    this.uid = uid
  }

  /** That it has accepted and that are open. */
  get connectionCount(): number {
    return this.#servers.size
  }

  /** Ends what it has accepted: the workload is gone. */
  endAll(): void {
    for (const server of [...this.#servers]) server.destroy(new Error(`workload ${this.uid} is gone`))
  }

  /** Whoever comes before the workload's certificate does waits for it, for a while. */
  accept(channel: TcpChannel): void {
    const { snapshots, tls } = this.#inbound.plane
    const attempt = (): boolean => {
      const workload = snapshots.current.workload(this.uid)
      if (workload === null || tls.svidOf(snapshots.current.identityOf(workload)) === null) return false
      this.#accept(channel)
      return true
    }
    if (!attempt()) this.#inbound.early.wait(channel, attempt, () => this.#accept(channel))
  }

  #accept(channel: TcpChannel): void {
    const { snapshots, tls, refusalLog } = this.#inbound.plane
    const workload = snapshots.current.workload(this.uid)
    try {
      if (workload === null) throw new Error(`workload ${this.uid} is not configured`)
      const identity = snapshots.current.identityOf(workload)
      const handshake = tls.beginServer(identity)
      if (handshake !== null) return this.#begin(channel, workload, handshake)
      this.#acceptor ??= tls.acceptor(identity, {
        accepted: (socket, peer) => this.#serveTunnels(new SocketChannel(socket), peer),
        refused: (error, remote) => this.#refusedHandshake(error, remote),
      })
    } catch (error) {
      refusalLog.warn('refused a tunnel connection', { remote: channel.remote, error: describeError(error) })
      channel.destroy(error as Error)
      return
    }
    const { remote, remoteAddress } = channel
    const admitted = this.#inbound.plane.admission.admit(remoteAddress)
    if ('code' in admitted) return this.#notAdmitted(channel, workload, remote, admitted)
    const socket = channel.toSocket()
    socket.once('close', () => admitted.released())
    this.#acceptor.accept(socket)
  }

  /** By address, since nobody has proved anything yet: a flood of handshakes is bounded too. */
  #begin(channel: TcpChannel, workload: Workload, handshake: NativeHandshake): void {
    const refusal = this.#inbound.plane.admission.hold(channel, channel.remoteAddress)
    if (refusal === null) return void this.#secure(channel, handshake)
    handshake.addon.tlsFree(handshake.session)
    this.#notAdmitted(channel, workload, channel.remote, refusal)
  }

  #notAdmitted(channel: TcpChannel, workload: Workload, remote: string, refusal: Fault): void {
    this.#inbound.refused(this.#inbound.origin(workload, 0, null, remote), refusal)
    channel.destroy(new Error(refusal.reason.message))
  }

  async #secure(tcp: TcpChannel, handshake: NativeHandshake): Promise<void> {
    const { remote } = tcp
    const secured = await secureNative(tcp, handshake, HANDSHAKE_TIMEOUT_MS, this.#inbound.plane.clock)
    if (secured instanceof Error) this.#refusedHandshake(secured, remote)
    else this.#serveTunnels(secured.channel, secured.peer)
  }

  #serveTunnels(channel: Channel, peer: string): void {
    const { clock, connections, hboneOptions } = this.#inbound.plane
    const server = new HboneServer(channel, peer, this, clock, hboneOptions)
    this.#servers.add(server)
    connections.add(server)
  }

  #refusedHandshake(error: Error, remote: string): void {
    const found = { remote, workload: this.uid, error: error.message }
    this.#inbound.plane.refusalLog.warn('refused a handshake', found)
  }

  /** The identity is gone, or came anew: the next connection takes what there is then. */
  forgetIdentity(): void {
    this.#acceptor?.close()
    this.#acceptor = null
  }

  tunnel(request: TunnelRequest): void {
    void this.#serve(request).then((refusal) => {
      if (refusal !== null) request.refuse(refusal.reason)
    })
  }

  closed(server: HboneServer): void {
    this.#servers.delete(server)
    this.#inbound.plane.connections.remove(server)
  }

  /** Resolves with the refusal; null when it was accepted, or there is nobody to answer. */
  async #serve(request: TunnelRequest): Promise<Fault | null> {
    const origin = this.#originOf(request)
    if ('code' in origin) return origin
    const said = request.headers.get(PROTOCOL_HEADER)
    const isHttp = said === 'http' || said === 'http2' || (said === null && this.#isHttp(origin))
    const refusal = this.#inbound.decide(origin, isHttp)
    if (refusal !== null) {
      // A tunnel that was only tried before the client had said what it speaks is no attempt to get around anything.
      if (said !== 'detect') this.#inbound.refused(origin, refusal)
      return refusal
    }
    if (isHttp) return this.#serveHttp(request, origin, said === 'http2' ? 'http2' : 'http1')
    return this.#serveOctets(request, origin)
  }

  async #serveHttp(request: TunnelRequest, origin: InboundOrigin, version: 'http1' | 'http2'): Promise<Fault | null> {
    const pair = this.#inbound.plane.applicationPools.of(
      origin.caller,
      origin.arrived.upstream,
      origin.arrived.backend.policy,
    )
    if (version === 'http1') {
      const leased = await pair.http1.lease()
      if (!leased.ok) return leased
      leased.connection.giveBack()
    } else {
      const leased = await pair.http2.lease()
      if (!leased.ok) return leased
    }
    if (!request.isGone) this.#inbound.serveHttp(request.accept(), version, origin)
    return null
  }

  async #serveOctets(request: TunnelRequest, origin: InboundOrigin): Promise<Fault | null> {
    const { uid, upstream } = origin.arrived
    const workload = this.#inbound.plane.snapshots.current.workload(uid)!
    const dialled = await this.#inbound.applications.dial(workload, upstream.port)
    if (!dialled.ok) return dialled
    if (request.isGone) dialled.channel.destroy()
    else this.#inbound.relay(request.accept(), dialled.channel, origin)
    return null
  }

  #originOf(request: TunnelRequest): InboundOrigin | Fault {
    const { snapshots, options, connections } = this.#inbound.plane
    const workload = snapshots.current.workload(this.uid)
    if (workload === null) return fault('not_ready', 'inbound', `Workload ${this.uid} is not configured here`)
    if (connections.isDraining)
      return fault('draining', 'inbound', 'The agent is about to stop: expected another workload')
    const { peer } = request.server
    if (parseWorkloadIdentity(peer)?.trustDomain !== options.trustDomain) {
      const message = `${peer} may not call workloads: expected a workload of trust domain ${options.trustDomain}`
      return fault('denied', 'inbound', message)
    }
    const target = splitAddress(request.authority)
    if (target === null || target.host !== workload.address || target.port === 0) {
      const message = `Cannot open a tunnel to ${JSON.stringify(request.authority.slice(0, 100))}`
      return fault('malformed', 'inbound', `${message}: expected ${workload.address}:PORT`)
    }
    if (options.agentPorts.includes(target.port)) {
      return fault(
        'upstream_refused',
        'inbound',
        `Port ${target.port} is the agent's own: expected one of the workload`,
      )
    }
    return this.#inbound.origin(workload, target.port, peer, request.server.remote)
  }

  /** Another mesh's agent does not say what flows; then what the workload declares counts. */
  #isHttp(origin: InboundOrigin): boolean {
    const { snapshots } = this.#inbound.plane
    const protocol = snapshots.current.protocolOf(snapshots.current.workload(this.uid)!, origin.port)
    return protocol === 'http'
  }
}
