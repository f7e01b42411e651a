import type { GatewayResource } from '../resource.ts'
import type { ListenerSpec } from '../schemas/gateway.ts'
import type { JointCheck } from './together.ts'

interface Placed {
  readonly gateway: GatewayResource
  readonly listener: ListenerSpec
  readonly index: number
}

/**
 * Listeners that share an address and port can be told apart: by host name, and only where all of them take TLS or none
 * does. Source: Gateway API, Listener (distinct).
 */
export function checkListeners(check: JointCheck): void {
  const seen: Placed[] = []
  for (const gateway of check.gateways) {
    gateway.spec.listeners.forEach((listener, index) => {
      const placed = { gateway, listener, index }
      const rival = seen.find((other) => sharesPort(other, placed) && !isDistinct(other.listener, listener))
      if (rival !== undefined) refuse(check, placed, rival)
      seen.push(placed)
    })
  }
}

function refuse(check: JointCheck, { gateway, listener, index }: Placed, rival: Placed): void {
  const { protocol, hostname } = rival.listener
  const name = `${rival.gateway.metadata.name}/${rival.listener.name}`
  const isSameGroup = groupOf(protocol) === groupOf(listener.protocol)
  const field = isSameGroup && isNamed(listener.protocol) ? 'hostname' : 'port'
  const found = `found port ${listener.port} of listener ${name} (${protocol}, ${hostname ?? 'any host name'}) again`
  const expected =
    field === 'hostname' ? 'expected another hostname' : 'expected another port: the two cannot be told apart'
  const path = ['spec', 'listeners', index, ...(listener.hostname === undefined && field === 'hostname' ? [] : [field])]
  check.refuse(gateway, path, `${found}, ${expected}`)
}

function sharesPort(a: Placed, b: Placed): boolean {
  if (a.listener.port !== b.listener.port) return false
  const [first, second] = [addressesOf(a.gateway), addressesOf(b.gateway)]
  return first === null || second === null || first.some((address) => second.includes(address))
}

function addressesOf(gateway: GatewayResource): readonly string[] | null {
  return gateway.spec.addresses?.map(({ value }) => value) ?? null
}

function isDistinct(a: ListenerSpec, b: ListenerSpec): boolean {
  if (groupOf(a.protocol) !== groupOf(b.protocol) || !isNamed(a.protocol)) return false
  return (a.hostname ?? '') !== (b.hostname ?? '')
}

function isNamed(protocol: ListenerSpec['protocol']): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS' || protocol === 'TLS'
}

function groupOf(protocol: ListenerSpec['protocol']): string {
  return protocol === 'HTTPS' ? 'TLS' : protocol
}
