import { readFileSync } from 'node:fs'

/** What the calls of the addon need; docs/capabilities.md says which call needs which. Source: capabilities(7). */
export const captureCapabilities = {
  CAP_NET_ADMIN: 12,
  CAP_SYS_PTRACE: 19,
  CAP_SYS_ADMIN: 21,
  CAP_PERFMON: 38,
  CAP_BPF: 39,
} as const
export type CaptureCapability = keyof typeof captureCapabilities

/** Those of {@link captureCapabilities} that this process lacks; all of them where the kernel does not say. */
export function missingCapabilities(status = readStatus()): CaptureCapability[] {
  const effective = BigInt('0x' + (/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'))
  const names = Object.keys(captureCapabilities) as CaptureCapability[]
  return names.filter((name) => ((effective >> BigInt(captureCapabilities[name])) & 1n) === 0n)
}

function readStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8')
  } catch {
    return ''
  }
}
