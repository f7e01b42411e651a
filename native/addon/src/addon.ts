/**
 * The addon: one thin synchronous function per system call (or the fixed few that one descriptor needs).
 *
 * Every descriptor it returns is close-on-exec and the caller's to close; sockets are non-blocking. A system call that
 * fails throws a {@link SystemError}; wrong arguments throw a TypeError or RangeError, which is a bug of the caller.
 * `netns` is a descriptor of {@link openNetns}, or -1 for the namespace of this process.
 */
export interface Addon {
  /** Opens a network namespace by file: `/run/netns/NAME` or `/proc/PID/ns/net`. Source: setns(2). */
  openNetns(path: string): number
  /** The kernel's number of a network namespace (never reused), the same that its BPF programs see. */
  netnsCookie(netns: number): bigint

  /**
   * A listening socket, for `server.listen({ fd })`. `::` accepts IPv4 as well. Accepted sockets have TCP_NODELAY, and
   * TCP Fast Open is off whatever the machine's default. Belongs to the cgroup of this process for good.
   */
  tcpListen(netns: number, address: string, port: number, backlog: number, reusePort: boolean): number
  /**
   * An unconnected socket, for `unconnectedSocket(fd).connect({ host, port })`. TCP_NODELAY is set. With a source address
   * it is bound to that, taking no port of its own (IP_BIND_ADDRESS_NO_PORT); '' leaves the choice to the kernel.
   */
  tcpSocket(netns: number, family: 4 | 6, sourceAddress: string): number
  /**
   * The kernel gives the connection up when what was sent is not acknowledged for so long, or finds no room at the other
   * end. Before it is connected. Source: tcp(7), TCP_USER_TIMEOUT.
   */
  tcpUserTimeout(fd: number, timeoutMs: number): void
  /** A bound datagram socket, for `dgram.Socket.bind({ fd })`. `::` receives IPv4 as well. */
  udpBind(netns: number, address: string, port: number): number

  /**
   * Where the accepted connection `fd` meant to go before capture, or null when it was not captured (or no hook of ours
   * stands on the cgroup of this process).
   */
  originalDestination(fd: number): OriginalDestination | null
  /** The kernel's number of a socket, never reused. */
  socketCookie(fd: number): bigint
  /**
   * Asks the kernel about the TCP sockets of a namespace, or to end one: sends one netlink request and returns the answer's
   * messages up to the last. Waits five seconds at most. Source: sock_diag(7).
   */
  socketDiag(netns: number, request: Uint8Array): Uint8Array
  /** Process (0 where it is of another PID namespace) and user at the other end of a connected unix socket, as of its connect. */
  peerCredentials(fd: number): [pid: number, uid: number]

  /**
   * Sockets of the engine, once per thread: `turn(count)` is called once per turn of the loop with what happened to all of
   * them, in `events` (socket, kind, offset, length) and `input`, both valid until it returns. Sockets are numbers that
   * are given again only in a later turn than they were closed in. What the functions promise: c/engine_socket.c; why it
   * is here: docs/decisions/0115.
   */
  engineStart(turn: (count: number) => void, input: Uint8Array, events: Int32Array): void
  /** Listens with a bound socket, which is the engine's then; of a shared one it takes a duplicate. */
  engineListen(fd: number, backlog: number, isShared: boolean): number
  /** Begins to connect an unconnected socket, which is the engine's then. */
  engineConnect(fd: number, address: string, port: number): number
  /** Octets that the kernel took, or a negative errno. */
  engineSend(id: number, bytes: Uint8Array, length: number): number
  /** The same of several parts, of which it looks at 64. */
  engineSendMany(id: number, parts: readonly Uint8Array[], count: number): number
  /** One event when the kernel takes more. */
  engineAwaitWritable(id: number): void
  /** Accepted sockets begin paused. */
  enginePause(id: number, isPaused: boolean): void
  engineShutdown(id: number): void
  engineClose(id: number, isReset: boolean): void
  /** Gives the descriptor back; the engine forgets it. */
  engineDetach(id: number): number
  engineFd(id: number): number
  /** Numeric, IPv4 never in mapped form; null when the connection is gone. */
  engineAddress(id: number, isPeer: boolean): [address: string, port: number] | null

  /**
   * A context for TLS 1.3 by Node's OpenSSL, either role: with `rootsPem` the peer must prove a chain to one of them; '' for
   * no certificate of ours or no roots. `alpn` as on the wire. Null where Node exports no OpenSSL; throws for bad PEM.
   */
  tlsContext(chainPem: string, keyPem: string, rootsPem: string, alpn: Uint8Array): TlsContextHandle | null
  /** A connection before its handshake. A client asks for `serverName`, demands a certificate for `peerName`; '' for neither. */
  tlsSession(
    context: TlsContextHandle,
    isServer: boolean,
    serverName: string,
    peerName: string,
    ticket: Uint8Array,
  ): TlsSessionHandle
  /**
   * Takes `length` octets of the peer; 0 begins a client's handshake. `result`: octets in `plain`, octets of `cipher` to send,
   * bits 1 the handshake is done, 2 the peer has ended, 4 it failed. `plain` has 32 KiB more room than was received.
   */
  tlsReceive(
    session: TlsSessionHandle,
    bytes: Uint8Array,
    length: number,
    plain: Uint8Array,
    cipher: Uint8Array,
    result: Int32Array,
  ): void
  /** Octets of `cipher` to send, -1 when it failed. */
  tlsSend(session: TlsSessionHandle, plain: Uint8Array, length: number, cipher: Uint8Array): number
  /** Octets of `cipher` to send: close_notify. */
  tlsEnd(session: TlsSessionHandle, cipher: Uint8Array): number
  /** The certificate that the peer proved, DER. */
  tlsPeer(session: TlsSessionHandle): Uint8Array | null
  /** What resumes this connection, when the server has sent some since the last call. A secret. */
  tlsTicket(session: TlsSessionHandle): Uint8Array | null
  tlsIsResumed(session: TlsSessionHandle): boolean
  tlsProtocol(session: TlsSessionHandle): string
  tlsError(session: TlsSessionHandle): string
  /** Forgets its keys; it is not to be used again. */
  tlsFree(session: TlsSessionHandle): void

  closeFd(fd: number): void
  /** A descriptor of ours for the open file behind `fd` of process `pid`. Needs CAP_SYS_PTRACE over it. */
  takeFd(pid: number, fd: number): number
  /** Programs that this process starts from now on do not get it. */
  closeOnExec(fd: number): void
  /** One packet over a unix socket of packets, with a descriptor that stays ours too, or -1. At most 255 octets. */
  sendRights(socket: number, text: string, fd: number): void
  /**
   * The next packet, and the descriptor that came with it or -1; '' when the other end is gone. Blocks: ETIMEDOUT after
   * `timeoutMs`.
   */
  receiveRights(socket: number, timeoutMs: number): [text: string, fd: number]
  /**
   * The file at `path` (at least that long) as memory that every process which maps it shares; Atomics work on it. It is
   * unmapped when the buffer is collected. Source: mmap(2), MAP_SHARED.
   */
  mapShared(path: string, lengthBytes: number): ArrayBuffer
  /**
   * Lets go of the pages of program files (code, constants) that nobody wrote to; the page cache gives those back that are
   * used again. Returns the octets of their mappings. Source: madvise(2), MADV_DONTNEED.
   */
  releaseFilePages(): number
  /** Gives memory back that was freed and kept for later; false when there was none. Source: malloc_trim(3). */
  trimHeap(): boolean
  /** The id that BPF programs see for a cgroup v2 directory. EMEDIUMTYPE: not on a cgroup2 file system. */
  cgroupId(path: string): bigint
  mountBpffs(path: string): void

  /** Opens the program, map or link pinned at `path`. */
  objectGet(path: string): number
  objectPin(fd: number, path: string): void
  mapInfo(map: number): MapInfo
  programInfo(program: number): ProgramInfo

  /** Octets of the value, or null when absent. Of a per-CPU map: one 8-octet-aligned slot for each of `cpus` possible CPUs. */
  mapGet(map: number, key: Uint8Array, cpus: number): Uint8Array | null
  mapSet(map: number, key: Uint8Array, value: Uint8Array, flags: MapFlag): void
  /** Whether the key was there. */
  mapDelete(map: number, key: Uint8Array): boolean
  /** The key after `key` (null: the first), or null at the end. A key deleted meanwhile starts over. */
  mapNextKey(map: number, key: Uint8Array | null): Uint8Array | null

  /** Attaches `program` to a cgroup directory or network namespace by a link. */
  linkCreate(program: number, target: number, attachType: AttachType): number
  /** Replaces the program of a link; there is no moment without one. */
  linkUpdate(link: number, program: number): void
  /** Takes the program off the hook now, whoever else holds the link. */
  linkDetach(link: number): void
  linkInfo(link: number): LinkInfo
  /** Ids of the programs that the kernel runs at this hook. */
  programsAt(target: number, attachType: AttachType): number[]
}

declare const tlsContextBrand: unique symbol
declare const tlsSessionBrand: unique symbol
/** Opaque; freed with its last session. */
export interface TlsContextHandle {
  readonly [tlsContextBrand]: true
}
/** Opaque. */
export interface TlsSessionHandle {
  readonly [tlsSessionBrand]: true
}

export interface OriginalDestination {
  /** Numeric; an IPv4 address is never in mapped form. */
  readonly address: string
  readonly port: number
  /** Id of the cgroup of the workload that connected. */
  readonly caller: bigint
  /** Id of the cgroup of the workload of the shared network that owns the port on this node, or 0. */
  readonly callee: bigint
}

export interface MapInfo {
  readonly id: number
  readonly type: number
  readonly keyBytes: number
  readonly valueBytes: number
  readonly entriesMax: number
  readonly name: string
}

export interface ProgramInfo {
  readonly id: number
  readonly type: number
  readonly tag: string
  readonly name: string
}

export interface LinkInfo {
  readonly id: number
  readonly programId: number
  readonly attachType: number
  /** 0 when the cgroup is gone or the link detached. */
  readonly cgroup: bigint
  /** 0 when the namespace is gone or the link detached. */
  readonly netnsInode: number
}

/** `any`: create or replace; `absent`: EEXIST when there; `present`: ENOENT when not. */
export const mapFlags = { any: 0, absent: 1, present: 2 } as const
export type MapFlag = (typeof mapFlags)[keyof typeof mapFlags]

/** Numbers of `enum bpf_attach_type` in the kernel's interface. */
export const attachTypes = {
  sockOps: 3,
  inet4Connect: 10,
  inet6Connect: 11,
  udp4Sendmsg: 14,
  udp6Sendmsg: 15,
  udp4Recvmsg: 19,
  udp6Recvmsg: 20,
  getsockopt: 21,
  inet4Getpeername: 29,
  inet6Getpeername: 30,
  skLookup: 36,
} as const
export type AttachType = (typeof attachTypes)[keyof typeof attachTypes]

/** What a failed system call throws. Match `code`, never the message. */
export interface SystemError extends Error {
  /** The name: `ENOENT`. */
  readonly code: string
  readonly errno: number
  /** The call: `setns`, `bpf(OBJ_GET)`. */
  readonly syscall: string
  /** What it was called on. */
  readonly argument: string
}

export function isSystemError(error: unknown, code?: string): error is SystemError {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return false
  return code === undefined || error.code === code
}
