import {
  compileExternalService,
  compileGateways,
  compileTrafficPolicy,
  type FindPem,
  type ProxyResource,
} from '@weft/resources'
import { externalServiceKey } from '@weft/topology'
import type { ResourceUpsert } from '../worker/messages.ts'

/** The resources of a file as workers take them, by the same compilers that a control plane uses. */
export function compileProxy(
  resources: readonly ProxyResource[],
  bindHosts: readonly string[],
  findPem: FindPem,
): ResourceUpsert[] {
  const policies = resources.filter((resource) => resource.kind === 'TrafficPolicy')
  const externals = new Map(
    resources
      .filter((resource) => resource.kind === 'ExternalService')
      .map((resource) => compileExternalService(resource, findPem))
      .map((service) => [externalServiceKey(service.namespace, service.name), service] as const),
  )
  const ports = compileGateways({
    gateways: resources.filter((resource) => resource.kind === 'Gateway'),
    httpRoutes: resources.filter((resource) => resource.kind === 'HTTPRoute'),
    relayRoutes: resources.filter((resource) => resource.kind === 'TCPRoute' || resource.kind === 'TLSRoute'),
    bindHosts,
    findBackend: (key) => externals.get(key),
    findPem,
  })
  return [
    ...[...externals].map(([name, value]) => ({ kind: 'ExternalService', name, value }) as const),
    ...[...externals.values()].flatMap((service) => {
      const value = compileTrafficPolicy(service, policies, 'ExternalService')
      return value === null ? [] : [{ kind: 'TrafficPolicy', name: value.service, value } as const]
    }),
    ...ports.map((value) => ({ kind: 'GatewayPort', name: value.name, value }) as const),
  ]
}
