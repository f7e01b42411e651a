import {
  type ChannelListener,
  defaultListenOptions,
  type ListenTarget,
  type SocketHandle,
  type TcpChannel,
} from '@weft/channel'
import { Failure } from '@weft/faults'
import type { Gateway } from '../gateway/gateway.ts'
import { HboneAcceptor } from '../inbound/accept.ts'
import type { Inbound } from '../inbound/inbound.ts'
import { acceptPlaintext } from '../inbound/plaintext.ts'
import { acceptOutbound, acceptPublished } from '../outbound/accept.ts'
import { ExplicitProxy } from '../outbound/explicit-proxy.ts'
import type { Outbound } from '../outbound/outbound.ts'
import type { DataPlane } from './data-plane.ts'
import type { ListenMessage } from './messages.ts'
import { ANSWERED_MAX } from './overload-replies.ts'

interface Listening {
  readonly message: ListenMessage
  readonly listener: ChannelListener
  /** Only of kind `hbone`. */
  readonly hbone: HboneAcceptor | null
}

/** The listening sockets of a worker, by id. */
export class Listeners {
  readonly #plane: DataPlane
  readonly #outbound: Outbound
  readonly #inbound: Inbound
  readonly #gateway: Gateway
  readonly #proxy: ExplicitProxy
  readonly #open = new Map<string, Listening>()
  /** Accept no more, and what they have accepted goes on. */
  readonly #closed = new Set<HboneAcceptor>()

  constructor(plane: DataPlane, outbound: Outbound, inbound: Inbound, gateway: Gateway) {
    this.#plane = plane
    this.#outbound = outbound
    this.#inbound = inbound
    this.#gateway = gateway
    this.#proxy = new ExplicitProxy(plane, outbound)
  }

  /** Begins to accept, on the socket that came along if there is one; resolves with the port. Faults: Failure `listen`. An id that is open already is replaced. */
  async open(message: ListenMessage, handle: SocketHandle | null): Promise<number> {
    this.close(message.id)
    const hbone = message.kind === 'hbone' ? new HboneAcceptor(this.#inbound, message.workload) : null
    const options = { ...defaultListenOptions, channelsMax: this.#plane.options.connectionsMax + ANSWERED_MAX }
    const accept = this.#acceptorOf(message, hbone)
    const listener = await this.#plane.sockets.listen(this.#targetOf(message, handle), accept, options)
    this.close(message.id)
    this.#open.set(message.id, { message, listener, hbone })
    return message.fd >= 0 ? message.port : listener.port
  }

  close(id: string): void {
    const listening = this.#open.get(id)
    if (listening === undefined) return
    this.#open.delete(id)
    listening.listener.close()
    listening.hbone?.forgetIdentity()
    this.#keepOfOwnNetwork(listening)
    if (listening.message.kind === 'gateway') this.#gateway.closed(id)
  }

  /**
   * Ends tunnels to workloads that are of this node no longer, while there may still be a network by which their callers
   * can be told.
   */
  endReleased(): void {
    for (const acceptor of this.#closed) {
      if (acceptor.connectionCount > 0 && this.#plane.locals.local(acceptor.uid) !== null) continue
      this.#closed.delete(acceptor)
      acceptor.endAll()
    }
  }

  closeAll(): void {
    for (const id of [...this.#open.keys()]) this.close(id)
  }

  /** Handshakes take the identity's certificate of that moment from now on. */
  identitiesChanged(): void {
    for (const { hbone } of this.#open.values()) hbone?.forgetIdentity()
  }

  describe(): unknown[] {
    return [...this.#open.values()].map(({ message, listener }) => ({ ...message, refused: listener.refused }))
  }

  /** The network that others share stays when a workload goes, and what is on its way through it arrives. */
  #keepOfOwnNetwork({ message, hbone }: Listening): void {
    if (hbone !== null && message.netnsPath !== '' && hbone.connectionCount > 0) this.#closed.add(hbone)
  }

  #acceptorOf(message: ListenMessage, hbone: HboneAcceptor | null): (channel: TcpChannel) => void {
    switch (message.kind) {
      case 'outbound':
        return (channel) => acceptOutbound(this.#plane, this.#outbound, channel)
      case 'publish':
        return (channel) => acceptPublished(this.#plane, this.#outbound, channel, message)
      case 'proxy':
        return (channel) => this.#held(channel, message.workload, () => this.#proxy.accept(channel))
      case 'inbound':
        return (channel) => acceptPlaintext(this.#inbound, channel, message)
      case 'hbone':
        return (channel) => hbone!.accept(channel)
      case 'gateway':
        return (channel) => this.#acceptGateway(channel, message.id)
    }
  }

  /** Whoever is beyond the limit of a port for HTTP is told so. */
  #acceptGateway(channel: TcpChannel, id: string): void {
    const { admission, overloadReplies } = this.#plane
    const isHttp = this.#gateway.isPlainHttp(id)
    if (!isHttp) return this.#held(channel, channel.remoteAddress, () => this.#gateway.accept(channel, id))
    const refusal = admission.hold(channel, channel.remoteAddress)
    if (refusal === null) return this.#gateway.accept(channel, id)
    this.#gateway.countRefusal(channel.remote, '', refusal)
    overloadReplies.answer(channel, refusal)
  }

  /** Accepts while `name` has not too many connections open. */
  #held(channel: TcpChannel, name: string, accept: () => void): void {
    const { admission, refusalLog } = this.#plane
    const refusal = admission.hold(channel, name)
    if (refusal === null) return accept()
    refusalLog.warn('refused a connection', { remote: channel.remote, why: refusal.reason.message })
    channel.destroy(new Error(refusal.reason.message))
  }

  /** A socket of the supervisor is taken over as a descriptor of ours; without one we listen ourselves. */
  #targetOf({ fd, host, port }: ListenMessage, handle: SocketHandle | null): ListenTarget {
    if (handle !== null) return { handle, host, port }
    if (fd < 0) return { host, port, reusePort: port !== 0 }
    const { addon, options } = this.#plane
    if (addon === null) {
      throw new Failure(
        'listen',
        `Cannot take descriptor ${fd} of process ${options.supervisorPid}: expected the addon`,
      )
    }
    return { fd: addon.takeFd(options.supervisorPid, fd) }
  }
}
