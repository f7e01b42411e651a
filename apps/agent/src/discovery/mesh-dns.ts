import { existsSync, readFileSync } from 'node:fs'
import { splitAddress } from '@weft/config'
import { loadAddon } from '@weft/ebpf'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { AgentConfig } from '../config.ts'
import { DnsServer, networkAt, ownNetwork, parseResolvConf } from '../dns/index.ts'
import type { MeshView } from './mesh-view.ts'

/** Answers the names of the mesh's services, and asks the configured servers, or the machine's own, for all others. */
export function dnsServerOf(config: AgentConfig, view: MeshView, clock: Clock, log: Logger): DnsServer {
  return new DnsServer(
    {
      names: { lookup: (name, namespace) => view.service(namespace, name) },
      upstreams: upstreamsOf(config),
      network: config.dnsNetns === '' ? ownNetwork : networkAt(config.dnsNetns, loadAddon()),
      clusterDomain: config.clusterDomain,
    },
    clock,
    log.child('dns'),
  )
}

function upstreamsOf(config: AgentConfig): { host: string; port: number }[] {
  if (config.dnsUpstream.length > 0) return config.dnsUpstream.map((one) => splitAddress(one)!)
  return existsSync('/etc/resolv.conf') ? parseResolvConf(readFileSync('/etc/resolv.conf', 'utf8')) : []
}
