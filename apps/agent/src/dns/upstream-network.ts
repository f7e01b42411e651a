import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { connect, isIPv6, type Socket as TcpSocket } from 'node:net'
import { unconnectedSocket, type Addon } from '@weft/ebpf'
import type { UpstreamAddress } from './upstream.ts'

/** Where the sockets that ask resolvers stand. */
export interface UpstreamNetwork {
  /** A datagram socket that can be connected to `host`. */
  openUdp(host: string): UdpSocket
  /** A socket on its way to `upstream`. */
  openTcp(upstream: UpstreamAddress): TcpSocket
}

export const ownNetwork: UpstreamNetwork = {
  openUdp: (host) => createSocket(isIPv6(host) ? 'udp6' : 'udp4'),
  openTcp: ({ host, port }) => connect({ host, port, noDelay: true }),
}

/**
 * The network at `path`, of which a descriptor is kept for good. A further node of this machine has a network of its own,
 * from which the machine's resolvers are out of reach, and 127.0.0.53 is nobody. Faults: throws when it cannot be opened.
 */
export function networkAt(path: string, addon: Addon): UpstreamNetwork {
  const netns = addon.openNetns(path)
  return {
    openUdp: (host) => {
      const isSix = isIPv6(host)
      const socket = createSocket(isSix ? 'udp6' : 'udp4')
      socket.bind({ fd: addon.udpBind(netns, isSix ? '::' : '0.0.0.0', 0) })
      return socket
    },
    openTcp: ({ host, port }) => {
      return unconnectedSocket(addon.tcpSocket(netns, isIPv6(host) ? 6 : 4, '')).connect({ host, port })
    },
  }
}
