import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** What a test may need of the machine. `program:x`: x is on PATH. */
export type Capability =
  | 'root'
  | 'bpf'
  | 'netns'
  | 'cgroup2'
  | 'ipv6'
  | 'compiler'
  | 'openssl'
  | 'docker'
  | 'qemu'
  | 'kube-apiserver'
  | 'helm'
  | `program:${string}`

/** Bits of CapEff, so that root in an unprivileged container is not mistaken for root. Source: linux/capability.h. */
const CAP_NET_ADMIN = 12n
const CAP_SYS_ADMIN = 21n

/** sbin is not on everybody's PATH, and iproute2 and bpftool live there. */
const EXTRA_PATH = ['/usr/local/sbin', '/usr/sbin', '/sbin']

const known = new Map<Capability, string | null>()

/**
 * Null when this machine has all the capabilities, else what is missing first, in words that fit after "needs".
 * Each is looked up once per process. Changes nothing on the machine.
 */
export function missingCapability(capabilities: readonly Capability[]): string | null {
  for (const capability of capabilities) {
    let missing = known.get(capability)
    if (missing === undefined) {
      missing = look(capability)
      known.set(capability, missing)
    }
    if (missing !== null) return missing
  }
  return null
}

function look(capability: Capability): string | null {
  switch (capability) {
    case 'root':
      return process.getuid?.() === 0 ? null : 'root'
    case 'cgroup2':
      return /^\S+ \S+ cgroup2 /m.test(read('/proc/mounts')) ? null : 'a mounted cgroup2 hierarchy'
    case 'netns':
      return missingCapability(['root', 'program:ip']) ?? (hasCapability(CAP_NET_ADMIN) ? null : 'CAP_NET_ADMIN')
    case 'bpf':
      return missingBpf()
    case 'ipv6':
      return /^0{31}1 /m.test(read('/proc/net/if_inet6')) ? null : 'IPv6 on loopback'
    case 'compiler':
      return ['cc', 'gcc', 'clang'].some(onPath) ? null : 'a C compiler (cc, gcc or clang)'
    case 'openssl':
      return onPath('openssl') ? null : 'the program openssl'
    case 'docker':
      return onPath('docker') && existsSync('/var/run/docker.sock') ? null : 'a running Docker engine'
    case 'qemu':
      return onPath('qemu-system-x86_64') ? null : 'the program qemu-system-x86_64'
    case 'helm':
      return kubernetesProgram('helm') === null ? 'helm (e2e/cluster/cluster build helm)' : null
    case 'kube-apiserver':
      if (kubernetesProgram('kube-apiserver') === null) return 'kube-apiserver (e2e/cluster/cluster build)'
      return onPath('etcd') ? null : 'the program etcd'
    default: {
      const program = capability.slice('program:'.length)
      return onPath(program) ? null : `the program ${program}`
    }
  }
}

/** Where the cluster for tests (e2e/cluster) has built a program of Kubernetes, in its latest version; null when it has not. */
export function kubernetesProgram(program: string): string | null {
  const cache = process.env['WEFT_CACHE'] ?? join(homedir(), '.cache/weft')
  const versions = existsSync(join(cache, 'kubernetes')) ? readdirSync(join(cache, 'kubernetes')) : []
  const found = versions
    .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((version) => join(cache, 'kubernetes', version, 'bin', program))
  return found.find(isExecutable) ?? null
}

function missingBpf(): string | null {
  const missing = missingCapability(['root', 'cgroup2', 'program:clang', 'program:bpftool'])
  if (missing !== null) return missing
  if (!hasCapability(CAP_SYS_ADMIN)) return 'CAP_SYS_ADMIN'
  // Ubuntu's bpftool is a wrapper that refuses to run on another kernel than its own.
  if (spawnSync('bpftool', ['version'], { env: { PATH: searchPath() } }).status !== 0) return 'a bpftool that runs here'
  return existsSync('/sys/kernel/btf/vmlinux') ? null : 'a kernel with BTF (/sys/kernel/btf/vmlinux)'
}

function hasCapability(bit: bigint): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(read('/proc/self/status'))
  return effective !== null && ((BigInt(`0x${effective[1]}`) >> bit) & 1n) === 1n
}

function onPath(program: string): boolean {
  return searchPath()
    .split(delimiter)
    .some((folder) => folder !== '' && isExecutable(join(folder, program)))
}

function searchPath(): string {
  return [process.env['PATH'] ?? '', ...EXTRA_PATH].join(delimiter)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
