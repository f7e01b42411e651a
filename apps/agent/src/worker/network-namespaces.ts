import type { Addon } from '@weft/ebpf'
import { defaultDialOptions, type Dialled, type SocketEngine } from '@weft/channel'
import type { Clock } from '@weft/time'

/**
 * A node that is lost, or a network that was taken away with a connection in it, sends no reset: what waits for it would
 * wait until the kernel has tried for a quarter of an hour.
 */
const UNACKNOWLEDGED_MAX_MS = 10_000

/** Dials inside network namespaces. Descriptors of namespaces are kept until their workload is gone. */
export class NetworkNamespaces {
  readonly #addon: Addon | null
  readonly #sockets: SocketEngine
  readonly #clock: Clock
  readonly #fds = new Map<string, number>()

  constructor(addon: Addon | null, sockets: SocketEngine, clock: Clock) {
    this.#addon = addon
    this.#sockets = sockets
    this.#clock = clock
  }

  /**
   * `prepare` is given the socket before it connects, and stops the dial by what it throws; it needs the addon.
   * Faults: `connect_failed`, also when the namespace can't be entered.
   */
  dial(
    netnsPath: string,
    sourceAddress: string,
    host: string,
    port: number,
    connectTimeoutMs: number,
    prepare: ((fd: number) => void) | null = null,
  ): Promise<Dialled> {
    const addon = this.#addon
    // Without a namespace to enter Node's own socket does, unless an address must be bound without taking a port.
    const isPlain = netnsPath === '' && prepare === null && (addon === null || sourceAddress === '')
    const openFd = (): number => {
      if (addon === null) throw new Error(`cannot make a socket of ${netnsPath}: the addon is not to be had`)
      const fd = addon.tcpSocket(this.#fdOf(addon, netnsPath), host.includes(':') ? 6 : 4, sourceAddress)
      try {
        prepare?.(fd)
      } catch (error) {
        addon.closeFd(fd)
        throw error
      }
      return fd
    }
    return this.#sockets.dial({ host, port }, this.#clock, {
      ...defaultDialOptions,
      connectTimeoutMs,
      sourceAddress,
      openFd: isPlain ? null : openFd,
    })
  }

  /** Dials the agent of another workload: who does not even acknowledge is given up, where the addon is. Faults as above. */
  dialAgent(
    netnsPath: string,
    sourceAddress: string,
    host: string,
    port: number,
    connectTimeoutMs: number,
  ): Promise<Dialled> {
    const addon = this.#addon
    const prepare = addon === null ? null : (fd: number): void => addon.tcpUserTimeout(fd, UNACKNOWLEDGED_MAX_MS)
    return this.dial(netnsPath, sourceAddress, host, port, connectTimeoutMs, prepare)
  }

  /** Closes what no workload uses any more. */
  retain(paths: ReadonlySet<string>): void {
    for (const [path, fd] of this.#fds) {
      if (paths.has(path)) continue
      this.#addon?.closeFd(fd)
      this.#fds.delete(path)
    }
  }

  #fdOf(addon: Addon, path: string): number {
    if (path === '') return -1
    const known = this.#fds.get(path)
    if (known !== undefined) return known
    const fd = addon.openNetns(path)
    this.#fds.set(path, fd)
    return fd
  }
}
