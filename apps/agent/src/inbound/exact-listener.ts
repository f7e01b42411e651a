import { readFileSync } from 'node:fs'
import { endianness } from 'node:os'

const LISTENING = '0A'

/**
 * Whether a program listens on exactly this IPv4 address and port, not on all addresses. Source: proc_net_tcp in the
 * kernel's documentation; the address is hexadecimal in the machine's order.
 */
export function listensExactly(address: string, port: number, table = readTable()): boolean {
  const octets = address.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'))
  const inOrder = endianness() === 'LE' ? octets.reverse() : octets
  const wanted = `${inOrder.join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase()
  return table.split('\n').some((line) => {
    const [, local, , state] = line.trim().split(/\s+/, 4)
    return local === wanted && state === LISTENING
  })
}

function readTable(): string {
  try {
    return readFileSync('/proc/net/tcp', 'utf8')
  } catch {
    return ''
  }
}
