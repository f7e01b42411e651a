import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '@weft/faults'
import { systemClock } from '@weft/host'
import { afterEach, expect, test } from 'vitest'
import { plainClientCredentials, plainServerCredentials } from './credentials.ts'
import { rpcClient, type RpcClient } from './client.ts'
import type { Handlers } from './handlers.ts'
import { RpcFailure } from './rpc-failure.ts'
import { serve, startRpcServer, type RpcServer, type RpcServerOptions } from './server.ts'
import { certificatesService, discoveryService } from './services.ts'

const endings: Array<() => void> = []
afterEach(() => {
  for (const end of endings.splice(0).toReversed()) end()
})

type DiscoveryHandlers = Handlers<typeof discoveryService>

const refuse = (): never => {
  throw new Failure('unimplemented', 'not in this test')
}
const noHandlers: DiscoveryHandlers = { subscribe: refuse, report: refuse, checkIdentity: refuse }

async function discovery(
  handlers: Partial<DiscoveryHandlers>,
  options: Partial<RpcServerOptions> = {},
): Promise<{ server: RpcServer; client: RpcClient<typeof discoveryService> }> {
  const server = await startRpcServer({
    listen: '127.0.0.1:0',
    credentials: plainServerCredentials(),
    services: [serve(discoveryService, { ...noHandlers, ...handlers })],
    ...options,
  })
  endings.push(() => server.stop())
  const address = server.port === 0 ? `unix:${server.address}` : server.address
  const client = rpcClient(discoveryService, address, plainClientCredentials())
  endings.push(() => client.close())
  return { server, client }
}

async function failureFrom(promise: Promise<unknown>): Promise<RpcFailure> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(RpcFailure)
  return error as RpcFailure
}

test('a unary call carries request and reply, with defaults for absent fields', async () => {
  const { client } = await discovery({
    checkIdentity: async ({ node, identity }) => ({ registered: node === 'node1' && identity === '' }),
  })

  await expect(client.checkIdentity({ node: 'node1' })).resolves.toMatchObject({ registered: true })
})

test('a Failure of a handler arrives with its code, message and status', async () => {
  const { client } = await discovery({
    checkIdentity: async () => {
      throw new Failure('not_found', 'Cannot find node "ü": expected one of a, b')
    },
  })

  const failure = await failureFrom(client.checkIdentity({}))

  expect(failure).toMatchObject({
    code: 'not_found',
    status: 'not_found',
    message: 'Cannot find node "ü": expected one of a, b',
  })
})

test('a Failure with a code of its own is FAILED_PRECONDITION unless it says its status', async () => {
  const failures = [new Failure('node_gone', 'gone'), new RpcFailure('aborted', 'node_gone', 'gone')]
  const { client } = await discovery({ checkIdentity: () => Promise.reject(failures.shift()!) })

  expect(await failureFrom(client.checkIdentity({}))).toMatchObject({
    code: 'node_gone',
    status: 'failed_precondition',
  })
  expect(await failureFrom(client.checkIdentity({}))).toMatchObject({ code: 'node_gone', status: 'aborted' })
})

test('a bug in a handler is INTERNAL and its text stays on the server', async () => {
  const { client } = await discovery({
    checkIdentity: async () => {
      throw new TypeError('secret detail')
    },
  })

  const failure = await failureFrom(client.checkIdentity({}))

  expect(failure.status).toBe('internal')
  expect(failure.message).not.toContain('secret')
})

test('a request with an unknown field is refused, naming message and finding', async () => {
  const { server, client } = await discovery({ checkIdentity: async () => ({ registered: true }) })
  // A JoinRequest has a field 3, a CheckIdentityRequest has not.
  const wrong = rpcClient(
    { checkIdentity: { ...discoveryService.checkIdentity, request: certificatesService.join.request } } as const,
    server.address,
    plainClientCredentials(),
  )
  endings.push(() => wrong.close())

  const failure = await failureFrom(wrong.checkIdentity({ hosts: ['x'] }))

  expect(failure.status).toBe('invalid_argument')
  expect(failure.message).toMatch(/CheckIdentityRequest.*CheckIdentity.*unknown field/)
  await expect(client.checkIdentity({}), 'the server goes on').resolves.toMatchObject({ registered: true })
})

test('a wrong message within a stream refuses the stream', async () => {
  const seen: string[] = []
  const { server } = await discovery({
    report: async (reports) => {
      for await (const report of reports) seen.push(report.node)
      return {}
    },
  })
  const wrong = rpcClient(
    { report: { ...discoveryService.report, request: certificatesService.join.request } } as const,
    server.address,
    plainClientCredentials(),
  )
  endings.push(() => wrong.close())

  const call = wrong.report()
  await call.write({ token: 'node1' })
  await call.write({ hosts: ['x'] })

  expect((await failureFrom(call.reply)).message).toMatch(/TrafficReport.*unknown field/)
  expect(seen).toEqual(['node1'])
})

test('a client stream sends all messages in order and gets one reply', async () => {
  const seen: string[] = []
  const { client } = await discovery({
    report: async (reports) => {
      for await (const report of reports) seen.push(report.node)
      return {}
    },
  })

  const call = client.report()
  for (let i = 0; i < 100; i++) await call.write({ node: `n${i}` })
  await call.finish()

  expect(seen).toHaveLength(100)
  expect(seen.at(-1)).toBe('n99')
})

test('a duplex stream carries both ways and ends with the handler', async () => {
  const { client } = await discovery({
    subscribe: async (requests, replies) => {
      for await (const request of requests) {
        if (request.message === 'ack') await replies.write({ nonce: request.ack.nonce ?? 0, removals: ['x'] })
      }
    },
  })

  const call = client.subscribe()
  const nonces: number[] = []
  await call.write({ hello: { node: 'node1' } })
  await call.write({ ack: { nonce: 7 } })
  await call.write({ ack: { nonce: 2 ** 40 } })
  call.end()
  for await (const reply of call) nonces.push(reply.nonce)

  expect(nonces).toEqual([7, 2 ** 40])
})

test('a duplex stream hands up the failure after the messages before it', async () => {
  const { client } = await discovery({
    subscribe: async (_requests, replies) => {
      await replies.write({ nonce: 1 })
      throw new Failure('permission_denied', 'not you')
    },
  })

  const call = client.subscribe()
  const nonces: number[] = []
  const failure = await failureFrom(
    (async () => {
      for await (const reply of call) nonces.push(reply.nonce)
    })(),
  )

  expect(nonces).toEqual([1])
  expect(failure).toMatchObject({ code: 'permission_denied', message: 'not you' })
  await expect(call.write({})).rejects.toBe(failure)
})

test('leaving the loop early cancels the call and aborts the handler', async () => {
  const { promise: aborted, resolve } = Promise.withResolvers<void>()
  const { client } = await discovery({
    subscribe: async (_requests, replies, call) => {
      call.signal.addEventListener('abort', () => resolve())
      await replies.write({ nonce: 1 })
      await aborted
    },
  })

  for await (const reply of client.subscribe()) {
    expect(reply.nonce).toBe(1)
    break
  }

  await aborted
})

test('a writer that awaits is held back by a client that does not read', async () => {
  let written = 0
  const { promise: aborted, resolve } = Promise.withResolvers<void>()
  const { client } = await discovery({
    subscribe: async (_requests, replies, call) => {
      call.signal.addEventListener('abort', () => resolve())
      while (!call.signal.aborted) {
        await replies.write({ removals: ['x'.repeat(64 * 1024)] }).catch(() => {})
        written++
      }
    },
  })

  const call = client.subscribe()
  const first = call[Symbol.asyncIterator]()
  await first.next()
  const before = written
  for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next))
  call.cancel()
  await aborted

  expect(written, 'a few windows of octets, not without end').toBeLessThan(before + 200)
})

test('a call past its deadline fails with deadline_exceeded and aborts the handler', async () => {
  const { promise: aborted, resolve } = Promise.withResolvers<void>()
  const { client } = await discovery({
    checkIdentity: async (_request, call) => {
      call.signal.addEventListener('abort', () => resolve())
      await aborted
      return {}
    },
  })

  const failure = await failureFrom(client.checkIdentity({}, { timeoutMs: 50 }))
  await aborted

  expect(failure.status).toBe('deadline_exceeded')
})

test('a call to nobody fails at once and names method and address', async () => {
  const client = rpcClient(discoveryService, '127.0.0.1:1', plainClientCredentials())
  endings.push(() => client.close())

  const failure = await failureFrom(client.checkIdentity({}))

  expect(failure.status).toBe('unavailable')
  expect(failure.message).toBe(
    'Cannot call /weft.discovery.v1.Discovery/CheckIdentity at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1',
  )
})

test('a message above the limit is refused, the connection stays', async () => {
  const { client } = await discovery({ checkIdentity: async () => ({}) }, { limits: { messageBytesMax: 1000 } })

  const failure = await failureFrom(client.checkIdentity({ node: 'x'.repeat(2000) }))

  expect(failure.status).toBe('resource_exhausted')
  await client.checkIdentity({})
})

test('draining ends streams with unavailable and lets unary calls finish', async () => {
  const { promise: entered, resolve: enter } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { server, client } = await discovery({
    checkIdentity: async () => {
      enter()
      await released
      return { registered: true }
    },
    subscribe: async (requests) => {
      for await (const _ of requests);
    },
  })
  const stream = client.subscribe()
  const unary = client.checkIdentity({})
  await entered

  const drained = server.drain(systemClock.nowMs() + 5000)
  const failure = await failureFrom(
    (async () => {
      for await (const _ of stream);
    })(),
  )
  release()

  expect(failure).toMatchObject({ status: 'unavailable' })
  await expect(unary).resolves.toMatchObject({ registered: true })
  await drained
})

test('listen says which address is taken', async () => {
  const { server } = await discovery({})

  await expect(discovery({}, { listen: server.address })).rejects.toThrow(
    `Cannot listen on ${server.address}: EADDRINUSE`,
  )
  await expect(discovery({}, { listen: 'nowhere' })).rejects.toThrow(
    'Cannot listen on "nowhere": expected host:port or unix:/path',
  )
})

test('a unix socket is private, replaces a dead one, and never another server', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'weft-rpc-'))
  endings.push(() => rmSync(dir, { recursive: true, force: true }))
  const path = join(dir, 'deep', 'management.sock')
  const { client } = await discovery(
    { checkIdentity: async (_r, call) => ({ registered: call.peerIdentity === null }) },
    { listen: `unix:${path}` },
  )

  await expect(client.checkIdentity({})).resolves.toMatchObject({ registered: true })
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(join(dir, 'deep')).mode & 0o777).toBe(0o700)
  await expect(discovery({}, { listen: `unix:${path}` })).rejects.toThrow('another server answers there')
  writeFileSync(join(dir, 'file'), '')
  await expect(discovery({}, { listen: `unix:${join(dir, 'file')}` })).rejects.toThrow('not a socket')
})
