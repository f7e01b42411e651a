import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { endianness } from 'node:os'

const ESTABLISHED = '01'

/**
 * The user whose program has the other end of a TCP connection over loopback, by the kernel's table of sockets of this
 * network namespace; null when that cannot be told (not over loopback, closed already, no such table).
 *
 * Only a socket that some program holds open counts: the kernel shows those that nobody has any more as root's.
 * Source: proc_net_tcp in the kernel's documentation.
 */
export async function loopbackUser(socket: Socket): Promise<number | null> {
  const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = socket
  const own = { address: localAddress, port: localPort }
  const peer = { address: remoteAddress, port: remotePort }
  for (const [path, wide] of [
    ['/proc/self/net/tcp', false],
    ['/proc/self/net/tcp6', true],
  ] as const) {
    const table = await readFile(path, 'latin1').catch(() => '')
    const user = userOf(table, peer, own, wide)
    if (user !== null) return user
  }
  return null
}

export interface SocketEnd {
  readonly address: string
  readonly port: number
}

/** The user of the socket with these ends in a table; `wide` for that of IPv6, where IPv4 stands in mapped form. */
export function userOf(table: string, local: SocketEnd, remote: SocketEnd, wide: boolean): number | null {
  const [from, to] = [inHexadecimal(local, wide), inHexadecimal(remote, wide)]
  if (from === null || to === null) return null
  for (const line of table.split('\n')) {
    if (!line.includes(from)) continue
    const [, localEnd, remoteEnd, state, , , , uid, , inode] = line.trim().split(/\s+/)
    if (localEnd === from && remoteEnd === to && state === ESTABLISHED && inode !== '0') return Number(uid)
  }
  return null
}

/** Loopback only. Each 32-bit word is in the machine's order. */
function inHexadecimal({ address, port }: SocketEnd, wide: boolean): string | null {
  const v4 = /^(?:::ffff:)?(127)\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)
  if (v4 === null && (address !== '::1' || !wide)) return null
  const tail = v4 === null ? [0, 0, 0, 1] : v4.slice(1).map(Number)
  const head = v4 === null ? [0, 0, 0, 0] : [0, 0, 0xff, 0xff]
  const words = wide ? [[0, 0, 0, 0], [0, 0, 0, 0], head, tail] : [tail]
  const hex = words.map((word) => octets(endianness() === 'LE' ? word.toReversed() : word)).join('')
  return `${hex}:${octets([port >> 8, port & 0xff])}`
}

function octets(values: readonly number[]): string {
  return values.map((value) => value.toString(16).padStart(2, '0').toUpperCase()).join('')
}
