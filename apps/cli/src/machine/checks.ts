import { existsSync, readFileSync } from 'node:fs'
import { release } from 'node:os'
import { cgroupMount } from './cgroups.ts'
import { runProgram, tryProgram } from './program.ts'
import { findTool } from './tools.ts'

export interface CheckResult {
  readonly ok: boolean
  /** What was found. */
  readonly found: string
  /** It could not be found out; that is no failure of what is checked. */
  readonly isUnknown?: boolean
}

/** Something that a machine needs for a purpose. The id is stable: scripts and documents refer to it. */
export interface Check {
  readonly id: string
  readonly title: string
  /** What to do when it does not hold. */
  readonly hint: string
  run(): Promise<CheckResult>
}

const KERNEL_MIN: readonly [number, number] = [6, 1]
const CAPABILITY_BITS = { CAP_NET_ADMIN: 12, CAP_SYS_ADMIN: 21, CAP_BPF: 39 } as const
const FEATURES = [
  'program_type cgroup_sock_addr',
  'program_type sock_ops',
  'program_type sk_lookup',
  'program_type cgroup_sockopt',
  'map_type sk_storage',
  'map_type sockhash',
]

/** What capture by eBPF needs, cheapest first. One that fails means the explicit proxy. */
export const captureChecks: readonly Check[] = [
  {
    id: 'capture-linux',
    title: 'the system is Linux',
    hint: 'run weft on Linux, or in a virtual machine with it',
    run: async () => ({ ok: process.platform === 'linux', found: process.platform }),
  },
  {
    id: 'capture-root',
    title: 'weft runs as root',
    hint: 'run weft with sudo',
    run: async () => ({ ok: process.geteuid?.() === 0, found: `user id ${process.geteuid?.() ?? 'unknown'}` }),
  },
  {
    id: 'capture-kernel',
    title: `the kernel is ${KERNEL_MIN.join('.')} or later`,
    hint: 'Debian 12 and Ubuntu 24.04 have one that is new enough',
    run: async () => ({ ok: isKernelAtLeast(release(), KERNEL_MIN), found: release() }),
  },
  {
    id: 'capture-capabilities',
    title: 'the process may administer networks, namespaces and BPF',
    hint: 'in a container, add CAP_NET_ADMIN, CAP_SYS_ADMIN and CAP_BPF (docker run --privileged)',
    run: checkCapabilities,
  },
  {
    id: 'capture-cgroup2',
    title: 'cgroup v2 is mounted and writable',
    hint: 'mount it: mount -t cgroup2 none /sys/fs/cgroup/unified',
    run: checkCgroup,
  },
  {
    id: 'capture-btf',
    title: 'the kernel describes its types (BTF)',
    hint: 'use a kernel built with CONFIG_DEBUG_INFO_BTF, as the distributions do',
    run: async () => ({ ok: existsSync('/sys/kernel/btf/vmlinux'), found: '/sys/kernel/btf/vmlinux' }),
  },
  {
    id: 'capture-tools',
    title: 'clang, bpftool, ip, nsenter and setpriv are installed',
    hint: 'npm run setup as root installs them on Debian and Ubuntu',
    run: checkTools,
  },
  {
    id: 'capture-headers',
    title: 'the headers of libbpf and libc are installed',
    hint: 'npm run setup as root installs libbpf-dev and libc6-dev on Debian and Ubuntu',
    run: checkHeaders,
  },
  {
    id: 'capture-programs',
    title: 'the kernel takes the BPF programs and maps that capture is made of',
    hint: 'use a kernel with CONFIG_CGROUP_BPF and CONFIG_BPF_SYSCALL, and no lockdown that forbids BPF',
    run: checkPrograms,
  },
  {
    id: 'capture-bpffs',
    title: 'the BPF file system is mounted',
    hint: 'mount it: mount -t bpf bpf /sys/fs/bpf',
    run: checkBpffs,
  },
]

/** The first check that does not hold, null when all do. */
export async function firstFailing(checks: readonly Check[]): Promise<{ check: Check; found: string } | null> {
  for (const check of checks) {
    const { ok, found } = await check.run()
    if (!ok) return { check, found }
  }
  return null
}

export function isKernelAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const match = /^(\d+)\.(\d+)/.exec(version)
  if (match === null) return false
  const found = [Number(match[1]), Number(match[2])] as const
  return found[0] > major || (found[0] === major && found[1] >= minor)
}

async function checkCapabilities(): Promise<CheckResult> {
  const mask = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(readOrEmpty('/proc/self/status'))?.[1] ?? '0'}`)
  const missing = Object.entries(CAPABILITY_BITS).filter(([, bit]) => (mask & (1n << BigInt(bit))) === 0n)
  return {
    ok: missing.length === 0,
    found: missing.length === 0 ? 'all' : `without ${missing.map(([name]) => name).join(', ')}`,
  }
}

async function checkCgroup(): Promise<CheckResult> {
  const mount = await cgroupMount()
  if (mount === '') return { ok: false, found: 'no cgroup2 in /proc/self/mounts' }
  const line =
    readOrEmpty('/proc/self/mounts')
      .split('\n')
      .find((each) => each.split(' ')[1] === mount) ?? ''
  return { ok: !line.split(' ')[3]?.split(',').includes('ro'), found: line.split(' ').slice(1, 4).join(' ') }
}

async function checkTools(): Promise<CheckResult> {
  const missing = ['clang', 'bpftool', 'ip', 'nsenter', 'setpriv'].filter((tool) => findTool(tool) === '')
  return { ok: missing.length === 0, found: missing.length === 0 ? 'all' : `without ${missing.join(', ')}` }
}

async function checkHeaders(): Promise<CheckResult> {
  const missing = ['/usr/include/bpf/bpf_helpers.h', '/usr/include/stdlib.h'].filter((path) => !existsSync(path))
  return { ok: missing.length === 0, found: missing.length === 0 ? 'all' : `without ${missing.join(', ')}` }
}

async function checkPrograms(): Promise<CheckResult> {
  const text = await runProgram(['bpftool', 'feature', 'probe', 'kernel']).catch((error: Error) => error.message)
  const missing = FEATURES.filter((feature) => !text.includes(`eBPF ${feature} is available`))
  return { ok: missing.length === 0, found: missing.length === 0 ? 'all' : `without ${missing.join(', ')}` }
}

async function checkBpffs(): Promise<CheckResult> {
  const mounted = (): boolean => / \/sys\/fs\/bpf bpf /.test(readOrEmpty('/proc/self/mounts'))
  // Minimal systems do not mount it; bpftool would do the same at its first pin.
  if (!mounted()) await tryProgram(['mount', '-t', 'bpf', 'bpf', '/sys/fs/bpf'])
  return { ok: mounted(), found: mounted() ? '/sys/fs/bpf' : 'not in /proc/self/mounts' }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
