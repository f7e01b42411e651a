import { type EndpointState, PickContext } from '@weft/balancer'
import type { Channel } from '@weft/channel'
import { type Fault, fault, faults } from '@weft/faults'
import { type Connector, isEndpointsFault } from '@weft/layers'
import type { Backend, Caller, Upstream } from '@weft/stack'
import { CountedRelay } from '../worker/counted-relay.ts'
import type { DataPlane } from '../worker/data-plane.ts'

/** A connection to an endpoint, which counts it as in flight until it is given to {@link releaseTcp}. */
export interface OpenedTcp {
  readonly ok: true
  readonly channel: Channel
  readonly backend: Backend
  readonly endpoint: EndpointState<Upstream>
}

const ATTEMPTS_MAX = 5

/**
 * Opens a connection to an endpoint of the backend that the balancer chooses, and to another when that one can't be had.
 *
 * Faults: `no_endpoint`, and the last endpoint's own; one that is not safe to try elsewhere (`denied`) ends it at once.
 */
export async function openTcp(
  plane: DataPlane,
  connector: Connector,
  caller: Caller,
  backend: Backend,
  protocol: 'tcp' | 'detect',
): Promise<OpenedTcp | Fault> {
  const { balancer, service, port, policy } = backend
  const context = new PickContext<Upstream>()
  let last: Fault | null = null
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const startedAtMs = plane.clock.nowMs()
    context.nowMs = startedAtMs
    const endpoint = balancer.pick(context)
    if (endpoint === null || (context.tried.includes(endpoint) && last !== null)) break
    balancer.started(endpoint, startedAtMs)
    const opened = await connector(caller, endpoint.target, protocol, policy.connectTimeoutMs)
    const nowMs = plane.clock.nowMs()
    if (opened.ok) {
      balancer.replied(endpoint, nowMs, nowMs - startedAtMs, true)
      return { ok: true, channel: opened.channel, backend, endpoint }
    }
    if (isEndpointsFault(opened.code)) balancer.finished(endpoint, nowMs, nowMs - startedAtMs, false, 'connect')
    else balancer.abandoned(endpoint, startedAtMs)
    last = opened
    if (faults[opened.code].retry !== 'elsewhere') break
    context.tried.push(endpoint)
  }
  const name = service === '' ? 'the workload' : service
  return last ?? fault('no_endpoint', 'tcp', `Cannot connect to ${name}:${port}: found no ready workload, expected one`)
}

export function releaseTcp(opened: OpenedTcp): void {
  opened.backend.balancer.released(opened.endpoint)
}

/** Joins a client with what was opened for it. */
export function relayTcp(
  plane: DataPlane,
  caller: Caller,
  client: Channel,
  opened: OpenedTcp,
  upstream: Channel,
): void {
  const { backend, endpoint } = opened
  const counter = plane.outboundTable.counter(caller, backend.service, endpoint.target, 'tcp')
  const { idleTimeoutMs } = backend.policy
  // Octets are not requests: a terminal may rest for hours. The policy's timeout is for HTTP connections.
  const relayIdleMs = Math.max(idleTimeoutMs, TCP_IDLE_MS)
  new CountedRelay(plane, 'outbound', client, upstream, relayIdleMs, counter, () => releaseTcp(opened))
}

const TCP_IDLE_MS = 24 * 3_600_000
