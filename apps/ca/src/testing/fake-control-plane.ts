import type { SvidSource } from '@weft/mtls'
import { discoveryService, meshServerCredentials, RpcFailure, serve, startRpcServer, type RpcServer } from '@weft/rpc'

/** Answers CheckIdentity from a list of `node identity`, over mTLS, and records who asked. */
export class FakeControlPlane {
  readonly registered = new Set<string>()
  readonly askedBy = new Set<string | null>()
  #server: RpcServer | null = null

  async start(address: string, source: SvidSource): Promise<void> {
    const refuse = async (): Promise<never> => {
      throw new RpcFailure('unimplemented', 'unimplemented', 'not in this fake')
    }
    this.#server = await startRpcServer({
      listen: address,
      credentials: meshServerCredentials(source),
      services: [
        serve(discoveryService, {
          subscribe: refuse,
          report: refuse,
          checkIdentity: async ({ node, identity }, call) => {
            this.askedBy.add(call.peerIdentity)
            return { registered: this.registered.has(`${node} ${identity}`) }
          },
        }),
      ],
    })
  }

  stop(): void {
    this.#server?.stop()
    this.#server = null
  }
}
