import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeMessage, weft } from '@weft/proto'
import { type Service, serviceDefaults, type Workload, workloadDefaults } from '@weft/topology'
import { defaultTrafficPolicy } from '@weft/traffic'
import { modelResource, resourceKinds, type ResourceKind } from '../kinds.ts'
import { authorizationPolicies, routes, services, trafficPolicies, workloads } from '../testing/arbitraries.ts'
import { decodeModel, encodeModel } from './convert.ts'

const arbitraries = {
  Service: services,
  Workload: workloads,
  Route: routes,
  TrafficPolicy: trafficPolicies,
  AuthorizationPolicy: authorizationPolicies,
}

describe.each(resourceKinds)('%s', (kind: ResourceKind) => {
  test('decodeModel() gives back what encodeModel() was given', () => {
    fc.assert(
      fc.property(arbitraries[kind] as fc.Arbitrary<never>, (value) => {
        const { name } = modelResource(kind, value)
        expect(decodeModel(kind, name, encodeModel(kind, value))).toEqual(value)
      }),
      { numRuns: 60 },
    )
  })

  test('decodeModel() of any prefix or flipped octet gives a value or a Failure that names the resource', () => {
    fc.assert(
      fc.property(arbitraries[kind] as fc.Arbitrary<never>, fc.nat(), fc.nat(255), (value, at, octet) => {
        const { name } = modelResource(kind, value)
        const body = Uint8Array.from(encodeModel(kind, value))
        body[at % body.length] = octet
        for (const candidate of [body, body.subarray(0, at % body.length)]) {
          try {
            decodeModel(kind, name, candidate)
          } catch (error) {
            expect(error).toMatchObject({
              code: 'resource_invalid',
              message: expect.stringContaining(`${kind} ${name}`),
            })
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

const cart: Service = {
  ...serviceDefaults,
  namespace: 'default',
  name: 'cart',
  address4: '198.19.0.1',
  address6: '',
  ports: [{ port: 80, targetPort: 8080, name: 'http', protocol: 'http' }],
  selector: { app: 'cart', tier: 'back' },
}

test('encodeModel() gives the same octets whatever the order of the labels', () => {
  const other = { ...cart, selector: { tier: 'back', app: 'cart' } }

  expect(encodeModel('Service', other)).toEqual(encodeModel('Service', cart))
})

describe('decodeModel() refuses', () => {
  const decode = (message: weft.discovery.v1.Service.$Properties) => () =>
    decodeModel('Service', 'default/cart', encodeMessage(weft.discovery.v1.Service, message))

  test.each([
    [{ ...cart, namespace: '' }, /^Service default\/cart: namespace: found "", expected a name of/],
    [{ ...cart, name: 'Cart' }, /name: found "Cart", expected a name of/],
    [{ ...cart, name: 'other' }, /name: found "default\/other", expected "default\/cart"/],
    [{ ...cart, address4: '10.0.0.300' }, /address4: found "10.0.0.300", expected an IPv4 address or ''/],
    [{ ...cart, address6: '10.0.0.3' }, /address6: found "10.0.0.3", expected an IPv6 address or ''/],
    [
      { ...cart, ports: [{ ...cart.ports[0]!, protocol: 'htp' }] },
      /ports\[0\]\.protocol: found "htp", expected one of detect, http, http2, grpc, tcp, tls/,
    ],
    [
      { ...cart, ports: [{ ...cart.ports[0]!, port: 70000 }] },
      /ports\[0\]\.port: found 70000, expected a whole number/,
    ],
  ])('%j', (message, expected) => {
    expect(decode(message as never)).toThrow(expected)
  })

  test('a field that the schema does not know', () => {
    const body = Buffer.concat([encodeModel('Service', cart), Buffer.from([0xf8, 0x01, 0x01])])

    expect(() => decodeModel('Service', 'default/cart', body)).toThrow(/not a Service message: unknown field/)
  })

  test('a workload without an address', () => {
    const body = encodeMessage(weft.discovery.v1.Workload, {
      uid: 'u',
      namespace: 'n',
      name: 'w',
      serviceAccount: 'd',
      node: 'x',
    })

    expect(() => decodeModel('Workload', 'u', body)).toThrow('Workload u: address: found "", expected an IP address')
  })

  test('a regular expression that is none', () => {
    const path = { type: 'regex', value: '(' }
    const body = encodeMessage(weft.discovery.v1.Route, { service: 'a/b', rules: [{ name: 'r', matches: [{ path }] }] })

    expect(() => decodeModel('Route', 'a/b', body)).toThrow(
      'Route a/b: rules[0].matches[0].path.value: found "(", expected a regular expression',
    )
  })

  test('a traffic policy without its parts', () => {
    const { retry: _, ...rest } = {
      ...defaultTrafficPolicy,
      name: 'TrafficPolicy/a/p',
      service: 'a/b',
      outlier: { ...defaultTrafficPolicy.outlier },
      hashKeys: [],
      subset: { ...defaultTrafficPolicy.subset },
      zone: { ...defaultTrafficPolicy.zone },
      slowStart: { ...defaultTrafficPolicy.slowStart },
    }
    const body = encodeMessage(weft.discovery.v1.TrafficPolicy, rest)

    expect(() => decodeModel('TrafficPolicy', 'a/b', body)).toThrow(
      'TrafficPolicy a/b: retry: found null, expected a message',
    )
  })
})

test('a workload keeps every field', () => {
  const workload: Workload = {
    ...workloadDefaults,
    uid: 'node1/default/cart/x1',
    namespace: 'default',
    name: 'cart-x1',
    serviceAccount: 'cart',
    labels: { app: 'cart' },
    node: 'node1',
    address: '198.18.2.1',
    hbonePort: 15008,
    ports: [{ port: 8080, protocol: 'detect', name: '' }],
    networkMode: 'own',
    cgroupPath: 'weft/node1/workloads/x1',
    netnsPath: '/run/netns/x',
    allowPlaintext: true,
    publishPort: 9000,
    state: 'draining',
  }

  expect(decodeModel('Workload', workload.uid, encodeModel('Workload', workload))).toEqual(workload)
})
