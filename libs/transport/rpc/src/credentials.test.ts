import { once } from 'node:events'
import { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { SvidSource } from '@weft/mtls'
import { FakeSvidSource, TestAuthority } from '@weft/mtls/testing'
import { afterEach, expect, test } from 'vitest'
import { rpcClient, type RpcClient } from './client.ts'
import { meshClientCredentials, meshServerCredentials, type ClientTrust } from './credentials.ts'
import { requirePeerIdentity } from './incoming-call.ts'
import { serve, startRpcServer, type RpcServer } from './server.ts'
import { discoveryService } from './services.ts'

const CONTROL_PLANE = 'spiffe://cluster.local/weft/control-plane'
const NODE = 'spiffe://cluster.local/weft/node/node1'
const authority = new TestAuthority()

const endings: Array<() => void> = []
afterEach(() => {
  for (const end of endings.splice(0).toReversed()) end()
})

/** CheckIdentity tells whether the caller was recognised as `identity`. */
async function start(source: SvidSource, clientCertificate: 'required' | 'optional' = 'required'): Promise<RpcServer> {
  const server = await startRpcServer({
    listen: '127.0.0.1:0',
    credentials: meshServerCredentials(source, { clientCertificate }),
    services: [
      serve(discoveryService, {
        subscribe: async (requests, replies) => {
          for await (const _ of requests) await replies.write({ nonce: 1 })
        },
        report: async () => ({}),
        checkIdentity: async ({ identity }, call) =>
          identity === ''
            ? { registered: requirePeerIdentity(call) !== '' }
            : { registered: call.peerIdentity === identity },
      }),
    ],
  })
  endings.push(() => server.stop())
  return server
}

function dial(
  server: RpcServer,
  source: SvidSource | ClientTrust,
  expected = CONTROL_PLANE,
): RpcClient<typeof discoveryService> {
  const client = rpcClient(discoveryService, server.address, meshClientCredentials(source, [expected]))
  endings.push(() => client.close())
  return client
}

const sourceOf = (identity: string): FakeSvidSource => new FakeSvidSource(authority.issue(identity))

test('the server learns the SPIFFE ID that the client proved', async () => {
  const server = await start(sourceOf(CONTROL_PLANE))

  await expect(dial(server, sourceOf(NODE)).checkIdentity({ identity: NODE })).resolves.toMatchObject({
    registered: true,
  })
})

test('the client refuses a server that is somebody else, whatever its host name', async () => {
  const server = await start(
    new FakeSvidSource(authority.issue('spiffe://cluster.local/weft/policy', { hosts: ['127.0.0.1'] })),
  )

  await expect(dial(server, sourceOf(NODE)).checkIdentity({})).rejects.toThrow(
    'Cannot trust the server: found spiffe://cluster.local/weft/policy, expected spiffe://cluster.local/weft/control-plane',
  )
})

test('a client of another authority, or without certificate, does not get in', async () => {
  const server = await start(sourceOf(CONTROL_PLANE))
  const stranger = new FakeSvidSource({ ...new TestAuthority().issue(NODE), rootsPem: authority.rootPem })

  await expect(dial(server, stranger).checkIdentity({})).rejects.toMatchObject({ status: 'unavailable' })
  await expect(dial(server, { rootsPem: authority.rootPem }).checkIdentity({})).rejects.toMatchObject({
    status: 'unavailable',
  })
})

test('where certificates are optional, a client without a valid one is nobody', async () => {
  const server = await start(sourceOf(CONTROL_PLANE), 'optional')
  const stranger = new FakeSvidSource({ ...new TestAuthority().issue(NODE), rootsPem: authority.rootPem })

  for (const source of [stranger, { rootsPem: authority.rootPem }]) {
    const client = dial(server, source)
    await expect(client.checkIdentity({ identity: NODE })).resolves.toMatchObject({ registered: false })
    await expect(client.checkIdentity({})).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.stringMatching(/found no valid client certificate/),
    })
  }
  await expect(dial(server, sourceOf(NODE)).checkIdentity({ identity: NODE })).resolves.toMatchObject({
    registered: true,
  })
})

test('only TLS 1.3 is spoken', async () => {
  const server = await start(sourceOf(CONTROL_PLANE), 'optional')
  const options = {
    host: '127.0.0.1',
    port: server.port,
    ca: authority.rootPem,
    rejectUnauthorized: false,
    ALPNProtocols: ['h2'],
  }
  const old = connectTls({ ...options, maxVersion: 'TLSv1.2' })
  const [error] = await once(old, 'error')
  expect(error.code).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')

  const current = connectTls(options)
  endings.push(() => current.destroy())
  await once(current, 'secureConnect')
  expect(current.getProtocol()).toBe('TLSv1.3')
})

test('renewed certificates serve new connections; streams on old ones go on', async () => {
  const source = sourceOf(CONTROL_PLANE)
  const server = await start(source)
  const clientSource = sourceOf(NODE)
  const early = dial(server, clientSource)
  const stream = early.subscribe()
  const replies = stream[Symbol.asyncIterator]()
  await stream.write({})
  await replies.next()
  const serialOf = async (): Promise<string> => {
    const probe = connectTls({
      host: '127.0.0.1',
      port: server.port,
      ca: authority.rootPem,
      checkServerIdentity: () => undefined,
      ALPNProtocols: ['h2'],
    })
    probe.on('error', () => {})
    await once(probe, 'secureConnect')
    const { serialNumber } = probe.getPeerCertificate()
    probe.destroy()
    return serialNumber
  }
  const before = await serialOf()

  source.replace(authority.issue(CONTROL_PLANE))
  const renamed = 'spiffe://cluster.local/weft/node/node2'
  clientSource.replace(authority.issue(renamed))

  expect(await serialOf()).not.toBe(before)
  await stream.write({})
  expect((await replies.next()).value?.nonce, 'the old stream goes on').toBe(1)
  await expect(dial(server, clientSource).checkIdentity({ identity: renamed })).resolves.toMatchObject({
    registered: true,
  })
})

test('a client that connects and says nothing is not waited for when the server stops', async () => {
  const server = await start(sourceOf(CONTROL_PLANE))
  const silent = new Socket().connect({ host: '127.0.0.1', port: server.port })
  await once(silent, 'connect')

  const closed = once(
    silent.on('error', () => {}),
    'close',
  )
  server.stop()

  await closed
})
