import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allParts } from '../supervisor/part-specs.ts'
import { interfaceNames, isNetnsOf, listenAddresses, NODES_MAX, planMesh, type MeshSettings } from './plan.ts'

const settings: MeshSettings = {
  nodes: 2,
  trustDomain: 'cluster.local',
  capture: 'ebpf',
  workers: 0,
  serviceRange4: '198.19.0.0/16',
  serviceRange6: 'fd77:6566:7400::/64',
  networkRange: '198.18.0.0/16',
  dnsUpstream: [],
  portBase: 15_000,
  ephemeral: false,
}
const planOf = (changes: Partial<MeshSettings>) =>
  planMesh({ mesh: 'try', stateDir: '/state' }, { ...settings, ...changes }, '', '/cg', [1000])

test('planMesh() gives each node an address, two ranges and a cgroup; only node 1 has the machine’s own network', () => {
  const [first, second] = planOf({}).nodes

  expect(first).toMatchObject({
    name: 'node1',
    address: '198.18.0.1',
    shared: '198.18.2.0/24',
    own: '198.18.3.0/24',
    netns: '',
  })
  expect(second).toMatchObject({
    address: '198.18.0.2',
    shared: '198.18.4.0/24',
    netns: 'weft-try-node2',
    cgroup: 'weft-try/node2',
  })
})

test('planMesh() needs no network for a single node', () => {
  expect(planOf({ nodes: 1 })).toMatchObject({
    controlPlaneAddress: '127.0.0.1:15010',
    nodes: [{ address: '127.0.0.1' }],
  })
})

test('planMesh() without capture puts all nodes on one loopback, each with ports of its own', () => {
  const plan = planOf({ capture: 'proxy', nodes: NODES_MAX })

  expect(plan.cgroup).toBe('')
  expect(plan.nodes.every((node) => node.netns === '' && node.cgroup === '')).toBe(true)
  const addresses = listenAddresses(plan)
  expect(new Set(addresses).size).toBe(addresses.length)
})

test('no two parts of a mesh listen at one address', () => {
  for (const nodes of [1, 2, NODES_MAX]) {
    const addresses = listenAddresses(planOf({ nodes }))
    expect(new Set(addresses).size).toBe(addresses.length)
  }
})

test('interface names fit into the kernel’s 15 characters, and no mesh takes those of another', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,15}$/)
  fc.assert(
    fc.property(name, name, (mesh, other) => {
      const names = interfaceNames(mesh)
      for (const each of [names.bridge, names.uplink(NODES_MAX), names.pod('a1b2c3')]) {
        expect(each.length).toBeLessThanOrEqual(15)
        expect(names.isOurs(each)).toBe(true)
      }
      if (mesh !== other) expect(isNetnsOf(mesh, `weft-${other}-node1-a1b2c3`)).toBe(false)
    }),
  )
})

test('partsOf() hands on resolvers and readers', () => {
  const parts = allParts(planOf({ nodes: 1, dnsUpstream: ['1.1.1.1:53', '9.9.9.9:53'] }))
  const argsOf = (name: string): string => parts.find((part) => part.name === name)!.args.join(' ')

  expect(argsOf('agent-node1')).toContain('--dns-upstream 1.1.1.1:53 --dns-upstream 9.9.9.9:53 --reader 1000')
  expect(argsOf('control-plane')).toContain('--reader 1000')
})

test('partsOf() has a node with a network of its own ask resolvers from the machine’s', () => {
  const agents = allParts(planOf({ nodes: 2 })).filter(({ name }) => name.startsWith('agent-'))

  const asked = agents.map(({ args }) => (args.includes('--dns-netns') ? args[args.indexOf('--dns-netns') + 1] : ''))
  expect(asked).toEqual(['', `/proc/${process.pid}/ns/net`])
})

test('partsOf() gives every part but the CA a join token for its own role', () => {
  const parts = allParts(planOf({}))

  expect(parts.map(({ name, role }) => [name, role])).toEqual([
    ['ca', ''],
    ['control-plane', 'control-plane'],
    ['policy', 'policy'],
    ['agent-node1', 'node/node1'],
    ['agent-node2', 'node/node2'],
  ])
  expect(parts.at(-1)).toMatchObject({ cgroup: '/cg/weft-try/node2/agent', netnsPath: '/run/netns/weft-try-node2' })
})
