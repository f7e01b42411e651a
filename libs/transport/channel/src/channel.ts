import type { Socket } from 'node:net'

/**
 * A full-duplex stream of octets, whatever carries it: a TCP socket, TLS, an HBONE stream, memory.
 *
 * Exactly one handler; it is set right after the channel is had (in the same turn), before anything is delivered.
 * Order of calls: any `bytes`, at most one `end` (the peer half-closed), one `closed` last of all.
 * States: open → (half-closed either way) → closed.
 */
export interface Channel {
  /** Where the other end is, `address:port`, for logs. */
  readonly remote: string
  /** Whether a handler that `borrows` is lent octets; else all it is given is its own. */
  readonly lends?: boolean
  handler: ChannelHandler
  /** Takes the octets over (never change them afterwards). False when more than the high-water mark waits: expect `drained`. */
  write(bytes: Uint8Array): boolean
  /** As `write`, of octets that are lent: what is not handed on in this turn is copied. For what a `borrows` handler is given. */
  writeBorrowed(bytes: Uint8Array): boolean
  /** Collects what is written until `uncork` into one system call or record. Nests. */
  cork(): void
  uncork(): void
  /** Half-closes after what was written: TCP FIN, TLS close_notify, END_STREAM. */
  end(): void
  /** Stops delivery of `bytes` (and so reading from the kernel). */
  pause(): void
  resume(): void
  /** Ends both ways at once; `closed` follows. `error` is for the log and is handed to `closed`. Safe in any state, and twice. */
  destroy(error?: Error): void
  /** Octets written but not yet handed to the kernel. */
  readonly bufferedBytes: number
  /** Whatever was written in a turn, lent or not, is not looked at any more after it. */
  readonly isPrompt?: boolean
}

export interface ChannelHandler {
  /**
   * The octets are only lent to this handler: they change after the turn (the callback, and what it writes with
   * `writeBorrowed`). A channel that can save a copy does; to any other handler the octets belong for good.
   */
  readonly borrows?: boolean
  /** The octets are the handler's from now on, unless it `borrows`. */
  bytes(bytes: Uint8Array): void
  /** The peer will send no more. */
  end(): void
  /** What was buffered is below the mark again. */
  drained(): void
  /** Nothing more will happen. `error` is null when both sides ended in order. */
  closed(error: Error | null): void
}

/** Counts a connection for as long as it is open. */
export interface ConnectionHolder {
  released(): void
}

/** A channel that is one TCP connection. */
export interface TcpChannel extends Channel {
  /** Who counts this connection; told once, when it is closed or given up as a socket. */
  holder: ConnectionHolder | null
  /** The descriptor, for questions to the kernel; -1 when closed. It stays the channel's. */
  readonly fd: number
  /** Numeric, never in mapped form; '' when closed. */
  readonly localAddress: string
  readonly localPort: number
  readonly remoteAddress: string
  readonly remotePort: number
  /**
   * Gives the connection up as a socket of Node (for TLS). Only before a handler was set or anything written; the
   * channel is over without a word.
   */
  toSocket(): Socket
  /** Hands what was written to the kernel now instead of at the end of the turn. */
  flush(): void
}
