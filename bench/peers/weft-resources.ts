import { readFileSync } from 'node:fs'
import { host, prefixes, type IdentityFiles, type Layout } from './peer.ts'

type Resource = Readonly<Record<string, unknown>>

const appProtocols = {
  http1: 'http',
  http2: 'kubernetes.io/h2c',
  grpc: 'grpc',
  tcp: 'tcp',
  'tcp-source': 'tcp',
} as const

type Role = 'hop' | 'client' | 'server'

/** The file of `weft proxy -f`: documents of JSON, which are YAML as well. */
export function weftResources(layout: Layout, role: Role): string {
  const isTcp = layout.entry.startsWith('tcp')
  const secrets = role === 'hop' ? [] : secretsOf(layout, role)
  return [gateway(layout, role, isTcp), isTcp ? tcpRoute : httpRoute, origin(layout, role), policy, ...secrets]
    .map((resource) => `${JSON.stringify(resource, null, 2)}\n`)
    .join('---\n')
}

const target = { group: 'weft.dev', kind: 'ExternalService', name: 'origin' }
const backendRefs = [{ ...target, port: 80 }]
const parentRefs = [{ name: 'edge', sectionName: 'entry' }]
const caCertificateRefs = [{ kind: 'Secret', name: 'roots' }]

function gateway(layout: Layout, role: Role, isTcp: boolean): Resource {
  const entry =
    role === 'server'
      ? {
          protocol: 'HBONE',
          port: layout.innerPort,
          tls: { certificateRefs: [{ name: 'own' }], frontendValidation: { caCertificateRefs } },
        }
      : { protocol: isTcp ? 'TCP' : 'HTTP', port: layout.entryPort }
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge' },
    spec: { gatewayClassName: 'weft', listeners: [{ name: 'entry', ...entry }] },
  }
}

const httpRoute: Resource = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'bench' },
  spec: {
    parentRefs,
    hostnames: [host],
    rules: prefixes.map((value) => ({ matches: [{ path: { type: 'PathPrefix', value } }], backendRefs })),
  },
}

const tcpRoute: Resource = {
  apiVersion: 'gateway.networking.k8s.io/v1alpha2',
  kind: 'TCPRoute',
  metadata: { name: 'bench' },
  spec: { parentRefs, rules: [{ backendRefs }] },
}

function origin(layout: Layout, role: Role): Resource {
  const tls = { hostname: layout.trust.serverName, caCertificateRefs, certificateRef: { name: 'own' } }
  const tunnel = { protocol: 'HBONE', address: '127.0.0.1', port: layout.innerPort, tls }
  return {
    apiVersion: 'weft.dev/v1alpha1',
    kind: 'ExternalService',
    metadata: { name: 'origin' },
    spec: {
      ports: [{ port: 80, appProtocol: appProtocols[layout.entry] }],
      endpoints: layout.originPorts.map((port) => ({ address: '127.0.0.1', port })),
      ...(role === 'client' ? { tunnel } : {}),
    },
  }
}

function secretsOf({ trust }: Layout, role: 'client' | 'server'): Resource[] {
  const own: IdentityFiles = trust[role]
  const text = (path: string): string => readFileSync(path, 'utf8')
  return [
    secret('own', { 'tls.crt': text(own.chain), 'tls.key': text(own.key) }),
    secret('roots', { 'ca.crt': text(trust.roots) }),
  ]
}

const secret = (name: string, stringData: Readonly<Record<string, string>>): Resource => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  stringData,
})

const policy: Resource = {
  apiVersion: 'weft.dev/v1alpha1',
  kind: 'TrafficPolicy',
  metadata: { name: 'origin' },
  spec: { targetRefs: [target], loadBalancer: { type: 'PeakEwma' } },
}
