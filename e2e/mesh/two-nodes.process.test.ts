import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ip, PrivateMesh, sample } from './harness/private-mesh.ts'
import type { Shell } from './harness/shell.ts'
import { Wire } from './harness/wire.ts'

const HBONE = 15_008
/** Discovery, certificates, policies. */
const CONTROL = [15_010, 15_012, 15_013]
const nodes = ['node1', 'node2']
const networks = ['shared', 'own']
const places = nodes.flatMap((node) => networks.map((network) => ({ node, network, name: `${network}-${node}` })))
const ways = places.flatMap((from) => places.map((to) => ({ from: from.name, to: to.name })))

needs(
  'root',
  'bpf',
  'netns',
  'program:curl',
  'program:tcpdump',
)('workloads on two nodes', () => {
  let mesh: PrivateMesh
  let wires: Wire[] = []
  const shells = new Map<string, Shell>()
  beforeAll(async () => {
    mesh = await PrivateMesh.up({ flags: ['--nodes', '2'] })
    const flagsOf = ({ node, network }: (typeof places)[number]): string[] => [
      ...['--node', node],
      ...(network === 'own' ? ['--own-network'] : []),
    ]
    for (const [i, place] of places.entries()) {
      const [http, tcp] = [8080 + i, 7000 + i]
      const cart = ['--service', `cart-${place.name}`, '--port', String(http), '--env', `PORT=${http}`]
      mesh.run(
        [...flagsOf(place), ...cart, '--env', `INSTANCE=secret-${place.name}`],
        [process.execPath, sample('cart.ts')],
      )
      const greeter = ['--service', `greeter-${place.name}`, '--port', String(tcp), '--env', `PORT=${tcp}`]
      mesh.run([...flagsOf(place), ...greeter], [process.execPath, sample('greeter.ts')])
      shells.set(place.name, await mesh.shell([...flagsOf(place), '--service', `web-${place.name}`]))
    }
    await mesh.untilReady(3 * places.length)
    const links = JSON.parse(await ip('-n', mesh.netns, '-json', 'link')) as { ifname: string }[]
    const watched = links.filter(({ ifname }) => /^w[bp]/.test(ifname)).map(({ ifname }) => ifname)
    // The bridge between the nodes, and the links of the pods of node 1.
    expect(watched.length).toBe(4)
    wires = await Promise.all(watched.map((link) => Wire.watch(mesh.outside([]), link)))
  })
  afterAll(() => mesh?.end())

  test.each(ways)('reach each other by HTTP and TCP: $from calls $to', async ({ from, to }) => {
    const port = 8080 + places.findIndex(({ name }) => name === to)
    const shell = shells.get(from)!

    expect(await shell.curl(`-D - http://cart-${to}:${port}/items`)).toMatchObject({
      status: 200,
      body: expect.stringContaining(`x-instance: secret-${to}`),
    })
    const hear = `bash -c 'exec 3<>/dev/tcp/greeter-${to}/${port - 1080} && timeout 5 head -n 1 <&3'`
    expect(await shell.tell(hear)).toBe('220 greeter ready\r\n')
  })

  test('say nothing in plaintext on the way: only HBONE and the control ports are on the links', async () => {
    const evidence = await Promise.all(wires.map((wire) => wire.stop()))

    const isKnown = (port: number): boolean => port === HBONE || CONTROL.includes(port)
    const segments = evidence.flatMap((one) => one.segments)
    const strange = segments.filter(({ source, destination }) => !isKnown(source) && !isKnown(destination))
    const tunnelled = segments.filter(({ source, destination }) => source === HBONE || destination === HBONE)
    process.stdout.write(`${segments.length} segments on ${wires.length} links, ${tunnelled.length} of HBONE\n`)
    expect(strange).toEqual([])
    expect(tunnelled.length).toBeGreaterThan(100)
    for (const { octets } of evidence) {
      for (const word of ['HTTP/1.1', 'x-instance', 'secret-', '220 greeter'])
        expect(octets.includes(word), word).toBe(false)
    }
  })
})
