import { deltaHandler, deltaMethod, type DeltaSubscription } from '@weft/discovery'
import { Failure } from '@weft/faults'
import { formatMeshIdentity, parseMeshIdentity, parseWorkloadIdentity, type MeshRole } from '@weft/identity'
import type { weft } from '@weft/proto'
import {
  discoveryService,
  replicasService,
  requirePeerIdentity,
  serve,
  type IncomingCall,
  type ServedService,
} from '@weft/rpc'
import type { Clock } from '@weft/time'
import type { Mesh } from '../mesh.ts'
import type { ReplicaFeed } from '../replicas/replica-feed.ts'
import type { TrafficWindow } from '../traffic/traffic-window.ts'

const COUNTS_PER_REPORT_MAX = 20_000

/** Who may ask for what: a node for itself, the policy service for policies, the CA about identities. */
export class DiscoveryAccess {
  readonly #trustDomain: string
  readonly #callers = new WeakMap<DeltaSubscription, MeshRole>()

  constructor(trustDomain: string) {
    this.#trustDomain = trustDomain
  }

  /** The caller's role in this mesh. Faults: `unauthenticated`; Failure `denied` for a workload or a foreign trust domain. */
  roleOf(call: IncomingCall): MeshRole {
    const identity = requirePeerIdentity(call)
    const parsed = parseMeshIdentity(identity)
    if (parsed?.trustDomain === this.#trustDomain) return parsed.role
    throw new Failure('denied', `${call.path}: found ${identity}, expected a part of the mesh ${this.#trustDomain}`)
  }

  opened(subscription: DeltaSubscription, call: IncomingCall): void {
    this.#callers.set(subscription, this.roleOf(call))
  }

  /** Faults: Failure `denied` when the subscriber says that it is another, or asks for what is not its business. */
  hello(subscription: DeltaSubscription): void {
    const role = this.#callers.get(subscription)
    const isNode = role === `node/${subscription.node}`
    const isPolicy = role === 'policy' && subscription.node === 'policy' && !subscription.kinds.has('Workload')
    if (isNode || isPolicy) return
    throw new Failure(
      'denied',
      `Hello.node: found ${JSON.stringify(subscription.node)} from ${role}, expected the name in its certificate`,
    )
  }
}

/** weft.discovery.v1.Discovery */
export function discoveryServiceOf(
  mesh: Mesh,
  traffic: TrafficWindow,
  feed: ReplicaFeed,
  access: DiscoveryAccess,
  trustDomain: string,
  clock: Clock,
): ServedService[] {
  const { report, checkIdentity } = discoveryService
  return [
    serve(
      { subscribe: deltaMethod(discoveryService.subscribe) },
      { subscribe: deltaHandler(mesh.delta, (subscription, call) => access.opened(subscription, call)) },
    ),
    serve(
      { report, checkIdentity },
      {
        report: async (requests, call) => {
          const role = access.roleOf(call)
          for await (const request of requests) {
            record(request, role, traffic, clock)
            feed.traffic(request)
          }
          return {}
        },
        checkIdentity: async (request, call) => {
          const role = access.roleOf(call)
          if (role !== 'ca')
            throw new Failure(
              'denied',
              `CheckIdentity: found ${role}, expected ${formatMeshIdentity(trustDomain, 'ca')}`,
            )
          const identity = parseWorkloadIdentity(request.identity)
          if (identity === null || identity.trustDomain !== trustDomain) return { registered: false }
          return { registered: mesh.registry.mayHold(request.node, identity.namespace, identity.serviceAccount) }
        },
      },
    ),
    serve(replicasService, {
      follow: async (_requests, replies, call) => {
        const role = access.roleOf(call)
        if (role === 'control-plane') return feed.serve(replies, call.signal)
        throw new Failure(
          'denied',
          `Follow: found ${role}, expected ${formatMeshIdentity(trustDomain, 'control-plane')}`,
        )
      },
    }),
  ]
}

function record(report: weft.discovery.v1.TrafficReport, role: MeshRole, traffic: TrafficWindow, clock: Clock): void {
  if (role !== `node/${report.node}`) {
    throw new Failure(
      'denied',
      `TrafficReport.node: found ${JSON.stringify(report.node)} from ${role}, expected the name in its certificate`,
    )
  }
  if (report.counts.length > COUNTS_PER_REPORT_MAX) {
    throw new Failure(
      'malformed',
      `TrafficReport.counts: found ${report.counts.length}, expected at most ${COUNTS_PER_REPORT_MAX}`,
    )
  }
  traffic.record(report.node, report.counts as weft.discovery.v1.TrafficCount[], clock.nowMs())
}
