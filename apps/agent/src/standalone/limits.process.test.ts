import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect as connectHttp2, type Settings } from 'node:http2'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { external, freePorts, gateway, ProxyCommand, route, until } from './testing/proxy-command.ts'

const flags = ['--http1-fields-max', '4', '--http2-streams-max', '3', '--http-body-timeout', '1s']
const proxy = new ProxyCommand()
let origin: Server
let port: number
let admin: number

beforeAll(async () => {
  origin = createServer((request, reply) => request.resume().on('end', () => reply.end('whole'))).listen(0, '127.0.0.1')
  await once(origin, 'listening')
  ;[port, admin] = (await freePorts(2)) as [number, number]
  proxy.write(
    gateway({ name: 'http', protocol: 'HTTP', port }),
    route('HTTPRoute', 'http', ['origin', 80]),
    external('origin', [{ port: 80, appProtocol: 'http' }], [(origin.address() as AddressInfo).port]),
  )
  await proxy.start('--admin', String(admin), ...flags)
})
afterAll(async () => {
  await proxy[Symbol.asyncDispose]()
  origin.close()
})

/** All that comes back for these octets, up to the end. */
function say(octets: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(octets)
  return text(socket)
}

async function refusals(labels: string): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${admin}/metrics`)).text()
  const line = page.split('\n').find((each) => each.startsWith(`weft_http_refusals_total{${labels}}`))
  return Number(line?.split(' ').at(-1))
}

test('a limit of HTTP/1.1 that was set is obeyed, and its refusals are counted', async () => {
  const fields = (count: number): string => 'x: 1\r\n'.repeat(count - 2)
  const ask = (count: number) => say(`GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${fields(count)}\r\n`)

  expect(await ask(4)).toMatch(/^HTTP\/1\.1 200 [^]*whole$/)
  expect(await ask(5)).toMatch(/^HTTP\/1\.1 431 [^]*over 4 fields/)
  const series = 'protocol="http1",side="client",reason="too_many_fields"'
  await until(async () => (await refusals(series)) === 1, series)
})

test('a slow upload is answered with 408 in the time that was set', async () => {
  const reply = await say('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf')

  expect(reply).toMatch(/^HTTP\/1\.1 408 [^]*weft-reason: \{"code":"request_timeout"/)
  const series = 'protocol="http1",side="client",reason="body_timeout"'
  await until(async () => (await refusals(series)) === 1, series)
})

test('a limit of HTTP/2 that was set is announced, and refused streams are counted', async () => {
  const session = connectHttp2(`http://127.0.0.1:${port}`)
  const [settings] = (await once(session, 'remoteSettings')) as [Settings]
  expect(settings.maxConcurrentStreams).toBe(3)
  expect(await refusals('protocol="http2",side="client",reason="streams_refused"')).toBe(0)
  session.close()
})

test('connections beyond the limit are told why, in either version, and let in again when others end', async () => {
  await using small = new ProxyCommand()
  const [own] = (await freePorts(1)) as [number]
  small.write(
    gateway({ name: 'http', protocol: 'HTTP', port: own }),
    route('HTTPRoute', 'http', ['origin', 80]),
    external('origin', [{ port: 80, appProtocol: 'http' }], [(origin.address() as AddressInfo).port]),
  )
  await small.start('--connections-max', '2')
  const [first, second] = [connect(own, '127.0.0.1'), connect(own, '127.0.0.1')]
  await Promise.all([once(first, 'connect'), once(second, 'connect')])
  const ask = (octets: string): Promise<string> => {
    const socket = connect(own, '127.0.0.1')
    socket.write(octets)
    return text(socket)
  }
  const get = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
  await until(async () => (await ask(get)).startsWith('HTTP/1.1 503'), 'both are counted')

  expect(await ask(get)).toMatch(/^HTTP\/1\.1 503 [^]*weft-reason: \{"code":"overloaded"[^]*2 connections/)
  const http2 = await ask('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0')
  const goawayType = 7
  expect(Buffer.from(http2.slice(9, 26), 'latin1')[3]).toBe(goawayType)
  expect(http2).toContain('A connection is refused: 2 connections of all callers are open here')

  first.destroy()
  await until(async () => (await ask(get)).startsWith('HTTP/1.1 200'), 'one has ended')
  second.destroy()
})

test('a bad value is refused before anything starts', async () => {
  await using wrong = new ProxyCommand()
  wrong.write(gateway({ name: 'http', protocol: 'HTTP', port }))
  wrong.run('--http2-streams-max', '0', '--http-body-timeout', '1ms')

  expect(await wrong.exited()).toBe(2)
  expect(wrong.err).toContain('--http2-streams-max')
  expect(wrong.err).toContain('expected a whole number from 1 to 10000')
})
