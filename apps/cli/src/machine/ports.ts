import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { splitAddress } from '@weft/config'

/** The addresses among `wanted` (host:port) at which somebody else listens, each with who that is as far as one can see. */
export async function takenAddresses(wanted: readonly string[]): Promise<string[]> {
  const taken: string[] = []
  for (const address of wanted) {
    const { host, port } = splitAddress(address)!
    if (await canListen(host, port)) continue
    const owner = ownerOf(port)
    taken.push(owner === '' ? address : `${address} (${owner})`)
  }
  return taken
}

/** An address that this machine does not have yet is free: nobody can listen there. */
function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRNOTAVAIL'))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** `pid 123 nginx` of whoever listens on a TCP port, '' when it cannot be seen. */
function ownerOf(port: number): string {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => listeningInodes(path, port)))
  if (inodes.size === 0) return ''
  for (const pid of readdirOrEmpty('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of readdirOrEmpty(`/proc/${pid}/fd`)) {
      try {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1]
        if (inode !== undefined && inodes.has(inode))
          return `pid ${pid} ${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()}`
      } catch {
        // The descriptor or the process went away while we looked.
      }
    }
  }
  return ''
}

/** Columns of /proc/net/tcp: 1 is local address:port in hex, 3 the state (0A listens), 9 the inode. */
function listeningInodes(path: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const lines = readOrEmpty(path).split('\n').slice(1)
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(`:${hex}`) && columns[3] === '0A')
    .map((columns) => columns[9]!)
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function readdirOrEmpty(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
