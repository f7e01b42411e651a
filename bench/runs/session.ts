import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadTools } from '../load/run-load.ts'
import type { Layout, Peer, Trust } from '../peers/peer.ts'
import type { Entry, Topology } from '../scenarios/scenario.ts'
import { buildNative } from '../setup/native.ts'
import { writeTrust } from '../setup/trust.ts'
import { Contender } from './contender.ts'
import { originPorts, startOrigins } from './origin.ts'

const PORTS_PER_PEER = 10
const ORIGIN_PORTS = 20
const GRPC_MESSAGE_BYTES = 128

export interface Said {
  (line: string): void
}

/** What all runs share: scratch space, origins that listen, load generators, certificates, ports. */
export interface Session {
  readonly scratch: string
  readonly tools: LoadTools
  readonly trust: Trust
  readonly portBase: number
  readonly say: Said
}

export async function openSession(scratch: string, portBase: number, say: Said): Promise<Session> {
  const native = buildNative()
  await startOrigins(scratch, native, portBase)
  const grpcBody = join(scratch, 'grpc-message')
  const prefix = Buffer.alloc(5)
  prefix.writeUInt32BE(GRPC_MESSAGE_BYTES, 1)
  writeFileSync(grpcBody, Buffer.concat([prefix, Buffer.alloc(GRPC_MESSAGE_BYTES, 'w')]))
  return { scratch, tools: { native, grpcBody }, trust: writeTrust(join(scratch, 'trust')), portBase, say }
}

export interface LayoutWish {
  readonly topology: Topology
  readonly entry: Entry
  readonly workers: number
  /** Ports are those of the peer at this place; for contenders beside others that run already. */
  readonly firstPlace?: number
}

/** Starts the peers for one scenario, each at ports of its own. Those that do not come up are told of and left out. */
export async function startContenders(
  session: Session,
  peers: readonly Peer[],
  { topology, entry, workers, firstPlace = 0 }: LayoutWish,
): Promise<{ readonly contenders: readonly Contender[]; readonly failures: ReadonlyMap<string, string> }> {
  const contenders: Contender[] = []
  const failures = new Map<string, string>()
  const start = async (peer: Peer, i: number): Promise<void> => {
    const first = session.portBase + ORIGIN_PORTS + (firstPlace + i) * PORTS_PER_PEER
    const directory = join(session.scratch, `${peer.name}-${firstPlace + i}`)
    mkdirSync(directory, { recursive: true })
    const ports = { entryPort: first, innerPort: first + 1, adminPort: first + 2, innerAdminPort: first + 3 }
    const origins = {
      originPorts: originPorts(session.portBase, entry),
      http1OriginPorts: originPorts(session.portBase, 'http1'),
    }
    const layout: Layout = {
      topology,
      entry,
      workers,
      ...ports,
      ...origins,
      trust: session.trust,
      directory,
    }
    const contender = new Contender(peer, layout)
    try {
      await contender.start()
      contenders[i] = contender
    } catch (error) {
      await contender.end()
      failures.set(peer.name, error instanceof Error ? error.message : String(error))
    }
  }
  await Promise.all(peers.map(start))
  // In the order of the peers; places of those that did not start are left out.
  return { contenders: contenders.filter(() => true), failures }
}
