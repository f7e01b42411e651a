import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { endianness } from 'node:os'

const LISTENING = '0A'
const KNOWN_MAX = 1_024

export interface SocketTables {
  readonly tcp: string
  readonly tcp6: string
}

/**
 * Whose program listens somewhere, where no kernel hook keeps the books: by the secret of the explicit proxy, which every
 * program of a workload was started with. Finds only processes of this very user, as those of an agent without root are.
 */
export class ListenerOwners {
  /** Secrets by the number of the listening socket's inode. */
  readonly #known = new Map<string, string>()

  /** Whether who would be given a connection to that address was started with `secret`. */
  isOf(address: string, port: number, secret: string): boolean {
    const inode = listeningInode(address, port, readTables())
    if (inode === null || secret === '') return false
    if (this.#known.get(inode) === secret) return true
    if (!environmentOf(inode).includes(secret)) return false
    if (this.#known.size >= KNOWN_MAX) this.#known.clear()
    this.#known.set(inode, secret)
    return true
  }
}

/**
 * The socket that listens at exactly this address, else the one that listens at all, as the kernel looks them up; null for
 * nobody. Source: proc_net_tcp in the kernel's documentation.
 */
export function listeningInode(address: string, port: number, { tcp, tcp6 }: SocketTables): string | null {
  const suffix = `:${port.toString(16).padStart(4, '0').toUpperCase()}`
  if (address === '::1') {
    const loopback = '0'.repeat(24) + inOrder([0, 0, 0, 1])
    return inodeOf(tcp6, loopback + suffix) ?? inodeOf(tcp6, '0'.repeat(32) + suffix)
  }
  const exact = inOrder(address.split('.').map(Number))
  return (
    inodeOf(tcp, exact + suffix) ??
    inodeOf(tcp6, `${'0'.repeat(16)}${inOrder([0, 0, 0xff, 0xff])}${exact}${suffix}`) ??
    inodeOf(tcp, '0'.repeat(8) + suffix) ??
    inodeOf(tcp6, '0'.repeat(32) + suffix)
  )
}

function inodeOf(table: string, end: string): string | null {
  for (const line of table.split('\n')) {
    if (!line.includes(end)) continue
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/)
    if (local === end && state === LISTENING) return inode!
  }
  return null
}

/** Of a process that holds the socket; '' when there is none that we may look at. */
function environmentOf(inode: string): string {
  const wanted = `socket:[${inode}]`
  for (const pid of namesIn('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of namesIn(`/proc/${pid}/fd`)) {
      try {
        if (readlinkSync(`/proc/${pid}/fd/${descriptor}`) === wanted) return readText(`/proc/${pid}/environ`)
      } catch {
        // The descriptor or the process went away while we looked.
      }
    }
  }
  return ''
}

function readTables(): SocketTables {
  return { tcp: readText('/proc/self/net/tcp'), tcp6: readText('/proc/self/net/tcp6') }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

function inOrder(octets: readonly number[]): string {
  const ordered = endianness() === 'LE' ? octets.toReversed() : octets
  return ordered.map((octet) => octet.toString(16).padStart(2, '0').toUpperCase()).join('')
}
