import { once } from 'node:events'
import { createServer } from 'node:net'
import { bindSocket, bindTrouble, formatAddress, type SocketHandle } from '@weft/channel'
import { Failure } from '@weft/faults'
import type { GatewayPort } from '@weft/traffic'
import type { ListenMessage } from '../worker/messages.ts'

/**
 * The sockets of listening ports, bound here so that they outlive workers: one for each worker, over which the kernel
 * spreads connections. Those that wait for a worker that died are taken by its successor.
 */
export class ListeningPorts {
  readonly #workers: number
  readonly #sockets = new Map<string, SocketHandle[]>()

  constructor(workers: number) {
    this.#workers = workers
  }

  names(): string[] {
    return [...this.#sockets.keys()]
  }

  /** Binds all of these, or none. Faults: Failure `listen` with the first address that can't be had. */
  async bind(ports: readonly GatewayPort[]): Promise<void> {
    const bound: string[] = []
    try {
      for (const { name, host, port } of ports) {
        // What listens on that very port may be our own, by the address before: the kernel lets both stand side by side.
        if (!this.#isShared(port)) await probe(host, port)
        // Recorded one by one, so that those before a failure are closed.
        const sockets: SocketHandle[] = []
        this.#sockets.set(name, sockets)
        bound.push(name)
        for (let i = 0; i < this.#workers; i++) sockets.push(bindSocket(host, port, sharesPorts || this.#workers > 1))
      }
    } catch (error) {
      for (const name of bound) this.close(name)
      throw error
    }
  }

  #isShared(port: number): boolean {
    return this.names().some((name) => name.endsWith(`:${port}`))
  }

  /** Closes our side; a port is closed when the workers have closed theirs. */
  close(name: string): void {
    for (const socket of this.#sockets.get(name) ?? []) socket.close()
    this.#sockets.delete(name)
  }

  closeAll(): void {
    for (const name of this.names()) this.close(name)
  }

  handleOf({ id }: ListenMessage, worker: number): SocketHandle | null {
    return this.#sockets.get(id)?.[worker] ?? null
  }
}

export function listenMessage({ name, host, port }: GatewayPort): ListenMessage {
  return { type: 'listen', id: name, kind: 'gateway', fd: -1, host, port, workload: '', netnsPath: '' }
}

/** So that a port can change its address while it is open. */
const sharesPorts = process.platform === 'linux'

/** Tells before anything else is done whether a port is free, also of another proxy that would share it. */
async function probe(host: string, port: number): Promise<void> {
  const server = createServer().listen({ host, port, exclusive: true })
  try {
    await once(server, 'listening')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Failure('listen', `Cannot listen on ${formatAddress(host, port)}: ${bindTrouble(code ?? message, port)}`)
  } finally {
    server.close()
  }
}
