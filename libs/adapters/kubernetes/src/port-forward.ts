import { createServer, type Server, type Socket } from 'node:net'
import { describeError, Failure } from '@weft/faults'
import { loadKubeconfig } from './kubeconfig.ts'

export interface ForwardedPort {
  readonly kubeconfig: string
  readonly context: string
  readonly namespace: string
  readonly pod: string
  readonly port: number
}

const CONNECTIONS_MAX = 16

/**
 * A unix socket of this machine whose connections come out at a port of a pod's loopback, by way of the API server: the
 * user's right to `pods/portforward` decides, and whoever can open the socket.
 *
 * States: closed → listening → closed. A connection that can't be made is closed, and `failure` says why.
 * Source: Kubernetes API, pods/portforward.
 */
export class PortForward implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #failure: Failure | null = null

  private constructor(server: Server) {
    this.#server = server
  }

  /** Faults: Failure `invalid_argument` when the kubeconfig can't be used; those of the file system. */
  static async listen(path: string, wanted: ForwardedPort): Promise<PortForward> {
    const { config } = await loadKubeconfig(wanted.kubeconfig, wanted.context)
    const { PortForward: Forwarder } = await import('@kubernetes/client-node')
    const forwarder = new Forwarder(config, true)
    const server = createServer()
    const forward = new PortForward(server)
    server.maxConnections = CONNECTIONS_MAX
    server.on('connection', (socket) => {
      forward.#sockets.add(socket)
      socket.on('close', () => forward.#sockets.delete(socket))
      socket.on('error', () => {})
      forwarder.portForward(wanted.namespace, wanted.pod, [wanted.port], socket, null, socket).then(
        (stream) => {
          const connection = typeof stream === 'function' ? stream() : stream
          if (connection === null) return socket.destroy()
          connection.onclose = () => socket.destroy()
          socket.on('close', () => connection.close())
          return undefined
        },
        (error: unknown) => {
          forward.#failure = refusal(wanted, error)
          socket.destroy()
        },
      )
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, resolve)
    })
    return forward
  }

  /** Why the last connection could not be made; null when none failed. */
  get failure(): Failure | null {
    return this.#failure
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}

/** What the library's errors say is in their `message`, or in an event that carries one. */
function refusal({ namespace, pod, port }: ForwardedPort, error: unknown): Failure {
  const said =
    error instanceof Error ? describeError(error) : String((error as { message?: unknown })?.message ?? error)
  const isForbidden = said.includes('403')
  const expected = isForbidden ? '; expected the right to create pods/portforward there' : ''
  const message = `cannot forward port ${port} of pod ${namespace}/${pod}: ${said}${expected}`
  return new Failure(isForbidden ? 'permission_denied' : 'unavailable', message)
}
