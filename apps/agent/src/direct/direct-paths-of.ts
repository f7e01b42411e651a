import type { ResourceSet } from '@weft/discovery'
import { formatWorkloadIdentity } from '@weft/identity'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { Workload } from '@weft/topology'
import type { Capture } from '../capture/capture.ts'
import { NodeCapture } from '../capture/node-capture.ts'
import type { AgentConfig } from '../config.ts'
import type { MeshView } from '../discovery/mesh-view.ts'
import type { WorkloadEnrolment } from '../enrolment/enrolment.ts'
import type { WorkloadIdentities } from '../identity/workload-identities.ts'
import type { TrafficCountData } from '../worker/messages.ts'
import type { DataPlaneState } from '../workers/data-plane-state.ts'
import { directConfigured, directLocals } from './direct-inputs.ts'
import { DirectPaths } from './direct-paths.ts'

export interface DirectParts {
  readonly capture: Capture
  readonly set: ResourceSet
  readonly view: MeshView
  readonly state: DataPlaneState
  readonly enrolment: WorkloadEnrolment
  readonly identities: WorkloadIdentities
  readonly onTraffic: (counts: readonly TrafficCountData[]) => void
}

/** The way without the agent, of this agent's parts. */
export function directPathsOf(config: AgentConfig, parts: DirectParts, clock: Clock, log: Logger): DirectPaths {
  const { node, trustDomain, outboundPort, inboundPort, hbonePort, dnsPort } = config
  const { capture, set, view, state, enrolment, identities, onTraffic } = parts
  const identityOf = ({ namespace, serviceAccount }: Workload): string =>
    formatWorkloadIdentity({ trustDomain, namespace, serviceAccount })
  return new DirectPaths(
    { node, trustDomain, agentPorts: [outboundPort, inboundPort, hbonePort, dnsPort], off: whyOff(config) },
    {
      path: () => (capture instanceof NodeCapture ? capture.direct : null),
      // Not before the policies have been told: none would allow everything.
      configured: () => (set.revision > 0 && set.policyRevision > 0 ? directConfigured(set, view.index) : null),
      local: () => directLocals(state.local, enrolment.states(), identityOf, identities.expiries(), clock.wallMs()),
      onTraffic,
    },
    clock,
    log,
  )
}

function whyOff({ directPath, accessLog }: AgentConfig): string {
  if (directPath === 'off') return '--direct-path off asks for it'
  return accessLog ? '--access-log asks for a line of each connection' : ''
}
