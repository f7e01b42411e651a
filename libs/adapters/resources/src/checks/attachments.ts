import { nearest } from '@weft/config'
import { externalServiceKey } from '@weft/topology'
import { isAllowed, namesOf, refersTo, takesRoute } from '../compile/gateway.ts'
import type { GatewayResource, HttpRouteResource, RelayRouteResource } from '../resource.ts'
import { externalProtocolOf } from '../schemas/external-service.ts'
import type { ListenerSpec } from '../schemas/gateway.ts'
import type { BackendRef, ParentRef } from '../schemas/references.ts'
import type { JointCheck, Path } from './together.ts'

type Route = HttpRouteResource | RelayRouteResource

/** Every parent of a route is a listener that takes it, every backend a port that exists and speaks what is sent. */
export function checkAttachments(check: JointCheck, route: Route): void {
  route.spec.parentRefs.forEach((ref, index) => checkParent(check, route, ref, ['spec', 'parentRefs', index]))
  route.spec.rules.forEach(({ backendRefs }, rule) =>
    backendRefs?.forEach((ref, index) =>
      checkBackend(check, route, ref, ['spec', 'rules', rule, 'backendRefs', index]),
    ),
  )
}

function checkParent(check: JointCheck, route: Route, ref: ParentRef, path: Path): void {
  const namespace = ref.namespace ?? route.metadata.namespace
  const gateway = check.gateways.find(({ metadata }) => metadata.name === ref.name && metadata.namespace === namespace)
  if (gateway === undefined) {
    const names = check.gateways.map(({ metadata }) => metadata.name)
    const found = `found ${JSON.stringify(ref.name)}${nearest(ref.name, names)}, which is not in the file`
    return check.refuse(route, [...path, 'name'], `${found}, expected a Gateway of namespace ${namespace}`)
  }
  const meant = gateway.spec.listeners.filter((listener) => refersTo(ref, route.metadata.namespace, gateway, listener))
  if (meant.length === 0) return refuseSection(check, route, ref, gateway, path)
  const trouble = meant.map((listener) => troubleOf(route, gateway, listener))
  if (trouble.every((one) => one !== null)) check.refuse(route, path, trouble[0]!)
}

function refuseSection(check: JointCheck, route: Route, ref: ParentRef, gateway: GatewayResource, path: Path): void {
  const listeners = gateway.spec.listeners.map(({ name, port }) => `${name} (${port})`).join(', ')
  const field = ref.sectionName === undefined ? 'port' : 'sectionName'
  check.refuse(
    route,
    [...path, field],
    `found ${JSON.stringify(ref[field])}, expected a listener of ${ref.name}: ${listeners}`,
  )
}

/** Why a listener does not take a route; null when it does. */
function troubleOf(route: Route, gateway: GatewayResource, listener: ListenerSpec): string | null {
  const name = `listener ${gateway.metadata.name}/${listener.name}`
  if (!isAllowed(gateway, listener, route.metadata.namespace)) {
    return `found ${name} of another namespace, expected one with allowedRoutes.namespaces.from: All`
  }
  if (!takesRoute(listener, route.kind)) {
    const mode = listener.tls?.mode === undefined ? '' : ` in mode ${listener.tls.mode}`
    return `found ${name} of protocol ${listener.protocol}${mode}, which takes no ${route.kind}: expected one that does`
  }
  if (namesOf(listener, route.spec.hostnames).length > 0) return null
  return `found ${name} for ${listener.hostname ?? ''}, which has no host name in common with the route: expected one`
}

function checkBackend(check: JointCheck, route: Route, ref: BackendRef, path: Path): void {
  const namespace = ref.namespace ?? route.metadata.namespace
  const service = check.externals.get(externalServiceKey(namespace, ref.name))
  if (service === undefined) {
    const names = [...check.externals.values()].map(({ metadata }) => metadata.name)
    const found = `found ${JSON.stringify(ref.name)}${nearest(ref.name, names)}, which is not in the file`
    return check.refuse(route, [...path, 'name'], `${found}, expected an ExternalService of namespace ${namespace}`)
  }
  const port = service.spec.ports.find((candidate) => candidate.port === ref.port)
  if (port === undefined) {
    const ports = service.spec.ports.map((candidate) => candidate.port).join(', ')
    return check.refuse(route, [...path, 'port'], `found ${ref.port}, expected a port of ${ref.name}: ${ports}`)
  }
  if (route.kind !== 'HTTPRoute' || externalProtocolOf[port.appProtocol ?? 'tcp'] !== 'tcp') return
  const found = port.appProtocol === undefined ? 'no appProtocol, which means tcp' : `appProtocol ${port.appProtocol}`
  const expected = 'expected http, https, kubernetes.io/h2c or grpc for an HTTPRoute'
  check.refuse(route, [...path, 'port'], `found port ${ref.port} of ${ref.name} with ${found}, ${expected}`)
}
