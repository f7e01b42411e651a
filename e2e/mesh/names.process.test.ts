import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Command } from './harness/command.ts'
import { PrivateMesh, sample } from './harness/private-mesh.ts'
import type { Shell } from './harness/shell.ts'

needs(
  'root',
  'bpf',
  'netns',
  'program:getent',
  'program:curl',
  'program:python3',
)('names inside workloads', () => {
  let mesh: PrivateMesh
  let resolver: Command
  const shells = new Map<string, Shell>()
  beforeAll(async () => {
    mesh = await PrivateMesh.up({ env: { WEFT_AGENT_DNS_UPSTREAM: '127.0.0.1:5399' } })
    resolver = new Command(mesh.outside([process.execPath, sample('resolver.ts')]))
    await resolver.until(/listening/)
    mesh.run(['--service', 'cart', '--port', '8080'], [process.execPath, sample('cart.ts')])
    mesh.run(
      ['--service', 'till', '--namespace', 'shop', '--port', '8081', '--env', 'PORT=8081'],
      [process.execPath, sample('cart.ts')],
    )
    shells.set('shared', await mesh.shell(['--service', 'web']))
    shells.set('own', await mesh.shell(['--service', 'web', '--own-network']))
    await mesh.untilReady(4)
  })
  afterAll(async () => {
    await resolver?.end()
    await mesh?.end()
  })

  describe.each(['shared', 'own'])('of a program with %s network', (network) => {
    const first = async (line: string): Promise<string> => {
      const out = await shells.get(network)!.tell(line)
      return out.split(/\s/)[0]!
    }

    test.each([
      ['a UDP socket', ''],
      ['TCP', 'RES_OPTIONS=use-vc '],
    ])('a service has one address under all its names, asked over %s', async (_, prefix) => {
      const names = ['cart', 'cart.default', 'cart.default.svc.cluster.local']
      const addresses = await Promise.all(names.map((name) => first(`${prefix}getent ahostsv4 ${name}`)))

      expect(addresses[0]).toMatch(/^198\.19\./)
      expect(new Set(addresses).size).toBe(1)
      expect(await first(`${prefix}getent ahostsv4 till.shop`)).toMatch(/^198\.19\./)
    })

    test('a service has an IPv6 address too, and it works', async () => {
      // Not getent, which leaves IPv6 out on a machine that has none beyond loopback.
      const lookUp = 'import socket; print(socket.getaddrinfo("cart", 80, socket.AF_INET6)[0][4][0])'
      expect(await first(`python3 -c '${lookUp}'`)).toMatch(/^fd77:6566:7400::/)
      expect(await shells.get(network)!.curl('-6 http://cart:8080/items')).toMatchObject({ status: 200 })
    })

    test('a service of another namespace is called by name.namespace', async () => {
      expect(await shells.get(network)!.curl('http://till.shop:8081/items')).toMatchObject({ status: 200 })
      expect(await shells.get(network)!.run('getent ahostsv4 till')).toMatchObject({ code: 2 })
    })

    test('names outside the mesh are answered by the machine’s resolver', async () => {
      expect(await first('getent ahostsv4 outside.example')).toBe('192.0.2.99')
      expect(await shells.get(network)!.run('getent ahostsv4 nowhere.example')).toMatchObject({ code: 2 })
    })
  })

  test('a program outside the mesh is answered by nobody but its own resolver', async () => {
    const { code } = await mesh.runOutside(['timeout', '2', 'getent', 'ahostsv4', 'cart.default.svc.cluster.local'])
    expect(code).not.toBe(0)
  })
})
