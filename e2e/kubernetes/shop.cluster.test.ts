import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apply, cluster, eventually, execIn, kubectl, rolledOut } from './harness/cluster.ts'
import { gatewayApi } from './harness/gateway-api.ts'
import { LinkCapture } from './harness/link-capture.ts'
import { describeMesh, enrolled, hasMesh, MESH } from './harness/mesh.ts'
import { BOX, deployment, manifest, SAMPLES, service, type Manifest } from './harness/objects.ts'
import { closeShop, during, failuresOf, openShop, outcomesSince, SHOP, type Outcome } from './harness/shop.ts'

const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const of = (outcomes: readonly Outcome[], target: string): Outcome[] => outcomes.filter((one) => one.target === target)

beforeAll(() => openShop())
afterAll(closeShop)

describe('the shop', () => {
  test('serves HTTP and gRPC over both nodes, between them as HBONE alone', async () => {
    const link = await LinkCapture.start('node1')
    try {
      const since = new Date()
      await settle(5_000)
      const web = await outcomesSince('web', since)
      const prices = await outcomesSince('prices-client', since)
      await link.stop()

      expect(failuresOf(web)).toEqual([])
      expect(failuresOf(prices)).toEqual([])
      expect(web.length).toBeGreaterThan(100)
      expect(new Set(prices.map(({ target }) => target))).toEqual(new Set(['grpc-unary', 'grpc-stream', 'grpc-bidi']))
      // The nearer of two is preferred while it is the faster one: the other is asked now and then.
      await eventually(
        'both carts answer',
        async () => {
          const carts = of(await outcomesSince('web', since), 'cart').map(({ instance }) => instance)
          expect(new Set(carts).size).toBe(2)
        },
        60_000,
      )
      if (hasMesh) expect(await link.plaintext()).toEqual([])
    } finally {
      link.dispose()
    }
  })

  test('a pod killed with no time to end costs nothing that may be repeated', async () => {
    const outcomes = await during(async () => {
      const pod = await kubectl('-n', SHOP, 'get', 'pods', '-l', 'app=cart', '-o', 'jsonpath={.items[0].metadata.name}')
      await kubectl('-n', SHOP, 'delete', 'pod', pod, '--grace-period=0', '--force')
      await rolledOut(SHOP, 'deploy/cart')
    })

    if (hasMesh) expect(failuresOf(outcomes)).toEqual([])
  })

  test('a rollout under load costs nothing', async () => {
    const outcomes = await during(async () => {
      await kubectl('-n', SHOP, 'rollout', 'restart', 'deploy/catalog')
      await rolledOut(SHOP, 'deploy/catalog')
    })

    expect(outcomes.length).toBeGreaterThan(20)
    if (hasMesh) expect(failuresOf(outcomes)).toEqual([])
  })

  test('what is scaled to zero fails, and is served again as soon as it is back', async () => {
    await kubectl('-n', SHOP, 'scale', 'deploy/catalog', '--replicas=0')
    await kubectl('-n', SHOP, 'wait', '--for=delete', 'pod', '-l', 'app=catalog', '--timeout=60s')
    const without = await during(() => settle(2_000), 0)
    expect(of(without, 'catalog').filter(({ status }) => status === 200)).toEqual([])

    await kubectl('-n', SHOP, 'scale', 'deploy/catalog', '--replicas=2')
    await rolledOut(SHOP, 'deploy/catalog')
    await settle(1_000)
    const again = await during(() => settle(2_000), 0)

    expect(failuresOf(again)).toEqual([])
  })
})

describeMesh('policies', () => {
  const policy = (name: string, spec: Manifest): Manifest => ({
    apiVersion: 'weft.dev/v1alpha1',
    kind: 'AuthorizationPolicy',
    metadata: { name, namespace: SHOP },
    spec: { targetRefs: [{ kind: 'Service', name: 'cart' }], ...spec },
  })

  test('a DENY for a method refuses that method to that caller, with the reason', async () => {
    const from = [{ identities: [`${SHOP}/web`] }]
    await apply(manifest(policy('no-emptying', { action: 'DENY', rules: [{ from, to: [{ methods: ['DELETE'] }] }] })))

    await eventually('DELETE is refused and GET is not', async () => {
      const outcomes = await during(() => settle(1_500), 0)
      expect(new Set(of(outcomes, 'cart-delete').map(({ status }) => status))).toEqual(new Set([403]))
      expect(of(outcomes, 'cart-delete')[0]?.reason).toContain('no-emptying')
      expect(failuresOf(outcomes)).toEqual([])
    })
    await kubectl('-n', SHOP, 'delete', 'authorizationpolicies.weft.dev', 'no-emptying')
  })

  test('an ALLOW for somebody else refuses everybody else', async () => {
    const from = [{ identities: [`${SHOP}/nobody`] }]
    await apply(manifest(policy('others-only', { action: 'ALLOW', rules: [{ from }] })))

    await eventually('the front is refused', async () => {
      const outcomes = await during(() => settle(1_500), 0)
      expect(new Set(of(outcomes, 'cart').map(({ status }) => status))).toEqual(new Set([403]))
    })
    await kubectl('-n', SHOP, 'delete', 'authorizationpolicies.weft.dev', 'others-only')
    await eventually('the front is let in again', async () => {
      expect(failuresOf(await during(() => settle(1_500), 0))).toEqual([])
    })
  })
})

describeMesh('a split', () => {
  test('of 90 to 10 is kept', async () => {
    await gatewayApi()
    const version = (name: string): Manifest =>
      deployment(SHOP, `catalog-${name}`, {
        image: SAMPLES,
        args: ['catalog.js'],
        env: { VERSION: name },
        port: 8080,
        readyPath: '/',
      })
    const backend = (name: string, weight: number): Manifest => ({ name, port: 8080, weight })
    await apply(
      manifest(
        version('v2'),
        service(SHOP, 'catalog-v2', 8080),
        service(SHOP, 'catalog-v1', 8080, 8080, {
          selector: { app: 'catalog' },
        }),
        {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata: { name: 'catalog', namespace: SHOP },
          spec: {
            parentRefs: [{ group: '', kind: 'Service', name: 'catalog', port: 8080 }],
            rules: [{ backendRefs: [backend('catalog-v1', 90), backend('catalog-v2', 10)] }],
          },
        },
      ),
    )
    await rolledOut(SHOP, 'deploy/catalog-v2')
    await eventually('the route is taken', async () => {
      const outcomes = await during(() => settle(1_500), 0)
      expect(of(outcomes, 'catalog').some(({ version }) => version === 'v2')).toBe(true)
    })

    const outcomes = of(await during(() => settle(20_000), 0), 'catalog')
    const share = outcomes.filter(({ version: seen }) => seen === 'v2').length / outcomes.length

    expect(failuresOf(outcomes)).toEqual([])
    expect(share).toBeGreaterThan(0.05)
    expect(share).toBeLessThan(0.15)
    await kubectl('-n', SHOP, 'delete', 'httproutes.gateway.networking.k8s.io', 'catalog')
  })
})

describe('a node', () => {
  test('that loses power costs what was in flight there, and serves again when it is back', async () => {
    try {
      const outcomes = await during(async () => {
        await cluster('node', 'kill', '2')
        await settle(8_000)
      }, 0)
      const failures = failuresOf(outcomes)
      process.stdout.write(`node power cut: ${failures.length} of ${outcomes.length} calls failed\n`)
      if (hasMesh) {
        const late = failuresOf(outcomes.filter(({ at }) => Date.now() - at.getTime() < 3_000))
        expect(late, 'after five seconds nothing fails any more').toEqual([])
      }
    } finally {
      await cluster('node', 'restart', '2')
    }
    for (const name of ['cart', 'catalog']) await rolledOut(SHOP, `deploy/${name}`, 150)
    await eventually(
      'both nodes serve',
      async () => {
        const again = await during(() => settle(2_000), 0)
        expect(failuresOf(again)).toEqual([])
        expect(new Set(of(again, 'cart').map(({ instance }) => instance)).size).toBe(2)
      },
      60_000,
    )
  }, 240_000)

  test('that joins serves pods of the mesh as soon as it has an agent', async () => {
    await cluster('node', 'add', '3')
    await apply(manifest(deployment(SHOP, 'far', { image: BOX, command: ['sleep', '1000000'], node: 'node3' })))
    if (hasMesh) await rolledOut(MESH, 'ds/weft-agent', 120)
    await rolledOut(SHOP, 'deploy/far')
    await enrolled(SHOP)

    const items = await execIn(SHOP, 'deploy/far', 'timeout', '10', 'wget', '-qO-', 'http://cart:8080/items')
    expect(JSON.parse(items)).toHaveProperty('items')
  }, 240_000)
})
