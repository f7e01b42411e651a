import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { rpcClient, type RpcClient } from './client.ts'
import { plainClientCredentials, plainServerCredentials } from './credentials.ts'
import { serve, startRpcServer } from './server.ts'
import { policiesService } from './services.ts'

const endings: Array<() => void> = []
afterEach(() => {
  for (const end of endings.splice(0).toReversed()) end()
})

const { decide } = policiesService

function clientOf(address: string): RpcClient<{ decide: typeof decide }> {
  const client = rpcClient({ decide }, address, plainClientCredentials(), { connectMs: 50 })
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
