import { fdOf } from '@weft/addon'
import { once } from 'node:events'
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { createServer, type Server, type Socket } from 'node:net'
import type { ListenerKind } from '@weft/bpf'
import type { ScratchNode } from './scratch-node.ts'
import { testPorts } from './scratch-node.ts'

export type AgentNode = Pick<ScratchNode, 'addon' | 'capture'>

/**
 * Listeners as the agent has them in one network namespace. Each connection is answered with one line and closed:
 * `ADDRESS PORT CALLER CALLEE` of its original destination (`none` when it has none) on the outbound port,
 * `inbound ADDRESS PORT` of its own end on the inbound port. A query is answered with `answer`.
 */
export class TestAgent {
  readonly #node: AgentNode
  readonly #netns: number
  readonly #servers: Server[] = []
  readonly #queries: UdpSocket[] = []

  constructor(node: AgentNode, netns: number) {
    this.#node = node
    this.#netns = netns
  }

  async listenOutbound(): Promise<void> {
    const { addon } = this.#node
    const answer = (socket: Socket): void => {
      const to = addon.originalDestination(fdOf(socket))
      socket.end(to === null ? 'none' : `${to.address} ${to.port} ${to.caller} ${to.callee}`)
    }
    for (const address of ['127.0.0.1', '::1']) await this.#listen('outbound', address, testPorts.outbound, '', answer)
  }

  async listenInbound(workload: string): Promise<void> {
    const answer = (socket: Socket): void => void socket.end(`inbound ${socket.localAddress} ${socket.localPort}`)
    await this.#listen('inbound', '::', testPorts.inbound, workload, answer)
  }

  async listenHbone(workload: string): Promise<void> {
    await this.#listen('hbone', workload, testPorts.hbone, workload, (socket) => void socket.end('hbone'))
  }

  async listenDns(port = testPorts.dns): Promise<void> {
    for (const [address, type] of [
      ['127.0.0.1', 'udp4'],
      ['::1', 'udp6'],
    ] as const) {
      const fd = this.#node.addon.udpBind(this.#netns, address, port)
      this.#node.capture.setListener({ kind: 'dns', fd, address: '' })
      const socket = createSocket(type)
      socket.on('message', (_, from) => socket.send('answer', from.port, from.address))
      const bound = once(socket, 'listening') // comes before bind returns
      socket.bind({ fd })
      await bound
      this.#queries.push(socket)
      await this.#listen('dns', address, port, '', (stream) => void stream.end('answer'))
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#queries.splice(0)) socket.close()
    for (const server of this.#servers.splice(0)) await new Promise((resolve) => server.close(resolve))
  }

  async #listen(
    kind: ListenerKind,
    address: string,
    port: number,
    workload: string,
    answer: (socket: Socket) => void,
  ): Promise<void> {
    const fd = this.#node.addon.tcpListen(this.#netns, address, port, 4096, false)
    this.#node.capture.setListener({ kind, fd, address: workload })
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.resume() // else its end goes unseen and `close` waits for ever
      answer(socket)
    })
    server.listen({ fd })
    await once(server, 'listening')
    this.#servers.push(server)
  }
}
