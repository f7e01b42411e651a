import { Socket, type SocketConstructorOpts } from 'node:net'

/**
 * A Node socket around an unconnected descriptor of `tcpSocket`, to be connected with `connect({ host, port })` to a
 * numeric host. The descriptor is the socket's from now on.
 *
 * `manualStart` keeps Node from reading before there is a connection, which would fail with ENOTCONN; reading starts by
 * itself once connected. Tested on Node 24; the option is absent from the public types.
 */
export function unconnectedSocket(fd: number): Socket {
  const options: SocketConstructorOpts & { manualStart: boolean } = { fd, manualStart: true }
  return new Socket(options)
}

/** The descriptor under a Node socket, or -1 when it has none (destroyed, or carried by something else than a TCP handle). */
export function fdOf(socket: Socket): number {
  const { _handle: handle } = socket as unknown as { _handle: { fd?: unknown } | null }
  return handle !== null && handle !== undefined && typeof handle.fd === 'number' ? handle.fd : -1
}
