import { execFileSync } from 'node:child_process'
import { recordType } from '@weft/dns'
import { loadAddon } from '@weft/ebpf'
import { systemClock } from '@weft/host'
import { silentLogger } from '@weft/telemetry'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DnsServer } from './dns-server.ts'
import { exchangeUdp, messageOf, octetsOf, queryFor, TcpClient } from './testing/client.ts'
import { networkAt, ownNetwork } from './upstream-network.ts'

needs('root', 'netns')('resolvers in another network namespace', () => {
  const addon = loadAddon()
  const name = `weft-dns-${process.pid}`
  const path = `/run/netns/${name}`
  const elsewhere = { lookup: () => ({ address4: '198.19.0.1', address6: '' }) }
  const nothing = { lookup: () => null }
  const servers: DnsServer[] = []
  const upstream = { host: '127.0.0.1', port: 5353 }

  beforeAll(async () => {
    ip('netns', 'add', name)
    ip('-n', name, 'link', 'set', 'lo', 'up')
    const netns = addon.openNetns(path)
    const resolver = new DnsServer({ names: elsewhere, upstreams: [] }, systemClock, silentLogger)
    servers.push(resolver)
    await resolver.listenUdp({ fd: addon.udpBind(netns, upstream.host, upstream.port) }, () => ['default'])
    await resolver.listenTcp({ fd: addon.tcpListen(netns, upstream.host, upstream.port, 16, false) }, () => ['default'])
    addon.closeFd(netns)
  })
  afterAll(() => {
    for (const server of servers) server.stop()
    ip('netns', 'delete', name)
  })

  async function listen(network = ownNetwork) {
    const options = { names: nothing, upstreams: [upstream], network, attemptTimeoutMs: 500, queryTimeoutMs: 1_000 }
    const server = new DnsServer(options, systemClock, silentLogger)
    servers.push(server)
    const udp = await server.listenUdp({ host: '127.0.0.1', port: 0 }, () => ['default'])
    const tcp = await server.listenTcp({ host: '127.0.0.1', port: 0 }, () => ['default'])
    return { udp: udp.port, tcp: tcp.port }
  }

  test('are asked there, by UDP and by TCP', async () => {
    const { udp, tcp } = await listen(networkAt(path, addon))
    const query = octetsOf(queryFor('cart', recordType.A))

    const byUdp = messageOf(await exchangeUdp(udp, query))
    const client = new TcpClient(tcp)
    client.send(query)
    const byTcp = messageOf(await client.reply())
    client.socket.destroy()

    for (const { answers } of [byUdp, byTcp]) {
      expect(answers.map(({ data }) => data)).toEqual([{ kind: 'address', address: '198.19.0.1' }])
    }
  })

  test('are not there for who asks from the network of this process', async () => {
    const { udp } = await listen()

    expect(messageOf(await exchangeUdp(udp, octetsOf(queryFor('cart', recordType.A)))).code).toBe(2)
  })

  test('a namespace that is not there is a fault that names the file', () => {
    expect(() => networkAt('/run/netns/weft-absent', addon)).toThrow('Cannot open "/run/netns/weft-absent"')
  })
})

function ip(...words: string[]): void {
  execFileSync('ip', words, { stdio: 'pipe' })
}
