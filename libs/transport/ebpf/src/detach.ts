import { isSystemError, type Addon } from '@weft/addon'
import { programs, type HookTarget } from '@weft/bpf'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { formerAgents, formerAgentsDir } from './former-agents.ts'
import { detachHook } from './hooks.ts'

/** What lets traffic in stands longest: a workload must not be open to strangers while its own calls are still held. */
const order: readonly HookTarget[] = ['workloads', 'agent', 'node']

/**
 * Ends the capture whose pins are in `pinDir`, whoever made them: takes every program off its hook, then removes every
 * pin, and the folders above that nothing else is in. Nothing there is fine. Does not touch cgroups or processes.
 */
export function detachCapture(addon: Addon, pinDir: string): void {
  if (!existsSync(pinDir)) return
  for (const target of order)
    for (const { name } of programs.filter((program) => program.target === target))
      quietly(() => detachHook(addon, join(pinDir, 'links', name)))
  for (const id of formerAgents(pinDir)) detachAt(addon, join(formerAgentsDir(pinDir), String(id)))
  const cgroupsDir = join(pinDir, 'cgroups')
  for (const cgroup of namesIn(cgroupsDir)) detachAt(addon, join(cgroupsDir, cgroup))
  const podDir = join(pinDir, 'pods')
  for (const name of namesIn(podDir)) quietly(() => detachHook(addon, join(podDir, name)))
  rmSync(pinDir, { recursive: true, force: true })
}

/** Takes the programs off the cgroup whose links are pinned in `dir`, and removes it. Nothing there is fine. */
export function detachAt(addon: Addon, dir: string): void {
  for (const name of namesIn(dir)) quietly(() => detachHook(addon, join(dir, name)))
  rmSync(dir, { recursive: true, force: true })
}

function namesIn(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir) : []
}

/** A link whose cgroup or namespace is gone holds nothing any more (ENOLINK); its pin goes like the others. */
function quietly(detach: () => void): void {
  try {
    detach()
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
}
