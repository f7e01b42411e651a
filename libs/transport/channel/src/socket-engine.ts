import { Failure, type Fault } from '@weft/faults'
import type { Clock } from '@weft/time'
import { bindTrouble, type SocketHandle } from './bound-socket.ts'
import type { TcpChannel } from './channel.ts'
import { formatAddress } from './connect-failed.ts'

/** Who talks to the kernel about TCP: Node's sockets, or the addon's where it is to be had. */
export interface SocketEngine {
  readonly name: 'node' | 'native'
  /**
   * Listens, and gives every accepted connection as a channel in the turn in which it was accepted.
   *
   * Failure `listen` when the address is taken or not ours. Trouble of a running listener (EMFILE) is passed over: the
   * listener stays.
   */
  listen(target: ListenTarget, accept: (channel: TcpChannel) => void, options?: ListenOptions): Promise<ChannelListener>
  /**
   * Opens a TCP connection. A host that is a name is resolved as the system does it; inside the mesh it is an address.
   *
   * Faults: `connect_failed` with the address and what the kernel said, or that the time was over.
   */
  dial(target: DialTarget, clock: Clock, options?: DialOptions): Promise<Dialled>
}

/** A socket that listens already (the listener owns it from now on), or where to listen. */
export type ListenTarget =
  | { readonly fd: number }
  /** A socket that is bound there; the listener owns the handle from now on, others may hold the same socket. */
  | { readonly handle: SocketHandle; readonly host: string; readonly port: number }
  /** `reusePort`: several processes of one user may listen there, and the kernel spreads connections. */
  | { readonly host: string; readonly port: number; readonly reusePort?: boolean }

export interface ListenOptions {
  /** Connections beyond are closed at once, and counted. */
  readonly channelsMax: number
  readonly backlog: number
  /** Octets waiting for the kernel above which `write` answers false. */
  readonly highWaterMark: number
}

export const defaultListenOptions: ListenOptions = Object.freeze({
  channelsMax: 20_000,
  backlog: 4096,
  highWaterMark: 256 * 1024,
})

/** An open listening socket. */
export interface ChannelListener {
  readonly port: number
  /** Connections closed at once because `channelsMax` were open. */
  readonly refused: number
  /** Stops accepting; connections that are open stay. Safe in any state, and twice. */
  close(): void
}

export interface DialTarget {
  readonly host: string
  readonly port: number
}

export interface DialOptions {
  readonly connectTimeoutMs: number
  /** Local address to come from, '' for the kernel's choice. Unused with `openFd`, which binds itself. */
  readonly sourceAddress: string
  /** Makes the unconnected, non-blocking socket, for example in a network namespace; null for a plain one. Throws when it cannot. */
  readonly openFd: (() => number) | null
  readonly highWaterMark: number
}

export const defaultDialOptions: DialOptions = Object.freeze({
  connectTimeoutMs: 2_000,
  sourceAddress: '',
  openFd: null,
  highWaterMark: 256 * 1024,
})

export type Dialled = { readonly ok: true; readonly channel: TcpChannel } | Fault

export function listenFailure(target: ListenTarget, cause: unknown): Failure {
  const where = 'fd' in target ? `descriptor ${target.fd}` : formatAddress(target.host, target.port)
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no code'
  return new Failure(
    'listen',
    `Cannot listen on ${where}: ${bindTrouble(code, 'fd' in target ? 0 : target.port)}`,
    cause,
  )
}
