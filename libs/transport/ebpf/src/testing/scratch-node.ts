import { loadAddon } from '@weft/addon'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cgroup2Mount, createCgroup, joinCgroup, removeCgroup } from '../cgroup.ts'
import type { AgentPorts } from '../capture.ts'
import { detachCapture } from '../detach.ts'
import { EbpfCapture } from '../ebpf-capture.ts'
import { ProbeWorkload } from './probe-workload.ts'

/** Away from the product's own, so that a mesh on this machine is not disturbed. */
export const testPorts: AgentPorts = { outbound: 35001, inbound: 35006, hbone: 35008, dns: 35053 }

/** Where things of one scratch node are; names are unique, everything ends with `dispose`. */
export interface NodePaths {
  readonly pinDir: string
  readonly cgroup: string
  readonly agentCgroup: string
  readonly workloadsCgroup: string
  /** The node's namespace, below /run/netns. */
  readonly netns: string
}

/**
 * One mesh node for tests: cgroups, a network namespace for the shared network, and a capture. Nothing touches the root
 * cgroup or the machine's own network namespace.
 *
 * This process joins the agent's cgroup until `dispose`, so that its listeners are the agent's.
 */
export class ScratchNode {
  readonly addon = loadAddon()
  readonly paths: NodePaths
  readonly capture: EbpfCapture
  readonly netns: number
  readonly #namespaces: string[] = []
  readonly #descriptors: number[] = []
  readonly #probes: ProbeWorkload[] = []
  readonly #homeCgroup: string

  /** `pods`: no parent holds the workloads, as on Kubernetes; each has hooks of its own. */
  constructor(layout: 'parent' | 'pods' = 'parent') {
    const mount = cgroup2Mount()
    if (mount === null) throw new Error('no cgroup v2 hierarchy')
    const name = `weft-t${randomBytes(4).toString('hex')}`
    const cgroup = join(mount, name)
    const [agentCgroup, workloadsCgroup] = [join(cgroup, 'agent'), join(cgroup, 'workloads')]
    this.paths = { pinDir: `/sys/fs/bpf/${name}`, cgroup, agentCgroup, workloadsCgroup, netns: name }
    createCgroup(this.paths.agentCgroup)
    createCgroup(this.paths.workloadsCgroup)
    this.#homeCgroup = join(mount, /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '/')
    this.netns = this.addNetns(name)
    this.capture = openCapture(this.paths, layout)
    joinCgroup(this.paths.agentCgroup, process.pid)
  }

  /** Makes a network namespace with loopback up; returns a descriptor that `dispose` closes. */
  addNetns(name: string): number {
    ip('netns', 'add', name)
    this.#namespaces.push(name)
    ip('-n', name, 'link', 'set', 'lo', 'up')
    return this.owned(this.addon.openNetns(`/run/netns/${name}`))
  }

  /** Joins two namespaces by a pair of interfaces with an address each, and routes the rest to the other end. */
  joinNetns(left: string, leftAddress: string, right: string, rightAddress: string): void {
    const [a, b] = [`l${randomBytes(4).toString('hex')}`, `r${randomBytes(4).toString('hex')}`]
    ip('link', 'add', a, 'netns', left, 'type', 'veth', 'peer', 'name', b, 'netns', right)
    for (const [netns, device, own, other] of [
      [left, a, leftAddress, rightAddress],
      [right, b, rightAddress, leftAddress],
    ] as const) {
      ip('-n', netns, 'address', 'add', `${own}/32`, 'dev', device)
      ip('-n', netns, 'link', 'set', device, 'up')
      ip('-n', netns, 'route', 'add', `${other}/32`, 'dev', device)
    }
  }

  /** A descriptor that `dispose` closes unless it was released before. */
  owned(fd: number): number {
    this.#descriptors.push(fd)
    return fd
  }

  /** Closes a descriptor of `owned` now. */
  release(fd: number): void {
    const index = this.#descriptors.indexOf(fd)
    if (index === -1) return
    this.#descriptors.splice(index, 1)
    this.addon.closeFd(fd)
  }

  cgroupOf(id: string): string {
    const path = join(this.paths.workloadsCgroup, id)
    createCgroup(path)
    return path
  }

  /** Starts a probe in a cgroup and a namespace; it ends with `dispose`. */
  probe(cgroupPath: string, netns: string | null): ProbeWorkload {
    const probe = new ProbeWorkload(cgroupPath, netns)
    this.#probes.push(probe)
    return probe
  }

  /** Removes everything. Safe when something failed halfway, and twice. */
  async dispose(): Promise<void> {
    for (const probe of this.#probes.splice(0)) probe.stop()
    joinCgroup(this.#homeCgroup, process.pid)
    for (const fd of this.#descriptors.splice(0)) this.addon.closeFd(fd)
    this.capture.close()
    detachCapture(this.addon, this.paths.pinDir)
    await removeCgroup(this.paths.cgroup)
    for (const name of this.#namespaces.splice(0)) ip('netns', 'delete', name)
  }
}

/** A view on the node, as each life of an agent has one. */
export function openCapture(paths: NodePaths, layout: 'parent' | 'pods' = 'parent'): EbpfCapture {
  const { pinDir, agentCgroup, netns } = paths
  const [workloadsCgroup, ports] =
    layout === 'parent' ? [paths.workloadsCgroup, testPorts] : ['', { ...testPorts, dns: 0 }]
  return new EbpfCapture({ pinDir, agentCgroup, workloadsCgroup, nodeNetnsPath: `/run/netns/${netns}`, ports })
}

export function ip(...words: string[]): string {
  return execFileSync('ip', words, { encoding: 'utf8', stdio: 'pipe' })
}
