import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Addon, AgentPorts, EbpfCapture } from '@weft/ebpf'
import type { DescriptorStore } from '../descriptors/descriptor-store.ts'
import type { DnsListener, DnsServer } from '../dns/index.ts'
import type { ListenerKind } from '../worker/messages.ts'
import type { Listeners } from './proxy-capture.ts'

export type ListenerPorts = AgentPorts

const BACKLOG = 4096
const DNS_BACKLOG = 128
/** Container runtimes bring loopback up beside the network of a pod, not before. */
const LOOPBACK_TRIES_MAX = 200
const LOOPBACK_TRY_EVERY_MS = 10

export interface WorkloadListenersOptions {
  /** '' for the node's own network namespace. */
  readonly netnsPath: string
  /** Goes into the ids of the listeners. */
  readonly name: string
  readonly ports: ListenerPorts
}

/**
 * Listening sockets in one network namespace: made by the supervisor, which keeps them, marked as ours in the kernel,
 * taken by the workers. They are in the store as well: a supervisor that is killed finds them there again, with whoever
 * connected meanwhile in their queues. `close` ends all of them. IPv6 is left out where the namespace has none.
 */
export class WorkloadListeners {
  readonly #options: WorkloadListenersOptions
  readonly #addon: Addon
  readonly #kernel: EbpfCapture
  readonly #pool: Listeners
  readonly #dnsServer: DnsServer | null
  readonly #store: DescriptorStore
  /** Names in the store. */
  readonly #kept: string[] = []
  readonly #fds: number[] = []
  readonly #ids: string[] = []
  readonly #dns: DnsListener[] = []

  /** Without `dns` queries are left alone. */
  constructor(
    options: WorkloadListenersOptions,
    addon: Addon,
    kernel: EbpfCapture,
    pool: Listeners,
    dns: DnsServer | null,
    store: DescriptorStore,
  ) {
    this.#options = options
    this.#addon = addon
    this.#kernel = kernel
    this.#pool = pool
    this.#dnsServer = dns
    this.#store = store
  }

  /** Where captured connections and DNS queries of this namespace's workloads go. Returns the port of DNS. */
  async openCaller(dnsPort: number, namespaces: () => readonly string[]): Promise<number> {
    await this.#onceUp(() => this.#tcp('outbound', '127.0.0.1', this.#options.ports.outbound, ['']))
    await this.#optional(() => this.#tcp('outbound', '::1', this.#options.ports.outbound, ['']))
    return this.#dnsServer === null ? 0 : this.#openDns(this.#dnsServer, dnsPort, namespaces)
  }

  /** As {@link openCaller} for one workload: in the shared network only its DNS, at a port of its own. */
  async openCallerOf(isOwnNetwork: boolean, namespaces: () => readonly string[]): Promise<number> {
    if (isOwnNetwork) return this.openCaller(this.#options.ports.dns, namespaces)
    return this.#dnsServer === null ? 0 : this.#openDns(this.#dnsServer, 0, namespaces)
  }

  /** Where plaintext to workloads is steered: of these addresses, or of '' for the shared network. */
  async openInbound(addresses: readonly string[]): Promise<void> {
    const port = this.#options.ports.inbound
    try {
      await this.#tcp('inbound', '::', port, addresses)
    } catch (error) {
      if (!isNoIpv6(error)) throw error
      await this.#tcp('inbound', '0.0.0.0', port, addresses)
    }
  }

  async openHbone(uid: string, address: string, port: number): Promise<void> {
    await this.#tcp('hbone', address, port, [address], uid)
  }

  /** A plain port on loopback of the node that leads into the mesh. */
  async openPublish(uid: string, port: number): Promise<void> {
    const fd = this.#own(
      this.#made('publish', '127.0.0.1', port, () => this.#addon.tcpListen(-1, '127.0.0.1', port, BACKLOG, false)),
    )
    await this.#hand('publish', fd, '127.0.0.1', port, uid, '')
  }

  close(): void {
    for (const id of this.#ids.splice(0)) this.#pool.unlisten(id)
    for (const listener of this.#dns.splice(0)) listener.close()
    for (const fd of this.#fds.splice(0)) this.#addon.closeFd(fd)
    for (const name of this.#kept.splice(0)) this.#store.drop(name)
  }

  async #tcp(
    kind: 'outbound' | 'inbound' | 'hbone',
    host: string,
    port: number,
    addresses: readonly string[],
    uid = '',
  ): Promise<void> {
    const fd = this.#own(
      this.#made(kind, host, port, (netns) => this.#addon.tcpListen(netns, host, port, BACKLOG, false)),
    )
    for (const address of addresses) this.#kernel.setListener({ kind, fd, address })
    await this.#hand(kind, fd, host, port, uid, this.#options.netnsPath)
  }

  async #hand(
    kind: ListenerKind,
    fd: number,
    host: string,
    port: number,
    uid: string,
    netnsPath: string,
  ): Promise<void> {
    const workload = uid !== '' ? uid : this.#options.netnsPath === '' ? '' : this.#options.name
    const id = `${kind}/${this.#options.name}/${host}`
    this.#ids.push(id)
    await this.#pool.listen({ type: 'listen', id, kind, fd, host, port, workload, netnsPath })
  }

  async #openDns(server: DnsServer, port: number, namespaces: () => readonly string[]): Promise<number> {
    const udp = this.#udp('127.0.0.1', port)
    const listener = await server.listenUdp({ fd: udp }, namespaces)
    this.#dns.push(listener)
    const chosen = listener.port
    await this.#dnsTcp(server, '127.0.0.1', chosen, namespaces)
    await this.#optional(async () => {
      this.#dns.push(await server.listenUdp({ fd: this.#udp('::1', chosen) }, namespaces))
      await this.#dnsTcp(server, '::1', chosen, namespaces)
    })
    return chosen
  }

  /** The socket belongs to the DNS server from now on, which closes it. */
  #udp(host: string, port: number): number {
    const fd = this.#made('dns-udp', host, port, (netns) => this.#addon.udpBind(netns, host, port))
    this.#kernel.setListener({ kind: 'dns', fd, address: '' })
    return fd
  }

  async #dnsTcp(server: DnsServer, host: string, port: number, namespaces: () => readonly string[]): Promise<void> {
    const make = (netns: number): number => this.#addon.tcpListen(netns, host, port, DNS_BACKLOG, false)
    const fd = this.#made('dns-tcp', host, port, make)
    this.#kernel.setListener({ kind: 'dns', fd, address: '' })
    this.#dns.push(await server.listenTcp({ fd }, namespaces))
  }

  #own(fd: number): number {
    this.#fds.push(fd)
    return fd
  }

  /**
   * The socket that an earlier life of the agent left in the store, else a new one, which is kept there. A namespace goes
   * by its cookie, which is never given again; a port that the kernel chose by whom it serves.
   */
  #made(kind: string, host: string, port: number, make: (netns: number) => number): number {
    return this.#inNetns((netns) => {
      const place = port === 0 ? createHash('sha256').update(this.#options.name).digest('base64url') : port
      const name = `${kind}/${this.#addon.netnsCookie(netns)}/${host}/${place}`
      const left = this.#store.take(name)
      this.#kept.push(name)
      if (left >= 0) return left
      const fd = make(netns)
      this.#store.keep(name, fd)
      return fd
    })
  }

  #inNetns<T>(work: (netns: number) => T): T {
    const { netnsPath } = this.#options
    if (netnsPath === '') return work(-1)
    const netns = this.#addon.openNetns(netnsPath)
    try {
      return work(netns)
    } finally {
      this.#addon.closeFd(netns)
    }
  }

  async #onceUp(open: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await open()
      } catch (error) {
        if (tries >= LOOPBACK_TRIES_MAX || (error as { code?: string }).code !== 'EADDRNOTAVAIL') throw error
      }
      await sleep(LOOPBACK_TRY_EVERY_MS)
    }
  }

  async #optional(open: () => Promise<void>): Promise<void> {
    try {
      await open()
    } catch (error) {
      if (!isNoIpv6(error)) throw error
    }
  }
}

function isNoIpv6(error: unknown): boolean {
  const { code } = error as { code?: string }
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'
}
