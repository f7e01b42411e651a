import { AddonUnavailable, loadAddon, missingCapabilities } from '@weft/addon'
import { findProgram, programsNeeded } from '@weft/bpf'
import { existsSync, readFileSync } from 'node:fs'
import { cgroup2Mount } from './cgroup.ts'

/** Kernel floor; every program is loaded and attached on it by `npm run test:kernels`. */
const KERNEL_FLOOR = [6, 1] as const

export type ProbeResult = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/**
 * Whether this machine can capture by eBPF, and if not the first reason in words that fit on one line. Loads nothing into
 * the kernel and changes nothing; compiles the addon when it has not been yet.
 */
export function probeCapture(): ProbeResult {
  const reason = missing()
  return reason === null ? { ok: true } : { ok: false, reason }
}

function missing(): string | null {
  if (process.platform !== 'linux') return `the system is ${process.platform}, expected linux`
  const capabilities = missingCapabilities()
  if (capabilities.length > 0) return `no ${capabilities.join(', ')}${process.getuid?.() === 0 ? '' : ' (not root)'}`
  const release = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim()
  if (isBelowFloor(release)) return `kernel ${release}, expected ${KERNEL_FLOOR.join('.')} or later`
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'the kernel has no BTF (/sys/kernel/btf/vmlinux)'
  if (cgroup2Mount() === null) return 'no cgroup v2 hierarchy is mounted'
  const program = programsNeeded().find((name) => findProgram(name) === null)
  if (program !== undefined) return `the program ${program} is not installed`
  try {
    loadAddon()
    return null
  } catch (error) {
    if (error instanceof AddonUnavailable) return error.reason
    throw error
  }
}

export function isBelowFloor(release: string): boolean {
  const [major = 0, minor = 0] = release.split(/[.-]/).map(Number)
  return major < KERNEL_FLOOR[0] || (major === KERNEL_FLOOR[0] && minor < KERNEL_FLOOR[1])
}
