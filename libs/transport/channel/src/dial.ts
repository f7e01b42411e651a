import { Socket } from 'node:net'
import { fault, type Fault } from '@weft/faults'
import type { Clock } from '@weft/time'
import { SocketChannel } from './socket-channel.ts'

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

export type Dialled = { readonly ok: true; readonly channel: SocketChannel } | Fault

const KEEP_ALIVE_MS = 180_000

/**
 * Opens a TCP connection. A host that is a name is resolved as the system does it; inside the mesh it is an address.
 *
 * Faults: `connect_failed` with the address and what the kernel said, or that the time was over.
 */
export function dial(target: DialTarget, clock: Clock, options: DialOptions = defaultDialOptions): Promise<Dialled> {
  let socket: Socket
  try {
    // `highWaterMark` is read by the stream below Socket and `manualStart` (do not read before connect) by Socket itself,
    // though neither is in the type of its options.
    const streamOptions = { allowHalfOpen: true, highWaterMark: options.highWaterMark, manualStart: true }
    socket =
      options.openFd === null
        ? new Socket(streamOptions)
        : new Socket({ ...streamOptions, fd: options.openFd(), readable: true, writable: true })
  } catch (error) {
    return Promise.resolve(connectFailed(target, (error as Error).message))
  }
  return new Promise((resolve) => {
    const timer = clock.after(options.connectTimeoutMs, () => {
      socket.destroy()
      resolve(connectFailed(target, `no answer within ${options.connectTimeoutMs} ms`))
    })
    const refused = (error: Error): void => {
      timer.cancel()
      socket.destroy()
      resolve(connectFailed(target, error.message))
    }
    socket.once('error', refused)
    socket.connect(
      {
        host: target.host,
        port: target.port,
        ...(options.sourceAddress === '' || options.openFd !== null ? {} : { localAddress: options.sourceAddress }),
      },
      () => {
        timer.cancel()
        socket.setNoDelay(true)
        socket.setKeepAlive(true, KEEP_ALIVE_MS)
        const channel = new SocketChannel(socket, formatAddress(target.host, target.port))
        socket.off('error', refused)
        resolve({ ok: true, channel })
      },
    )
  })
}

/** `host:port`, with brackets around IPv6. */
export function formatAddress(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function connectFailed(target: DialTarget, found: string): Fault {
  const where = formatAddress(target.host, target.port)
  return fault('connect_failed', 'dial', `Cannot connect to ${where}: ${found}; expected a listening program`)
}
