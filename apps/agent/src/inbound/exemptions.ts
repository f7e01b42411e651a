import { Authorizer } from '@weft/authz'
import type { Probe, Workload } from '@weft/topology'
import type { AuthorizationPolicy, OperationMatch } from '@weft/traffic'
import type { DataPlane } from '../worker/data-plane.ts'

const HEALTH_SERVICE = '/grpc.health.v1.Health/'

/** What lets a connection in that proves no identity and that no policy admits. */
export interface Exemption {
  /** Decides instead of the policies. */
  readonly authorizer: Authorizer
  /** Only as TLS, which is the workload's own. */
  readonly isTls: boolean
}

/**
 * Callers that are part of running a workload and know of no mesh: the node, which asks exactly what the workload declared as
 * probes, and the API server, which calls webhooks by TLS of the workload's own. Everything else is for policies.
 *
 * A probe that only connects is let through by the kernel (`sklookup_pod`), which alone can answer as the program would.
 */
export class Exemptions {
  readonly #plane: DataPlane
  readonly #known = new WeakMap<Workload, Map<string, Exemption>>()

  constructor(plane: DataPlane) {
    this.#plane = plane
  }

  /** Null: there is none for this connection. */
  of(workload: Workload, port: number, remoteAddress: string): Exemption | null {
    const probes = this.#plane.probers.has(remoteAddress) ? workload.probes.filter((probe) => probe.port === port) : []
    const isAsked = probes.some(({ type }) => type === 'http' || type === 'grpc')
    if (isAsked) return this.#keep(workload, `probe ${port}`, () => ({ authorizer: admitting(probes), isTls: false }))
    const isTls =
      probes.some(({ type }) => type === 'https') || this.#plane.snapshots.current.isWebhookPort(workload, port)
    return isTls ? this.#keep(workload, 'tls', () => ({ authorizer: admittingAll(), isTls: true })) : null
  }

  #keep(workload: Workload, key: string, make: () => Exemption): Exemption {
    const ofWorkload = this.#known.get(workload) ?? new Map<string, Exemption>()
    this.#known.set(workload, ofWorkload)
    const known = ofWorkload.get(key) ?? make()
    ofWorkload.set(key, known)
    return known
  }
}

/** Admits what the node asks by these probes, and nothing else. */
function admitting(probes: readonly Probe[]): Authorizer {
  return authorizerOf(probes.flatMap(({ type, path }) => operationOf(type, path)))
}

/** Source: Kubernetes, kubelet probes: GET of the path; grpc.health.v1 Check. */
function operationOf(type: Probe['type'], path: string): OperationMatch[] {
  const none = { ports: [], headers: [] }
  const exact = (value: string): OperationMatch['paths'] => [{ type: 'exact', value }]
  if (type === 'http') return [{ ...none, methods: ['GET'], paths: exact(path.split('?')[0]!) }]
  if (type === 'grpc') return [{ ...none, methods: ['POST'], paths: exact(`${HEALTH_SERVICE}Check`) }]
  return []
}

function admittingAll(): Authorizer {
  return authorizerOf([])
}

function authorizerOf(to: readonly OperationMatch[]): Authorizer {
  const from = [{ identities: [], namespaces: [], notIdentities: [], notNamespaces: [], unauthenticated: true }]
  const policy: AuthorizationPolicy = {
    name: 'exemption',
    namespace: '',
    action: 'ALLOW',
    selector: {},
    services: [],
    rules: [{ from, to }],
  }
  return new Authorizer([policy], { namespace: '', labels: {}, services: [], allowPlaintext: false })
}
