import { isSystemError, type Addon } from '@weft/addon'
import { programs, type HookTarget } from '@weft/bpf'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { detachHook } from './hooks.ts'

/** What lets traffic in stands longest: a workload must not be open to strangers while its own calls are still held. */
const order: readonly HookTarget[] = ['workloads', 'agent', 'node']

/**
 * Ends the capture whose pins are in `pinDir`, whoever made them: takes every program off its hook, then removes every
 * pin. Nothing there is fine. Does not touch cgroups or processes.
 */
export function detachCapture(addon: Addon, pinDir: string): void {
  if (!existsSync(pinDir)) return
  for (const target of order)
    for (const { name } of programs.filter((program) => program.target === target))
      quietly(() => detachHook(addon, join(pinDir, 'links', name)))
  const podDir = join(pinDir, 'pods')
  if (existsSync(podDir)) for (const name of readdirSync(podDir)) quietly(() => detachHook(addon, join(podDir, name)))
  rmSync(pinDir, { recursive: true, force: true })
}

/** A link whose cgroup or namespace is gone holds nothing any more (ENOLINK); its pin goes like the others. */
function quietly(detach: () => void): void {
  try {
    detach()
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
}
