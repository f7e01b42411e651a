import { nearest } from '@weft/config'
import { referenced, type Resource, type RouteStatus } from '@weft/resources'
import type { Service } from '@weft/topology'

/** What a reference may name of a service. */
interface Reference {
  readonly kind?: string
  readonly name: string
  readonly namespace?: string
  readonly port?: number
  readonly sectionName?: string
}

type Ports = readonly Pick<Service['ports'][number], 'port' | 'name'>[]
/** Services by `namespace/name`, with what can be referred to. */
export type KnownServices = ReadonlyMap<string, { readonly ports: Ports }>

/**
 * What a resource refers to and is not there. No reason to refuse it, since services come with their first workload; but
 * until then, or for ever when the name is mistyped, it does not do what it says.
 */
export function referenceWarnings(resource: Resource, services: KnownServices): string[] {
  const { namespace } = resource.metadata
  const warnings: string[] = []
  const check = (path: string, reference: Reference, effect: string, isServiceByDefault: boolean): void => {
    if ((reference.kind ?? (isServiceByDefault ? 'Service' : '')) !== 'Service') return
    const missing = missingPart(reference, referenced(reference, namespace), services)
    if (missing !== '') warnings.push(`${path}: ${missing}; ${effect}`)
  }
  switch (resource.kind) {
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TCPRoute':
    case 'TLSRoute':
      resource.spec.parentRefs.forEach((ref, index) =>
        check(`spec.parentRefs[${index}]`, ref, 'the route has no effect there until there is', false),
      )
      ;(resource.spec.rules ?? []).forEach(({ backendRefs }, rule) =>
        backendRefs?.forEach((ref, index) => {
          const effect = `its share of ${resource.kind === 'HTTPRoute' ? 'requests is answered 500' : 'calls fails'} until there is`
          if (ref.weight !== 0) check(`spec.rules[${rule}].backendRefs[${index}]`, ref, effect, true)
        }),
      )
      break
    case 'TrafficPolicy':
    case 'AuthorizationPolicy':
      resource.spec.targetRefs?.forEach((ref, index) =>
        check(`spec.targetRefs[${index}]`, ref, 'the policy has no effect there until there is', true),
      )
      break
    case 'Service':
    case 'ReferenceGrant':
      break
  }
  return warnings
}

/** Why a route that was compiled is not in force as it stands, but for what {@link referenceWarnings} tells already. */
export function statusWarnings(status: RouteStatus | undefined): string[] {
  const told = ['NoMatchingParent', 'BackendNotFound']
  return (status?.parents ?? []).flatMap(({ parentRef, conditions }) =>
    conditions
      .filter((condition) => condition.status === 'False' && !told.includes(condition.reason))
      .map(({ reason, message }) => `at service ${parentRef.name}: ${reason}: ${message}`),
  )
}

function missingPart({ port, sectionName }: Reference, key: string, services: KnownServices): string {
  const service = services.get(key)
  if (service === undefined) return `there is no service ${key}${nearest(key, [...services.keys()])}`
  const { ports } = service
  if (port !== undefined && !ports.some((one) => one.port === port)) {
    return `service ${key} has no port ${port}, but ${ports.map((one) => one.port).join(', ') || 'none at all'}`
  }
  if (sectionName !== undefined && !ports.some((one) => one.name === sectionName)) {
    const names = ports.flatMap((one) => (one.name === '' ? [] : [one.name]))
    return `service ${key} has no port named ${sectionName}, but ${names.join(', ') || 'none with a name'}`
  }
  return ''
}
