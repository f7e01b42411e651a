import type { DataPlane } from './data-plane.ts'

/** What a worker holds, for the admin page; no secret is in it. */
export function dumpOf(plane: DataPlane, listeners: readonly unknown[], externalTunnels: number): unknown {
  const { snapshots, connections, hbone, locals } = plane
  const { revision, policyRevision, resources } = snapshots.current
  return {
    revision,
    policyRevision,
    services: [...resources.Service.values()],
    workloads: [...resources.Workload.values()],
    routes: [...resources.Route.values()],
    externalServices: [...resources.ExternalService.keys()],
    gatewayPorts: [...resources.GatewayPort.keys()],
    trafficPolicies: [...resources.TrafficPolicy.values()],
    authorizationPolicies: [...resources.AuthorizationPolicy.values()],
    // Without the secrets of the explicit proxy.
    local: [...locals.all()].map(({ uid, cgroupId, netnsPath }) => ({ uid, cgroupId: String(cgroupId), netnsPath })),
    backends: snapshots.describeBackends(),
    pools: { outbound: plane.outboundPools.describe(), applications: plane.applicationPools.describe() },
    listeners,
    connectionsOpen: connections.count,
    connections: connections.describe(),
    tunnels: hbone.describe(),
    connectionsAccepted: plane.admission.open,
    http2LimitsHit: {
      clients: plane.http2Counters,
      upstreams: plane.outboundPools.http2Counters,
      tunnels: plane.hboneOptions.counters,
    },
    tunnelConnections: hbone.connectionCount + externalTunnels,
  }
}
