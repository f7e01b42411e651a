import type { KubernetesObject } from '@weft/kubernetes'
import {
  formatProblem,
  readStoredRoute,
  type Resource,
  ResourceProblems,
  type ServiceResource,
  validateResource,
} from '@weft/resources'

/** An object of the API as a resource of ours, or what keeps it from being one; a policy has a stand-in then. */
export type ReadObject =
  | { readonly resource: Resource | null; readonly problem: string }
  /** Nothing that concerns the mesh: a route of gateways alone. */
  | null

const ROUTE_KINDS = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute']

type Spec = Readonly<Record<string, unknown>>
type WithSpec = KubernetesObject & { readonly spec?: Spec }

/**
 * Reads an object as `weft apply` would read it from a file. It may have been stored before anything checked it, and by
 * anyone: what is wrong is told in words, and is no reason for anything else to fail. A route is taken as far as it can be;
 * its status says of the rest.
 */
export function readObject(object: KubernetesObject): ReadObject {
  if (object.kind === 'Service') return { resource: readService(object), problem: '' }
  const meant = { ...object, metadata: metadataOf(object) }
  if (ROUTE_KINDS.includes(object.kind ?? '')) {
    const resource = readStoredRoute(meant)
    return resource === null ? null : { resource, problem: '' }
  }
  try {
    return { resource: validateResource(meant, nameOf(object)), problem: '' }
  } catch (error) {
    if (!(error instanceof ResourceProblems)) throw error
    // The name of the object is known to whoever reads its status.
    const problem = error.problems.map((one) => formatProblem({ ...one, source: '' })).join('; ')
    const standIn = object.kind === 'AuthorizationPolicy' ? refusalFor(object) : null
    return { resource: standIn, problem: problem.replaceAll('\n', ' ') }
  }
}

/**
 * What an AuthorizationPolicy that cannot be read has for effect, since without any it would let in what it was made against:
 * an ALLOW admits nobody, all others deny everything, for the workloads that it chose as far as that can be read, else for all
 * of its namespace.
 */
function refusalFor(object: WithSpec): Resource | null {
  const { action, selector, targetRefs } = object.spec ?? {}
  const effect = action === 'ALLOW' ? { action } : { action: 'DENY', rules: [{}] }
  const chosen = {
    ...effect,
    ...(selector !== undefined && { selector }),
    ...(targetRefs !== undefined && { targetRefs }),
  }
  return tryRead(object, chosen) ?? tryRead(object, effect)
}

function tryRead(object: KubernetesObject, spec: object): Resource | null {
  try {
    return validateResource({ ...object, metadata: metadataOf(object), spec }, nameOf(object))
  } catch (error) {
    if (!(error instanceof ResourceProblems)) throw error
    return null
  }
}

/** What is applied: the fields that a person gave, and nothing that the store sets. */
export function objectOf(resource: Resource, apiVersion: string): KubernetesObject {
  const { kind, metadata, spec } = resource
  const { name, namespace, labels, annotations } = metadata
  const given = { name, namespace, ...(labels && { labels }), ...(annotations && { annotations }) }
  return {
    apiVersion,
    kind,
    metadata: given,
    spec: kind === 'Service' ? withProtocols(spec) : spec,
  } as KubernetesObject
}

function metadataOf({ metadata }: KubernetesObject): object {
  const { name, namespace, labels, annotations, generation, resourceVersion, creationTimestamp } = metadata
  const all = { name, namespace, labels, annotations, generation, resourceVersion, creationTimestamp }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

interface CorePort {
  readonly name?: string
  readonly port: number
  readonly targetPort?: number | string
  readonly protocol?: string
  readonly appProtocol?: string
}

/**
 * A Service as resources have it: the API server has checked it, and has more kinds of them than can be applied here.
 * What these have no word for is left out; discovery reads Services by itself (kubernetes/).
 */
function readService(object: WithSpec): ServiceResource {
  const {
    selector,
    ports = [],
    type,
  } = (object.spec ?? {}) as {
    selector?: Record<string, string>
    ports?: readonly CorePort[]
    type?: string
  }
  const read = ports.map(({ name, port, targetPort, protocol, appProtocol }) => ({
    ...(name === undefined ? {} : { name }),
    port,
    ...(targetPort === undefined || targetPort === port ? {} : { targetPort }),
    ...(protocol === undefined || protocol === 'TCP' ? {} : { protocol }),
    ...(appProtocol === undefined ? {} : { appProtocol }),
  }))
  const spec = {
    ...(selector === undefined ? {} : { selector }),
    ports: read,
    ...(type === undefined || type === 'ClusterIP' ? {} : { type }),
  }
  return { apiVersion: 'v1', kind: 'Service', metadata: metadataOf(object), spec } as unknown as ServiceResource
}

/** The key of a port is its number and protocol, so server-side apply wants both. */
function withProtocols(spec: object): object {
  const { ports } = spec as { ports: readonly object[] }
  return { ...spec, ports: ports.map((port) => ({ protocol: 'TCP', ...port })) }
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind ?? ''}/${metadata.namespace ?? ''}/${metadata.name}`
}
