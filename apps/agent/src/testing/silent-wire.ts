import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/**
 * Stands between two agents, and falls silent when asked to: as towards an agent that is stopped, the kernel takes
 * connections and octets and acknowledges them, and nothing ever comes back.
 */
export class SilentWire {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #isSilent = false

  constructor(target: { readonly host: string; readonly port: number }) {
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => {
      this.#hold(near)
      if (this.#isSilent) return
      const far = connect({ ...target, allowHalfOpen: true })
      this.#hold(far)
      near.pipe(far)
      far.pipe(near)
      near.on('close', () => far.destroy())
      far.on('close', () => this.#isSilent || near.destroy())
    })
  }

  /** Resolves with the port. */
  listen(host: string): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(0, host, () => resolve((this.#server.address() as AddressInfo).port))
    })
  }

  silence(): void {
    this.#isSilent = true
    for (const socket of this.#sockets) {
      socket.unpipe()
      socket.pause()
    }
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #hold(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => this.#sockets.delete(socket))
  }
}
