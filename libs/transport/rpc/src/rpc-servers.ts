import type { Component } from '@weft/lifecycle'
import { startRpcServer, type RpcServer, type RpcServerOptions } from './server.ts'

/** gRPC servers as one component: all listen, or none. */
export class RpcServers implements Component {
  readonly #options: () => readonly RpcServerOptions[]
  readonly #servers: RpcServer[] = []

  /** `options` is asked at the start: credentials may exist only by then. */
  constructor(options: () => readonly RpcServerOptions[]) {
    this.#options = options
  }

  async start(): Promise<void> {
    for (const options of this.#options()) this.#servers.push(await startRpcServer(options))
  }

  async drain(deadlineMs: number): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.drain(deadlineMs)))
  }

  stop(): void {
    for (const server of this.#servers.splice(0)) server.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }
}
