import { once } from 'node:events'
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { peerIdentityOf } from './peer-identity.ts'
import { TestAuthority } from './testing/index.ts'
import { TlsContexts } from './tls-contexts.ts'

const WEB = 'spiffe://cluster.local/ns/default/sa/web'
const CART = 'spiffe://cluster.local/ns/default/sa/cart'
const authority = new TestAuthority()

const endings: Array<() => void> = []
afterEach(() => {
  for (const end of endings.splice(0)) end()
})

interface Served {
  readonly port: number
  readonly refusals: string[]
  /** The next accepted connection: who, and its socket. */
  next(): Promise<{ peer: string; socket: TLSSocket }>
}

async function serveAs(identity: string, contexts: TlsContexts): Promise<Served> {
  const accepted: Array<{ peer: string; socket: TLSSocket }> = []
  const refusals: string[] = []
  let wake = (): void => {}
  const acceptor = contexts.acceptor(identity, {
    accepted: (socket, peer) => {
      socket.on('error', () => {})
      socket.write('hello')
      accepted.push({ peer, socket })
      wake()
    },
    refused: (error) => void refusals.push(error.message),
  })
  const listener = createServer((socket) => acceptor.accept(socket))
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  endings.push(() => {
    listener.close()
    for (const { socket } of accepted) socket.destroy()
  })
  const next = async (): Promise<{ peer: string; socket: TLSSocket }> => {
    if (accepted.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    return accepted.shift()!
  }
  return { port: (listener.address() as AddressInfo).port, refusals, next }
}

async function dial(port: number): Promise<Socket> {
  const socket = connectTcp({ host: '127.0.0.1', port })
  await once(socket, 'connect')
  endings.push(() => socket.destroy())
  return socket
}

/** Connects and reads the greeting, so that tickets (which come before it) have arrived. */
async function greeted(contexts: TlsContexts, port: number, source = WEB, destination = CART): Promise<TLSSocket> {
  const socket = contexts.connect(await dial(port), source, destination)
  await once(socket, 'secureConnect')
  await once(socket, 'data')
  return socket
}

function contextsOf(...identities: string[]): TlsContexts {
  const contexts = new TlsContexts()
  for (const identity of identities) contexts.setSvid(authority.issue(identity))
  return contexts
}

test('both ends prove themselves over TLS 1.3 with ALPN h2 and without SNI', async () => {
  const contexts = contextsOf(WEB, CART)
  const served = await serveAs(CART, contexts)

  const client = await greeted(contexts, served.port)
  const { peer, socket } = await served.next()

  expect(peer).toBe(WEB)
  expect(peerIdentityOf(socket)).toBe(WEB)
  expect(peerIdentityOf(client)).toBe(CART)
  expect(client.getProtocol()).toBe('TLSv1.3')
  expect(client.alpnProtocol).toBe('h2')
  expect((socket as { servername?: string | false }).servername).toBe(false)
})

test('connect() refuses a server that proves another identity and says which', async () => {
  const contexts = contextsOf(WEB, CART)
  const served = await serveAs(CART, contexts)

  const client = contexts.connect(await dial(served.port), WEB, 'spiffe://cluster.local/ns/default/sa/catalog')
  const [error] = await once(client, 'error')

  expect(error).toMatchObject({ code: 'identity_mismatch' })
  expect(error.message).toBe(
    `Cannot trust the server: found ${CART}, expected spiffe://cluster.local/ns/default/sa/catalog`,
  )
})

test('sessions resume, prove the same identities, and end with a renewal of either side', async () => {
  const contexts = contextsOf(WEB, CART)
  const served = await serveAs(CART, contexts)
  const first = await greeted(contexts, served.port)
  expect(first.isSessionReused()).toBe(false)
  await served.next()

  const second = await greeted(contexts, served.port)
  expect(second.isSessionReused()).toBe(true)
  expect(peerIdentityOf(second)).toBe(CART)
  expect((await served.next()).peer, 'the server still knows who').toBe(WEB)

  contexts.setSvid(authority.issue(CART))
  const third = await greeted(contexts, served.port)
  expect(third.isSessionReused(), 'server renewed').toBe(false)
  await served.next()

  contexts.setSvid(authority.issue(WEB))
  const fourth = await greeted(contexts, served.port)
  expect(fourth.isSessionReused(), 'client renewed').toBe(false)
  expect((await served.next()).peer).toBe(WEB)
})

test('a renewed SVID serves new connections and leaves old ones alone', async () => {
  const contexts = contextsOf(WEB, CART)
  const served = await serveAs(CART, contexts)
  const before = await greeted(contexts, served.port)
  const serialBefore = before.getPeerCertificate().serialNumber
  const { socket } = await served.next()

  contexts.setSvid(authority.issue(CART))
  const after = await greeted(contexts, served.port)
  socket.write('still here')
  const [data] = await once(before, 'data')

  expect(String(data)).toBe('still here')
  expect(after.getPeerCertificate().serialNumber).not.toBe(serialBefore)
})

test('an acceptor refuses a client without certificate, of another CA, below TLS 1.3, and once forgotten', async () => {
  const contexts = contextsOf(WEB, CART)
  const served = await serveAs(CART, contexts)
  const stranger = new TlsContexts()
  stranger.setSvid({ ...new TestAuthority().issue(WEB), rootsPem: authority.rootPem })
  const ca = authority.rootPem
  const plain = { ca, servername: '', ALPNProtocols: ['h2'], checkServerIdentity: () => undefined }
  const closed = (socket: TLSSocket): Promise<void> =>
    new Promise((resolve) => void socket.on('error', () => {}).once('close', () => resolve()))

  await closed(connectTls({ ...plain, socket: await dial(served.port) }).resume())
  await closed(stranger.connect(await dial(served.port), WEB, CART).resume())
  await closed(connectTls({ ...plain, socket: await dial(served.port), maxVersion: 'TLSv1.2' }).resume())
  contexts.forget(CART)
  await closed(contexts.connect(await dial(served.port), WEB, CART))

  expect(served.refusals).toHaveLength(3)
  expect(served.refusals[0]).toMatch(/peer did not return a certificate/)
  expect(served.refusals[2]).toMatch(/unsupported protocol/)
  expect(() => contexts.acceptor(CART, { accepted: () => {}, refused: () => {} })).toThrow(
    `Cannot make TLS as ${CART}: found no SVID`,
  )
})
