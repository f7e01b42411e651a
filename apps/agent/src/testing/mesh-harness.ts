import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net'
import { listen, type ChannelListener } from '@weft/channel'
import { systemClock, systemRandom } from '@weft/host'
import { defaultHttpLimits } from '@weft/http-limits'
import { TestAuthority } from '@weft/mtls/testing'
import { silentLogger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { type AppProtocol, type Service, serviceDefaults, type Workload, workloadDefaults } from '@weft/topology'
import type { FromWorker, LocalWorkload, ResourceUpsert, TrafficCountData, WorkerOptions } from '../worker/messages.ts'
import { Worker } from '../worker/worker.ts'

export const TRUST_DOMAIN = 'cluster.local'

export interface Program {
  readonly workload: Workload
  /** Ends what listens and every connection of it, as kill -9 does. */
  kill(): void
}

/**
 * Two agents' workers and the programs behind them in one process, over real sockets and real TLS on loopback.
 * Connections that would be captured are made to {@link entry}.
 */
export class MeshHarness implements AsyncDisposable {
  readonly authority = new TestAuthority()
  readonly caller: Worker
  readonly callee: Worker
  readonly received: FromWorker[] = []
  readonly #resources = new Map<string, ResourceUpsert>()
  readonly #listeners: ChannelListener[] = []
  readonly #servers: TcpServer[] = []
  /** Secrets of workloads by where their programs listen: all of them are this one process. */
  readonly #owners = new Map<string, string>()
  readonly #waiting: (() => void)[] = []
  readonly #limits: Pick<WorkerOptions, 'connectionsMax' | 'connectionsPerCallerMax'>
  #revision = 0
  #hasPolicies = true
  #hosts = 1

  /** `limits` are those of accepted connections, of each worker; `clock` is the caller's. */
  constructor(limits = { connectionsMax: 20_000, connectionsPerCallerMax: 10_000 }, clock: Clock = systemClock) {
    this.#limits = limits
    this.caller = this.#worker('node1', clock)
    this.callee = this.#worker('node2')
  }

  get client(): Workload {
    return this.#resources.get('Workload/client')!.value as Workload
  }

  /** Whether the policy service has been heard of, from the next change on. */
  set hasPolicies(has: boolean) {
    this.#hasPolicies = has
    if (this.#revision > 0) this.#send([], [])
  }

  /** Starts both and registers the calling workload. */
  async start(): Promise<this> {
    this.addWorkload('client', 'web', 'node1', 0)
    this.caller.receive({ type: 'workloads', local: [localOf('client')] })
    this.giveIdentity(this.caller, 'web')
    return this
  }

  addWorkload(uid: string, app: string, node: string, port: number, more: Partial<Workload> = {}): Workload {
    const value: Workload = {
      ...workloadDefaults,
      uid,
      namespace: 'default',
      name: uid,
      serviceAccount: app,
      labels: { app },
      node,
      address: `127.66.1.${++this.#hosts}`,
      hbonePort: 0,
      ports: port === 0 ? [] : [{ port, protocol: 'detect', name: '' }],
      networkMode: 'proxied',
      cgroupPath: '',
      netnsPath: '',
      allowPlaintext: false,
      publishPort: 0,
      state: 'ready',
      ...more,
    }
    this.apply({ kind: 'Workload', name: uid, value })
    return value
  }

  /** A program that listens on its workload's address, behind the callee's agent. */
  async addProgram(uid: string, app: string, server: TcpServer, more: Partial<Workload> = {}): Promise<Program> {
    const sockets = new Set<Socket>()
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    const host = `127.66.1.${this.#hosts + 1}`
    await new Promise<void>((resolve) => server.listen(more.ports?.[0]?.port ?? nextPort(), host, resolve))
    this.#servers.push(server)
    const { port } = server.address() as AddressInfo
    this.#owners.set(`${host}:${port}`, secretOf(uid))
    this.addWorkload(uid, app, 'node2', port, more)
    this.giveIdentity(this.callee, app)
    const hbonePort = await this.listen(this.callee, 'hbone', `hbone ${uid}`, host, uid)
    const workload = { ...(this.#resources.get(`Workload/${uid}`)!.value as Workload), hbonePort }
    this.apply({ kind: 'Workload', name: uid, value: workload })
    const uids = [...this.#resources.values()].flatMap(({ kind, name, value }) =>
      kind === 'Workload' && value.node === 'node2' ? [localOf(name)] : [],
    )
    this.callee.receive({ type: 'workloads', local: uids })
    const kill = (): void => {
      server.close()
      for (const socket of sockets) socket.resetAndDestroy()
    }
    return { workload, kill }
  }

  addService(name: string, port: number, targetPort: number, protocol: AppProtocol = 'detect'): Service {
    const value: Service = {
      ...serviceDefaults,
      namespace: 'default',
      name,
      address4: `198.19.0.${this.#resources.size + 10}`,
      address6: '',
      ports: [{ port, targetPort, name: '', protocol }],
      selector: { app: name },
    }
    this.apply({ kind: 'Service', name: `default/${name}`, value })
    return value
  }

  giveIdentity(worker: Worker, serviceAccount: string): void {
    const identity = `spiffe://${TRUST_DOMAIN}/ns/default/sa/${serviceAccount}`
    const { chainPem, rootsPem, key } = this.authority.issue(identity)
    worker.receive({ type: 'identity', identity, chainPem, keyPem: key.revealPem(), rootsPem })
  }

  apply(...upserts: ResourceUpsert[]): void {
    for (const upsert of upserts) this.#resources.set(`${upsert.kind}/${upsert.name}`, upsert)
    this.#send(upserts, [])
  }

  remove(...names: string[]): void {
    for (const name of names) this.#resources.delete(name)
    this.#send([], names)
  }

  /** A port that stands for the captured connections of the client to that address; gives the port. */
  async entry(address: string, port: number): Promise<number> {
    const caller = this.caller.plane.locals.caller('client')!
    const listener = await listen({ host: '127.0.0.1', port: 0 }, (channel) => {
      this.caller.outbound.serve(
        channel,
        caller,
        (snapshot) => snapshot.addressed(address, port, 'default'),
        `${address}:${port}`,
      )
    })
    this.#listeners.push(listener)
    return listener.port
  }

  async listen(
    worker: Worker,
    kind: 'hbone' | 'inbound' | 'proxy' | 'publish',
    id: string,
    host: string,
    workload: string,
    netnsPath = '',
  ): Promise<number> {
    worker.receive({ type: 'listen', id, kind, fd: -1, host, port: 0, workload, netnsPath })
    for (;;) {
      for (const message of this.received) {
        if (message.type === 'listening' && message.id === id) return message.port
        if (message.type === 'failed' && message.what === `listen ${id}`) throw new Error(message.error)
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** Reports of both workers up to now, and what they hold at this moment. */
  counts(): TrafficCountData[] {
    return this.received.flatMap((message) => (message.type === 'report' ? message.counts : []))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const listener of this.#listeners) listener.close()
    this.caller.stop()
    this.callee.stop()
    for (const server of this.#servers) server.close()
  }

  #worker(node: string, clock: Clock = systemClock): Worker {
    const options = {
      mesh: 'test',
      node,
      trustDomain: TRUST_DOMAIN,
      region: '',
      zone: '',
      index: 0,
      logLevel: 'error' as const,
      accessLog: false,
      http: defaultHttpLimits,
      ...this.#limits,
      sharedLoad: null,
      agentPorts: [15008],
      supervisorPid: 0,
    }
    const send = (message: FromWorker): void => {
      this.received.push(message)
      for (const wake of this.#waiting.splice(0)) wake()
    }
    const owners = {
      isOf: (address: string, port: number, secret: string) => this.#owners.get(`${address}:${port}`) === secret,
    }
    return new Worker(options, {
      log: silentLogger,
      clock,
      random: systemRandom,
      addon: null,
      send,
      owners,
    })
  }

  #send(upserts: readonly ResourceUpsert[], removals: readonly string[]): void {
    const revision = ++this.#revision
    const policyRevision = this.#hasPolicies ? revision : 0
    for (const worker of [this.caller, this.callee]) {
      worker.receive({ type: 'resources', revision, policyRevision, upserts, removals })
    }
    const failed = this.received.findLast((message) => message.type === 'failed' || message.type === 'applied')
    if (failed?.type === 'failed') throw new Error(failed.error)
  }
}

/** A plain TCP server, half-open allowed. */
export function tcpServer(onSocket: (socket: Socket) => void): TcpServer {
  return createTcpServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {})
    onSocket(socket)
  })
}

function localOf(uid: string): LocalWorkload {
  return { uid, cgroupId: 0n, netnsPath: '', proxySecret: secretOf(uid), workload: null }
}

let ports = process.pid * 101

/** None that the kernel gives out: loopback is dialled before a workload's own address, and another test may listen there. */
function nextPort(): number {
  return 10_000 + (ports++ % 20_000)
}

function secretOf(uid: string): string {
  return `secret of ${uid}`
}
