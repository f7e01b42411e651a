import { Failure } from '@weft/faults'
import { execFile } from 'node:child_process'
import { readdirSync, readlinkSync } from 'node:fs'
import { findProgram } from '@weft/bpf'
import { promisify } from 'node:util'
import { processesIn } from './cgroup.ts'

const run = promisify(execFile)
const SS_TIMEOUT_MS = 10_000

/** A socket that a process of a workload holds and that no hook of ours sees. */
export interface StrangerSocket {
  readonly pid: number
  /** `tcp ESTAB 10.0.0.1:4000 10.0.0.2:80`, as ss prints it. */
  readonly description: string
}

/**
 * Bound or connected TCP and UDP sockets that processes of this cgroup hold but that were made in another cgroup: passed
 * on by a parent, by socket activation, or from before the process was moved here. (One that is neither is listed
 * nowhere in the kernel.) The kernel ties a socket to the cgroup it was made in
 * for good, so hooks of this cgroup never run for them; whoever enrols a running process should look.
 *
 * Uses `ss` of iproute2 in the network namespace of each process. Faults: rejects with Failure `ss_absent`.
 */
export async function findStrangerSockets(cgroupPath: string, cgroupMount: string): Promise<StrangerSocket[]> {
  const ss = findProgram('ss')
  const nsenter = findProgram('nsenter')
  if (ss === null || nsenter === null)
    throw new Failure('ss_absent', 'Cannot look for sockets of other cgroups: expected ss and nsenter to be installed')
  const name = cgroupPath.slice(cgroupMount.length)
  const found: StrangerSocket[] = []
  for (const pid of processesIn(cgroupPath)) {
    const inodes = socketInodes(pid)
    if (inodes.size === 0) continue
    const words = ['--net', `--target=${pid}`, ss, '-H', '-tuan', '-e', '--cgroup']
    const { stdout } = await run(nsenter, words, { timeout: SS_TIMEOUT_MS })
    for (const line of stdout.split('\n')) {
      const inode = /\bino:(\d+)/.exec(line)?.[1]
      const cgroup = /\bcgroup:(\S+)/.exec(line)?.[1]
      if (inode === undefined || cgroup === undefined || !inodes.has(inode)) continue
      if (cgroup !== name && !cgroup.startsWith(`${name}/`)) found.push({ pid, description: describe(line) })
    }
  }
  return found
}

function socketInodes(pid: number): Set<string> {
  const dir = `/proc/${pid}/fd`
  const inodes = new Set<string>()
  for (const fd of listOf(dir)) {
    const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`${dir}/${fd}`))?.[1]
    if (inode !== undefined) inodes.add(inode)
  }
  return inodes
}

function describe(line: string): string {
  const [protocol, state, , , local, remote] = line.trim().split(/\s+/)
  return `${protocol} ${state} ${local} ${remote}`
}

function listOf(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
