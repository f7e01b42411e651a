import { expect, test } from 'vitest'
import { type Service, serviceDefaults, type ServiceEndpoint, type Workload, workloadDefaults } from '@weft/topology'
import { noResources } from './resource-maps.ts'
import { policyOf, serviceEndpoints } from './service-endpoints.ts'
import { TopologyIndex } from './topology-index.ts'

const cart: Service = {
  ...serviceDefaults,
  namespace: 'shop',
  name: 'cart',
  address4: '10.96.0.1',
  address6: '',
  ports: [{ port: 80, targetPort: 8080, name: 'http', protocol: 'http' }],
  selector: { app: 'cart' },
}
const pod = (name: string, change: Partial<Workload> = {}): Workload => ({
  ...workloadDefaults,
  uid: `node1/shop/${name}/u`,
  namespace: 'shop',
  name,
  serviceAccount: 'cart',
  labels: { app: 'cart', pod: name },
  node: 'node1',
  address: `10.0.0.${name.length}`,
  hbonePort: 15008,
  ports: [],
  networkMode: 'own',
  cgroupPath: '',
  netnsPath: '',
  allowPlaintext: false,
  publishPort: 0,
  state: 'ready',
  ...change,
})
const written = (address: string, change: Partial<ServiceEndpoint> = {}): ServiceEndpoint => ({
  address,
  port: 5432,
  portName: 'http',
  state: 'ready',
  node: '',
  region: '',
  zone: '',
  ...change,
})

function endpoints(service: Service, pods: readonly Workload[], node = 'node1') {
  const index = TopologyIndex.of({
    ...noResources,
    Service: new Map([['shop/cart', service]]),
    Workload: new Map(pods.map((one) => [one.uid, one])),
  })
  const identityOf = (workload: Workload): string => `spiffe://td/ns/shop/sa/${workload.serviceAccount}`
  return serviceEndpoints(service, service.ports[0]!, { index, node, identityOf })
}

const weights = (service: Service, pods: readonly Workload[], node?: string) =>
  Object.fromEntries(
    endpoints(service, pods, node).map(({ workload, address, weight }) => [workload.split('/')[2] ?? address, weight]),
  )

test('serviceEndpoints() gives work to those that end only when nobody is ready', () => {
  const ending = pod('aa', { state: 'terminating' })
  const gone = pod('bbb', { state: 'draining' })
  const late = pod('cccc', { state: 'starting' })

  expect(weights(cart, [pod('a'), ending, gone, late])).toEqual({ a: 1, aa: 0, bbb: 0, cccc: 0 })
  expect(weights(cart, [ending, gone, late])).toEqual({ aa: 1, bbb: 0, cccc: 0 })
  expect(weights({ ...cart, publishNotReady: true }, [pod('a'), late])).toEqual({ a: 1, cccc: 1 })
})

test('serviceEndpoints() finds a named port where each pod has it, and leaves out pods without', () => {
  const named: Service = { ...cart, ports: [{ ...cart.ports[0]!, targetPort: 'web' }] }
  const at = (port: number) => ({ ports: [{ port, protocol: 'detect' as const, name: 'web' }] })

  const found = endpoints(named, [pod('a', at(8080)), pod('bb', at(9090)), pod('ccc')])

  expect(found.map(({ address, port }) => `${address}:${port}`)).toEqual(['10.0.0.1:8080', '10.0.0.2:9090'])
})

test('serviceEndpoints() reaches pods outside the mesh in plaintext, and those in it by their identity', () => {
  const [inside, outside] = endpoints(cart, [pod('a'), pod('bb', { hbonePort: 0 })])

  expect([inside!.identity, inside!.hbonePort]).toEqual(['spiffe://td/ns/shop/sa/cart', 15008])
  expect([outside!.identity, outside!.hbonePort, outside!.address]).toEqual(['', 0, '10.0.0.2'])
})

test('serviceEndpoints() takes what was written down for a pod as that pod, anything else as outside', () => {
  const byHand: Service = {
    ...cart,
    selector: {},
    endpoints: [
      written('10.0.0.1'),
      written('10.0.0.1', { portName: 'admin' }),
      written('192.0.2.7', { zone: 'b' }),
      written('192.0.2.8', { state: 'terminating' }),
    ],
  }

  const [own, foreign, ending, ...rest] = endpoints(byHand, [pod('a')])

  expect(own).toMatchObject({ workload: 'node1/shop/a/u', port: 5432, hbonePort: 15008, weight: 1 })
  expect(foreign).toMatchObject({
    workload: '',
    address: '192.0.2.7',
    hbonePort: 0,
    weight: 1,
    locality: { zone: 'b' },
  })
  expect(ending).toMatchObject({ address: '192.0.2.8', weight: 0 })
  expect(rest, 'that of another port').toEqual([])
})

test('serviceEndpoints() counts a pod once that is selected and written down', () => {
  const twice: Service = { ...cart, endpoints: [written('10.0.0.1', { port: 8080 })] }

  expect(endpoints(twice, [pod('a')])).toHaveLength(1)
})

test('serviceEndpoints() does not take a program on the network of a node for the owner of the address', () => {
  const onHost = pod('a', { networkMode: 'shared', hbonePort: 0, address: '198.18.0.1', labels: {} })
  const other: Service = { ...cart, selector: {}, endpoints: [written('198.18.0.1')] }

  expect(endpoints(other, [onHost])).toMatchObject([{ workload: '', address: '198.18.0.1' }])
})

test('serviceEndpoints() stays on the node of the client where it is told to', () => {
  const pods = [pod('a'), pod('bb', { node: 'node2' })]
  const priorities = endpoints({ ...cart, distribution: 'node' }, pods, 'node2').map(({ priority }) => priority)

  expect(priorities).toEqual([1, 0])
  expect(weights({ ...cart, distribution: 'onlyNode' }, pods, 'node2')).toEqual({ bb: 1 })
  expect(weights({ ...cart, distribution: 'onlyNode' }, pods, 'node3')).toEqual({})
})

test('policyOf() lets one client stay with one endpoint where the service asks for it and no policy says otherwise', () => {
  const sticky = { ...cart, isSticky: true }
  const own = { ...policyOf(cart, undefined), name: 'own' }

  expect(policyOf(sticky, undefined)).toMatchObject({ balancer: 'Maglev', hashKeys: [{ type: 'source' }] })
  expect(policyOf(sticky, own)).toBe(own)
  expect(policyOf(cart, undefined).balancer).toBe('PeakEwma')
})
