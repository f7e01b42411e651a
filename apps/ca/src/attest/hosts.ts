import { isIP } from 'node:net'
import { RpcFailure } from '@weft/rpc'

const HOSTS_MAX = 16
/** RFC 1123 section 2.1: labels of letters, digits and inner hyphens. */
const DNS_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/

/** Checks the names at which a part says it serves. Faults: RpcFailure `hosts_invalid`. */
export function checkHosts(hosts: readonly string[]): void {
  if (hosts.length > HOSTS_MAX) throw invalid(`${hosts.length} hosts`, `at most ${HOSTS_MAX}`)
  if (new Set(hosts).size < hosts.length) throw invalid('a host twice', 'each once')
  for (const host of hosts) {
    const isAddress = isIP(host) !== 0 && !host.includes('%')
    // What looks like an address but is none would be a DNS name of digits: some program will read it as an address.
    const isName = DNS_NAME.test(host) && !/(^|\.)\d+$/.test(host)
    if (!isAddress && !isName)
      throw invalid(`host ${JSON.stringify(host.slice(0, 300))}`, 'a lower-case DNS name or an IP address')
  }
}

function invalid(found: string, expected: string): RpcFailure {
  return new RpcFailure(
    'invalid_argument',
    'hosts_invalid',
    `Cannot certify hosts: found ${found}, expected ${expected}`,
  )
}
