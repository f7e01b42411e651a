import { isIP } from 'node:net'
import type { UpstreamAddress } from './upstream.ts'

/** As many as the C library reads. */
const NAMESERVERS_MAX = 3
const DNS_PORT = 53

/**
 * The resolvers that a `resolv.conf` names, in order; lines that are not understood are passed over, as every resolver does.
 *
 * Source: resolv.conf(5).
 */
export function parseResolvConf(text: string): UpstreamAddress[] {
  const upstreams: UpstreamAddress[] = []
  for (const line of text.split('\n')) {
    const [keyword, host] = line.trim().split(/[ \t]+/)
    if (keyword !== 'nameserver' || host === undefined || isIP(host) === 0) continue
    if (upstreams.length < NAMESERVERS_MAX) upstreams.push({ host, port: DNS_PORT })
  }
  return upstreams
}
