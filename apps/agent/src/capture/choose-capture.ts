import { join } from 'node:path'
import { cgroup2Mount, probeCapture } from '@weft/ebpf'
import { Failure } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { AgentConfig } from '../config.ts'
import type { MeshView } from '../discovery/mesh-view.ts'
import type { DescriptorStore } from '../descriptors/descriptor-store.ts'
import type { DnsServer } from '../dns/index.ts'
import { cgroupMountIn, ownCgroup } from '../kubernetes/agent-place.ts'
import { pinDirOf } from '../kubernetes/uninstall.ts'
import type { WorkerPool } from '../workers/worker-pool.ts'
import type { Capture } from './capture.ts'
import { NodeCapture } from './node-capture.ts'
import { ProxyCapture } from './proxy-capture.ts'

/**
 * By eBPF where that works; on a machine the explicit proxy elsewhere, unless eBPF is asked for.
 * Faults: Failure `capture` that says what is missing.
 */
export function chooseCapture(
  config: AgentConfig,
  pool: WorkerPool,
  dns: DnsServer | null,
  view: MeshView,
  store: DescriptorStore,
  log: Logger,
): Capture {
  const probe =
    config.capture === 'proxy' ? { ok: false as const, reason: '--capture proxy asks for it' } : probeCapture()
  if (!probe.ok) {
    const asks = config.platform === 'kubernetes' ? '--platform kubernetes' : '--capture ebpf'
    if (config.capture === 'ebpf' || config.platform === 'kubernetes')
      throw new Failure('capture', `cannot capture by eBPF, as ${asks} asks: ${probe.reason}`)
    log.warn('explicit proxy instead of eBPF: only programs that heed HTTP_PROXY and the like are in the mesh', {
      reason: probe.reason,
    })
    return new ProxyCapture({ proxyPort: config.proxyPort }, pool)
  }
  const { outboundPort: outbound, inboundPort: inbound, hbonePort: hbone, dnsPort } = config
  return new NodeCapture(
    {
      ...cgroupsOf(config),
      pinDir: pinDirOf(config),
      nodeAddresses: [config.address],
      ports: { outbound, inbound, hbone, dns: dnsPort },
      sharedNamespaces: () => view.sharedNamespaces(config.node),
    },
    pool,
    dns,
    store,
    log.child('capture'),
  )
}

function cgroupsOf(config: AgentConfig): { agentCgroup: string; workloadsCgroup: string } {
  const { platform, cgroupDir, cgroupRoot, podUid } = config
  if (platform === 'kubernetes') {
    const mount = cgroupMountIn(cgroupDir)
    return { agentCgroup: cgroupRoot === '' ? ownCgroup(mount, podUid) : join(mount, cgroupRoot), workloadsCgroup: '' }
  }
  const mount = cgroup2Mount()
  if (mount === null) throw new Failure('capture', 'cannot capture: no cgroup v2 hierarchy is mounted')
  return { agentCgroup: join(mount, cgroupRoot, 'agent'), workloadsCgroup: join(mount, cgroupRoot, 'workloads') }
}
