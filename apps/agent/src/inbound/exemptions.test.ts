import { Source } from '@weft/authz'
import type { Probe, Workload } from '@weft/topology'
import { workloadDefaults } from '@weft/topology'
import { expect, test } from 'vitest'
import type { DataPlane } from '../worker/data-plane.ts'
import { type Exemption, Exemptions } from './exemptions.ts'

const NODE = '198.18.65.1'
const ELSEWHERE = '198.18.66.1'
const WEBHOOK_PORT = 9443

const exemptions = new Exemptions({
  probers: new Set([NODE]),
  snapshots: { current: { isWebhookPort: (_: Workload, port: number) => port === WEBHOOK_PORT } },
} as unknown as DataPlane)

const workloadWith = (...probes: Probe[]): Workload => ({
  ...workloadDefaults,
  uid: 'node1/shop/cart/3a4b',
  namespace: 'shop',
  name: 'cart',
  serviceAccount: 'cart',
  labels: {},
  node: 'node1',
  address: '198.18.65.7',
  hbonePort: 15008,
  ports: [],
  networkMode: 'own',
  cgroupPath: '',
  netnsPath: '',
  allowPlaintext: false,
  publishPort: 0,
  state: 'ready',
  probes,
})

function verdict(exemption: Exemption | null, method: string, path: string, port = 8080): string {
  const request = { method, path, header: () => null } as unknown as Parameters<
    Exemption['authorizer']['decideRequest']
  >[2]
  return exemption?.authorizer.decideRequest(new Source(null), port, request).verdict ?? 'none'
}

test('the node may ask what is declared, and nothing else', () => {
  const workload = workloadWith(
    { type: 'http', port: 8080, path: '/ready?deep=1' },
    { type: 'http', port: 8080, path: '/live' },
  )
  const exemption = exemptions.of(workload, 8080, NODE)

  expect(exemption?.isTls).toBe(false)
  expect(verdict(exemption, 'GET', '/ready?deep=1')).toBe('allow')
  expect(verdict(exemption, 'GET', '/live')).toBe('allow')
  expect(verdict(exemption, 'GET', '/')).toBe('deny')
  expect(verdict(exemption, 'GET', '/live/../admin')).toBe('deny')
  expect(verdict(exemption, 'POST', '/live')).toBe('deny')
  expect(exemption?.authorizer.decideTcp(new Source(null), 8080).verdict, 'no octets that are no HTTP').toBe('deny')
  expect(exemptions.of(workload, 8081, NODE)).toBeNull()
  expect(exemptions.of(workload, 8080, ELSEWHERE)).toBeNull()
})

test('health of gRPC is one method', () => {
  const exemption = exemptions.of(workloadWith({ type: 'grpc', port: 8080, path: 'db' }), 8080, NODE)
  expect(verdict(exemption, 'POST', '/grpc.health.v1.Health/Check')).toBe('allow')
  expect(verdict(exemption, 'POST', '/grpc.health.v1.Health/Watch')).toBe('deny')
  expect(verdict(exemption, 'POST', '/shop.Cart/Add')).toBe('deny')
})

test('probes by HTTPS and webhooks are let in as TLS, the latter from anywhere', () => {
  const workload = workloadWith({ type: 'https', port: 8443, path: '/ready' })
  expect(exemptions.of(workload, 8443, NODE)?.isTls).toBe(true)
  expect(exemptions.of(workload, 8443, ELSEWHERE)).toBeNull()
  expect(exemptions.of(workload, WEBHOOK_PORT, ELSEWHERE)?.isTls).toBe(true)
})

test('a probe that only connects is none of ours: the kernel lets it through', () => {
  expect(exemptions.of(workloadWith({ type: 'tcp', port: 5432, path: '' }), 5432, NODE)).toBeNull()
})
