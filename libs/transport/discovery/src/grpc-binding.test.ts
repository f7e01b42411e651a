import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '@weft/faults'
import { systemClock } from '@weft/host'
import {
  rpcClient,
  discoveryService,
  plainClientCredentials,
  plainServerCredentials,
  type RpcClient,
  type RpcServer,
  serve,
  startRpcServer,
} from '@weft/rpc'
import { silentLogger } from '@weft/telemetry'
import { serviceDefaults } from '@weft/topology'
import { type Delta, DeltaClient } from './delta-client.ts'
import { DeltaServer } from './delta-server.ts'
import { encodeResource } from './encoded-resource.ts'
import { deltaHandler, deltaMethod, grpcConnector } from './grpc-binding.ts'

const service = (name: string, selector: Record<string, string> = {}) =>
  encodeResource('Service', {
    ...serviceDefaults,
    namespace: 'default',
    name,
    address4: '',
    address6: '',
    ports: [],
    selector,
  })

let directory: string
let delta: DeltaServer
let server: RpcServer
let rpc: RpcClient<typeof discoveryService>
let client: DeltaClient
let deltas: Delta[]
let changed: () => void
let refuse = false

const start = () =>
  startRpcServer({
    listen: `unix:${join(directory, 'rpc.sock')}`,
    credentials: plainServerCredentials(),
    services: [
      serve(
        { subscribe: deltaMethod(discoveryService.subscribe) },
        {
          subscribe: deltaHandler(delta, () => {
            if (refuse) throw new Failure('denied', 'found nobody, expected a node')
          }),
        },
      ),
    ],
  })

const reached = async (revision: number): Promise<void> => {
  while (client.revision < revision) await new Promise<void>((resolve) => (changed = resolve))
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weft-delta-'))
  delta = new DeltaServer({ kinds: ['Service'], chunkBytesMax: 4000 })
  deltas = []
  changed = () => {}
  refuse = false
  server = await start()
  rpc = rpcClient(discoveryService, `unix:${join(directory, 'rpc.sock')}`, plainClientCredentials())
  client = new DeltaClient(
    {
      node: 'node1',
      kinds: ['Service'],
      version: '0.1.0',
      backoffMinMs: 5,
      backoffMaxMs: 20,
      apply: async (change) => {
        deltas.push(change)
        queueMicrotask(() => queueMicrotask(() => changed()))
      },
    },
    grpcConnector(() => rpc.subscribe()),
    systemClock,
    () => 0.5,
    silentLogger,
  )
})

afterEach(() => {
  client.stop()
  rpc.close()
  server.stop()
  rmSync(directory, { recursive: true })
})

test('a subscriber over gRPC gets everything in chunks, then each change', async () => {
  const many = Array.from({ length: 200 }, (_, i) => service(`s${i}`))
  delta.update(1, many, [])
  await client.start()
  await client.synced
  delta.update(2, [service('s7', { app: 'x' })], ['Service/default/s8'])
  await reached(2)

  expect(deltas.map(({ upserts, removals }) => [upserts.length, removals])).toEqual([
    [200, []],
    [1, ['Service/default/s8']],
  ])
})

test('a subscriber outlives its server and resumes with what it holds', async () => {
  delta.update(1, [service('a'), service('b')], [])
  await client.start()
  await client.synced
  server.stop()
  delta.update(2, [service('c')], ['Service/default/a'])
  server = await start()
  await reached(2)

  expect(deltas.at(-1)!.upserts.map((upsert) => upsert.name)).toEqual(['default/c'])
  expect(deltas.at(-1)!.removals).toEqual(['Service/default/a'])
  expect(delta.subscriptions.size).toBe(1)
})

test('a refused call tells the subscriber why', async () => {
  refuse = true
  await client.start()
  while (client.lastError === '') await new Promise((resolve) => setImmediate(resolve))

  expect(client.lastError).toBe('found nobody, expected a node')
  expect(delta.subscriptions.size).toBe(0)
})
