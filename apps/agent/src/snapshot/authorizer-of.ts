import { Authorizer } from '@weft/authz'
import type { Service, Workload } from '@weft/topology'
import type { AuthorizationPolicy } from '@weft/traffic'

/** What of a workload an {@link authorizerOf} depends on, besides the workload and the policies. */
export function allowsPlaintext(workload: Workload, port: number): boolean {
  return workload.allowPlaintext || workload.plaintextPorts.includes(port)
}

/**
 * The policies that govern a port of a workload, compiled: the one way in which this agent asks them, at its own listeners
 * and for what the kernel lets by. `services` are those whose selector finds the workload.
 */
export function authorizerOf(
  policies: readonly AuthorizationPolicy[],
  workload: Workload,
  port: number,
  services: readonly Service[],
): Authorizer {
  return new Authorizer(policies, {
    namespace: workload.namespace,
    labels: workload.labels,
    services: services.map((service) => service.name),
    allowPlaintext: allowsPlaintext(workload, port),
  })
}
