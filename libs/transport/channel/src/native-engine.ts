import { isIP } from 'node:net'
import { describeError, type Fault } from '@weft/faults'
import type { Clock, Timer } from '@weft/time'
import type { TcpChannel } from './channel.ts'
import { connectFailed, formatAddress } from './connect-failed.ts'
import { errnoError } from './errno-error.ts'
import { NativeChannel } from './native-channel.ts'
import { type EngineAddon, NativeSockets, type SocketOwner } from './native-sockets.ts'
import { nodeEngine } from './node-engine.ts'
import {
  type ChannelListener,
  defaultDialOptions,
  defaultListenOptions,
  type DialOptions,
  type Dialled,
  type DialTarget,
  listenFailure,
  type ListenOptions,
  type ListenTarget,
  type SocketEngine,
} from './socket-engine.ts'

let sockets: NativeSockets | null = null

/** The engine of the addon, one for all of this thread; Node's without an addon. Names are left to Node's. */
export function socketEngine(addon: EngineAddon | null): SocketEngine {
  if (addon === null) return nodeEngine
  sockets ??= new NativeSockets(addon)
  return new NativeEngine(sockets)
}

class NativeEngine implements SocketEngine {
  readonly name = 'native'
  readonly #sockets: NativeSockets

  constructor(sockets: NativeSockets) {
    this.#sockets = sockets
  }

  async listen(
    target: ListenTarget,
    accept: (channel: TcpChannel) => void,
    options: ListenOptions = defaultListenOptions,
  ): Promise<ChannelListener> {
    if (!('fd' in target) && isIP(target.host) === 0) return nodeEngine.listen(target, accept, options)
    try {
      return new NativeListener(this.#sockets, this.#listeningId(target, options.backlog), accept, options)
    } catch (error) {
      throw listenFailure(target, error)
    }
  }

  dial(target: DialTarget, clock: Clock, options: DialOptions = defaultDialOptions): Promise<Dialled> {
    const family = isIP(target.host)
    // Only the system's resolver knows names, and Node knows how to ask it.
    if (family === 0) return nodeEngine.dial(target, clock, options)
    return new Promise((resolve) => {
      const dialling = new Dialling(this.#sockets, target, options, resolve)
      dialling.begin(family === 6 ? 6 : 4, clock)
    })
  }

  #listeningId(target: ListenTarget, backlog: number): number {
    const { addon } = this.#sockets
    if ('fd' in target) return addon.engineListen(target.fd, backlog, false)
    if ('handle' in target) {
      const id = addon.engineListen(target.handle.fd, backlog, true)
      target.handle.close()
      return id
    }
    const fd = addon.tcpListen(-1, target.host, target.port, backlog, target.reusePort === true)
    return addon.engineListen(fd, backlog, false)
  }
}

const RETRY_ACCEPT_MS = 100

class NativeListener implements ChannelListener, SocketOwner {
  readonly port: number
  refused: number
  readonly #sockets: NativeSockets
  #id: number
  readonly #accept: (channel: TcpChannel) => void
  readonly #options: ListenOptions
  #open: number

  constructor(sockets: NativeSockets, id: number, accept: (channel: TcpChannel) => void, options: ListenOptions) {
    this.port = sockets.addon.engineAddress(id, false)?.[1] ?? 0
    this.refused = 0
    this.#sockets = sockets
    this.#id = id
    this.#accept = accept
    this.#options = options
    this.#open = 0
    sockets.own(id, this)
  }

  accepted(id: number): void {
    if (this.#open >= this.#options.channelsMax) {
      this.refused++
      return this.#sockets.addon.engineClose(id, false)
    }
    this.#open++
    const channel = new NativeChannel(this.#sockets, id, this.#options.highWaterMark, '', this)
    this.#sockets.add(id, channel)
    this.#accept(channel)
  }

  /** One of the accepted connections is closed, or no longer the engine's. */
  released(): void {
    this.#open--
  }

  connected(): void {}

  /** No descriptors: what knocks waits in the backlog until one is free, or may be, since others close theirs unseen. */
  failed(): void {
    this.#sockets.addon.enginePause(this.#id, true)
    const wake = (): void => {
      if (this.#id >= 0) this.#sockets.addon.enginePause(this.#id, false)
    }
    this.#sockets.whenFreed(wake)
    setTimeout(wake, RETRY_ACCEPT_MS).unref()
  }

  close(): void {
    if (this.#id < 0) return
    this.#sockets.disown(this.#id)
    this.#sockets.close(this.#id, false)
    this.#id = -1
  }
}

/** A connection that is being opened. */
class Dialling implements SocketOwner {
  readonly #sockets: NativeSockets
  readonly #target: DialTarget
  readonly #options: DialOptions
  readonly #resolve: (dialled: Dialled) => void
  #timer: Timer | null
  #id: number

  constructor(sockets: NativeSockets, target: DialTarget, options: DialOptions, resolve: (dialled: Dialled) => void) {
    this.#sockets = sockets
    this.#target = target
    this.#options = options
    this.#resolve = resolve
    this.#timer = null
    this.#id = -1
  }

  begin(family: 4 | 6, clock: Clock): void {
    const { addon } = this.#sockets
    const { openFd, sourceAddress, connectTimeoutMs } = this.#options
    const { host, port } = this.#target
    try {
      const fd = openFd === null ? addon.tcpSocket(-1, family, sourceAddress) : openFd()
      this.#id = addon.engineConnect(fd, host, port)
    } catch (error) {
      return this.#resolve(connectFailed(this.#target, describeError(error)))
    }
    this.#sockets.own(this.#id, this)
    this.#timer = clock.after(connectTimeoutMs, () => {
      this.#giveUp(connectFailed(this.#target, `no answer within ${connectTimeoutMs} ms`))
    })
  }

  accepted(): void {}

  connected(id: number): void {
    this.#timer!.cancel()
    this.#sockets.disown(id)
    const { host, port } = this.#target
    const channel = new NativeChannel(this.#sockets, id, this.#options.highWaterMark, formatAddress(host, port), null)
    this.#sockets.add(id, channel)
    this.#resolve({ ok: true, channel })
  }

  failed(_id: number, errno: number): void {
    this.#timer!.cancel()
    this.#giveUp(connectFailed(this.#target, errnoError('connect', errno).message))
  }

  #giveUp(fault: Fault): void {
    this.#sockets.disown(this.#id)
    this.#sockets.close(this.#id, false)
    this.#resolve(fault)
  }
}
