import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { rpcClient, type RpcClient } from './client.ts'
import { plainClientCredentials, plainServerCredentials } from './credentials.ts'
import { serve, startRpcServer } from './server.ts'
import { policiesService } from './services.ts'

const endings: Array<() => void> = []
afterEach(() => {
  for (const end of endings.splice(0).toReversed()) end()
})

const { decide, watch } = policiesService

function clientOf(address: string): RpcClient<{ decide: typeof decide; watch: typeof watch }> {
  const limits = { connectMs: 50, peerAskedMs: 50, peerAnswersMs: 50 }
  const client = rpcClient({ decide, watch }, address, plainClientCredentials(), limits)
  endings.push(() => client.close())
  return client
}

/** Takes connections and says nothing, as what stands before a replica that lost its power. */
async function silentServer(): Promise<string> {
  const sockets: Socket[] = []
  const server = createServer((socket) => void sockets.push(socket.on('error', () => {}))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  endings.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a call to a peer that never answers the connection fails with unavailable, and so does the next', async () => {
  const client = clientOf(await silentServer())

  await expect(client.decide({})).rejects.toMatchObject({ status: 'unavailable' })
  await expect(client.decide({})).rejects.toMatchObject({ status: 'unavailable' })
})

test('the call after one that was given up reaches a peer that answers again', async () => {
  const address = await silentServer()
  const client = clientOf(address)
  await expect(client.decide({})).rejects.toMatchObject({ status: 'unavailable' })

  endings.pop()
  endings.pop()?.()
  const server = await startRpcServer({
    listen: address,
    credentials: plainServerCredentials(),
    services: [serve({ decide }, { decide: async () => ({ allowed: true }) })],
  })
  endings.push(
    () => server.stop(),
    () => client.close(),
  )
  let reply: { allowed: boolean } | null = null
  while (reply === null) reply = await client.decide({}).catch(() => null)

  expect(reply.allowed).toBe(true)
})

test('a stream from a peer that falls silent, without a word of TCP, ends with unavailable', async () => {
  const server = await startRpcServer({
    listen: '127.0.0.1:0',
    credentials: plainServerCredentials(),
    services: [serve({ watch }, { watch: async (_, replies) => (await replies.write({ revision: 1 }), forever) })],
  })
  endings.push(() => server.stop())
  const between = await passOn(server.address)
  const stream = clientOf(between.address).watch()

  const received = async (): Promise<void> => {
    for await (const _ of stream) between.fallSilent()
  }

  await expect(received()).rejects.toMatchObject({ status: 'unavailable' })
})

const forever = new Promise<void>(() => {})

/** A connection in between that stops passing anything on, as a network does when a machine has lost its power. */
async function passOn(to: string): Promise<{ address: string; fallSilent(): void }> {
  const sockets: Socket[] = []
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: Number(to.split(':')[1]) })
    for (const socket of [near, far]) sockets.push(socket.on('error', () => {}))
    near.pipe(far)
    far.pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  endings.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const fallSilent = (): void => sockets.forEach((socket) => void socket.unpipe().pause())
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, fallSilent }
}
