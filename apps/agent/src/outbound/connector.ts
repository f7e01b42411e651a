import { formatAddress } from '@weft/channel'
import { type Fault, fault } from '@weft/faults'
import type { HboneClient } from '@weft/hbone'
import type { Connector, Protocol } from '@weft/layers'
import { HeaderList } from '@weft/message'
import type { TlsContexts } from '@weft/mtls'
import type { Caller } from '@weft/stack'
import type { NetworkNamespaces } from '../worker/network-namespaces.ts'

/** The certificates at hand, by identity. */
type Svids = Pick<TlsContexts, 'svidOf'>

/** Says what flows in a tunnel; between our own agents. `detect`: tried before the client has said what it speaks. */
export const PROTOCOL_HEADER = 'weft-protocol'

/** Reaches workloads by one way, endpoints of ExternalServices by the other. */
export function eitherConnector(mesh: Connector, external: Connector): Connector {
  return (caller, upstream, protocol, connectTimeoutMs) =>
    (upstream.external === null ? mesh : external)(caller, upstream, protocol, connectTimeoutMs)
}

/** Reaches an upstream: through a tunnel to its agent, or directly when it is outside the mesh. */
export function meshConnector(hbone: HboneClient, namespaces: NetworkNamespaces, svids: Svids): Connector {
  return (caller, upstream, protocol, connectTimeoutMs) => {
    if (upstream.hbonePort === 0) {
      return namespaces.dial(caller.netnsPath, '', upstream.address, upstream.port, connectTimeoutMs)
    }
    if (svids.svidOf(caller.identity) === null) return Promise.resolve(withoutCertificate(caller))
    const target = {
      source: caller.identity,
      destination: upstream.identity,
      host: upstream.address,
      port: upstream.hbonePort,
      sourceAddress: caller.sourceAddress,
      netnsPath: caller.netnsPath,
    }
    const authority = formatAddress(upstream.address, upstream.port)
    return hbone.openTunnel(target, authority, tunnelHeaders(caller, protocol), connectTimeoutMs)
  }
}

/** Never in plaintext instead. */
function withoutCertificate({ identity, workload }: Caller): Fault {
  const message = `${workload === '' ? 'The caller' : workload} has no certificate of ${identity}: expected one from the CA`
  return fault('not_ready', 'outbound', message)
}

/** Source: Istio HBONE request headers; receivers must not decide by them. */
function tunnelHeaders(caller: Caller, protocol: Protocol): HeaderList {
  const headers = new HeaderList([PROTOCOL_HEADER, protocol])
  if (caller.sourceAddress !== '') headers.append('forwarded', `for="${caller.sourceAddress}"`)
  const [, namespace, name] = caller.workload.split('/')
  if (namespace !== undefined && name !== undefined) {
    headers.append('baggage', `k8s.namespace.name=${namespace},k8s.pod.name=${name},service.name=${name}`)
  }
  return headers
}
