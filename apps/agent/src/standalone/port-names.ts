import { formatAddress } from '@weft/channel'
import type { GatewayPort } from '@weft/traffic'

/** `edge/http on 127.0.0.1:80, edge/tcp on 127.0.0.1:90`; the namespace is told where it is not `default`. */
export function describePorts(ports: readonly GatewayPort[]): string {
  return ports.map(describePort).join(', ')
}

function describePort({ host, port, listeners }: GatewayPort): string {
  const names = listeners.map(({ name }) => name.replace(/^Gateway\/(default\/)?/, ''))
  return `${names.join(' and ')} on ${formatAddress(host, port)}`
}
