import { beforeEach, describe, expect, test } from 'vitest'
import { defaultTrafficPolicy, type Route } from '@weft/traffic'
import { from, OneNode, policy } from './testing/one-node.ts'

const redis = { port: 6379, protocol: 'tcp', name: 'redis' } as const
const VIP = '198.19.0.1:80'
const POD = '198.18.3.2:6379'
let node: OneNode
let client: bigint
let server: bigint

beforeEach(() => {
  node = new OneNode()
  client = node.add('client')
  server = node.add('redis', [redis])
})

describe('plan()', () => {
  test('a port that is declared TCP is reached at the address of the workload and of its service', () => {
    node.addService('redis')

    expect(node.plan()).toEqual({
      verdicts: { [`${client}>${POD}`]: 'allow', [`${server}>${POD}`]: 'allow' },
      services: { [POD]: [POD], [VIP]: [POD] },
    })
  })

  test.each(['http', 'http2', 'grpc', 'detect'] as const)(
    'a port that is declared %s goes by the agent',
    (protocol) => {
      node.workloads.set(node.at('redis').uid, { ...node.at('redis'), ports: [{ ...redis, protocol }] })

      expect(node.plan()).toEqual({ verdicts: {}, services: {} })
    },
  )

  test('a port that one service calls TCP and another HTTP goes by the agent at all addresses', () => {
    node.addService('redis')
    const ports = [{ port: 8080, targetPort: 6379, name: '', protocol: 'http' as const }]
    node.addService('web', { selector: { app: 'redis' }, ports })

    expect(node.plan()).toEqual({ verdicts: {}, services: {} })
    expect(node.planner.why.get('Service/shop/redis:80')).toBe('node1/shop/redis/u: it is declared http')
  })

  test('a policy that refuses connections is EPERM; one that asks for requests goes by the agent', () => {
    const asks = { ports: [], methods: ['GET'], paths: [], headers: [] }
    const denied = 'spiffe://cluster.local/ns/shop/sa/client'

    node.policies = [policy({ rules: [{ from: [from(denied)], to: [] }] })]
    expect(node.plan().verdicts).toEqual({ [`${client}>${POD}`]: 'refuse', [`${server}>${POD}`]: 'allow' })
    node.policies = [policy({ action: 'ALLOW', rules: [{ from: [from(denied)], to: [] }] })]
    expect(node.plan().verdicts).toEqual({ [`${client}>${POD}`]: 'allow', [`${server}>${POD}`]: 'refuse' })
    node.policies = [policy({ rules: [{ from: [from(denied)], to: [asks] }] })]
    expect(node.plan().verdicts).toEqual({ [`${server}>${POD}`]: 'allow' })
    node.policies = [policy({ action: 'ALLOW', rules: [{ from: [], to: [asks] }] })]
    expect(node.plan().verdicts).toEqual({})
    node.policies = [policy({ namespace: 'bank' })]
    expect(Object.values(node.plan().verdicts), 'of another namespace').toEqual(['allow', 'allow'])
  })

  test('who is not enrolled, shares the network of its node, or is known to its node alone goes by the agent', () => {
    node.local = node.local.map((local) => ({ ...local, isEnrolled: local.cgroupId !== client }))
    expect(node.plan().verdicts).toEqual({ [`${server}>${POD}`]: 'allow' })

    node.local = node.local.map((local) => ({ ...local, isEnrolled: local.cgroupId !== server }))
    expect(node.plan()).toEqual({ verdicts: {}, services: {} })

    node.local = node.local.map((local) => ({ ...local, isEnrolled: true }))
    node.workloads.set(node.at('redis').uid, { ...node.at('redis'), networkMode: 'shared' })
    expect(node.plan()).toEqual({ verdicts: {}, services: {} })

    node.workloads.delete(node.at('redis').uid)
    expect(node.plan()).toEqual({ verdicts: {}, services: {} })
  })

  test('a port of the agent is nobody’s', () => {
    node.add('odd', [{ ...redis, port: 15008 }])

    expect(Object.keys(node.plan().services)).toEqual([POD])
  })

  describe('a service', () => {
    const direct = (): string[] | undefined => node.plan().services[VIP]

    test('goes directly to all who are given work', () => {
      node.addService('redis')
      node.add('more', [redis], { labels: { app: 'redis' } })
      node.add('late', [redis], { labels: { app: 'redis' }, state: 'starting' })

      expect(direct()).toEqual([POD, '198.18.3.3:6379'])
    })

    test('goes by the agent when one of them is on another node', () => {
      node.addService('redis')
      node.add('far', [redis], { labels: { app: 'redis' }, node: 'node2' })

      expect(direct()).toBeUndefined()
      expect(node.planner.why.get('Service/shop/redis:80')).toBe('node1/shop/far/u is on another node')
      node.addService('redis', { address4: '198.19.0.1', distribution: 'node' })
      expect(direct(), 'unless it is to be served on the node').toEqual([POD])
    })

    test('goes by the agent when it has more than eight', () => {
      node.addService('redis')
      for (let i = 0; i < 8; i++) node.add(`more${i}`, [redis], { labels: { app: 'redis' } })

      expect(direct()).toBeUndefined()
    })

    test('goes by the agent with a route, a traffic policy or session affinity', () => {
      node.addService('redis')
      const route: Route = { service: 'shop/redis', port: 0, clientNamespace: 'bank', rules: [], relay: null }
      node.routes.push(route)
      expect(direct()).toBeUndefined()
      node.routes[0] = { ...route, port: 81 }
      expect(direct(), 'of another port').toEqual([POD])

      node.trafficPolicies.push({ ...defaultTrafficPolicy, name: 'TrafficPolicy/shop/p', service: 'shop/redis' })
      expect(direct()).toBeUndefined()
      node.trafficPolicies.length = 0

      node.addService('redis', { address4: '198.19.0.1', isSticky: true })
      expect(direct()).toBeUndefined()
    })

    test('with endpoints that somebody wrote down goes to those of the mesh', () => {
      const ports = [{ port: 80, targetPort: 80, name: 'redis', protocol: 'tcp' as const }]
      const written = { portName: 'redis', state: 'ready' as const, node: '', region: '', zone: '' }
      const endpoints = [{ ...written, address: '198.18.3.2', port: 6379 }]
      node.addService('alias', { selector: {}, ports, endpoints })

      expect(direct()).toEqual([POD])
      node.addService('alias', {
        address4: '198.19.0.1',
        selector: {},
        ports,
        endpoints: [...endpoints, { ...written, address: '192.0.2.1', port: 6379 }],
      })
      expect(direct()).toBeUndefined()
    })
  })

  test('what does not change stays the same object', () => {
    node.addService('redis')
    const before = node.planner.plan(node.inputs())
    const after = node.planner.plan(node.inputs())

    expect(after.callees.every((callee, i) => callee === before.callees[i])).toBe(true)
    expect(after.services.every((service, i) => service === before.services[i])).toBe(true)
    node.policies = [policy()]
    expect(node.planner.plan(node.inputs()).callees[0]).not.toBe(before.callees[0])
  })
})

describe('mayContinue()', () => {
  const callee = { address: '198.18.3.2', port: 6379 }

  test('an open connection goes on as long as policies admit it, whatever else changes', () => {
    node.addService('redis')
    node.plan()
    expect(node.planner.mayContinue(client, callee)).toBe(true)

    node.workloads.set(node.at('redis').uid, { ...node.at('redis'), state: 'terminating', ports: [] })
    node.trafficPolicies.push({ ...defaultTrafficPolicy, service: 'shop/redis' })
    node.plan()
    expect(node.planner.mayContinue(client, callee)).toBe(true)

    node.policies = [policy()]
    node.plan()
    expect(node.planner.mayContinue(client, callee)).toBe(false)
  })

  test('who is not of the mesh any more has none', () => {
    node.workloads.set(node.at('redis').uid, { ...node.at('redis'), hbonePort: 0 })
    node.plan()
    expect(node.planner.mayContinue(client, callee)).toBe(false)
    node.workloads.delete(node.at('redis').uid)
    node.plan()
    expect(node.planner.mayContinue(client, callee)).toBe(false)
    expect(node.planner.mayContinue(9n, callee), 'is asked about again when it is taken over').toBe(true)
  })

  test('reviewed() differs when an answer may', () => {
    node.plan()
    const before = node.planner.reviewed()
    node.plan()
    expect(node.planner.reviewed()).toEqual(before)
    node.policies = [policy({ namespace: 'shop' })]
    node.plan()
    expect(node.planner.reviewed()).not.toEqual(before)
  })
})
