import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { splitAddress } from '@weft/config'
import { Failure } from '@weft/faults'

/**
 * Listens on `host:port`, or on `unix:/path`: the socket file has mode 0600, its directory is made with 0700, and a file
 * left by a server that is gone is replaced.
 *
 * Faults: Failure `listen` that names the address: taken, not local, not allowed, not an address.
 */
export async function listen(where: string, onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ noDelay: true }, onConnection)
  if (where.startsWith('unix:')) await listenUnix(server, where.slice('unix:'.length))
  else await listenTcp(server, where)
  return server
}

/** `host:port` as bound, or the path of the unix socket. */
export function boundAddress(server: Server): string {
  const bound = server.address()
  if (bound === null || typeof bound === 'string') return bound ?? ''
  return bound.family === 'IPv6' ? `[${bound.address}]:${bound.port}` : `${bound.address}:${bound.port}`
}

async function listenTcp(server: Server, where: string): Promise<void> {
  const address = splitAddress(where)
  if (address === null)
    throw new Failure('listen', `Cannot listen on ${JSON.stringify(where)}: expected host:port or unix:/path`)
  await opened(server, where, () => server.listen({ host: address.host, port: address.port, exclusive: true }))
}

async function listenUnix(server: Server, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  await removeStale(path)
  // The socket file must never exist with a wider mode: libuv binds within listen().
  const before = process.umask(0o177)
  try {
    await opened(server, `unix:${path}`, () => server.listen({ path }))
  } finally {
    process.umask(before)
  }
  chmodSync(path, 0o600)
}

function opened(server: Server, where: string, start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      reject(
        new Failure(
          'listen',
          `Cannot listen on ${where}: ${error.code ?? error.message}, expected a free local address`,
          error,
        ),
      )
    server.once('error', failed)
    server.once('listening', () => {
      server.off('error', failed)
      resolve()
    })
    start()
  })
}

async function removeStale(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isSocket())
    throw new Failure('listen', `Cannot listen on unix:${path}: found a file that is not a socket, expected none`)
  if (await answers(path))
    throw new Failure('listen', `Cannot listen on unix:${path}: another server answers there, expected none`)
  rmSync(path, { force: true })
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path })
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
