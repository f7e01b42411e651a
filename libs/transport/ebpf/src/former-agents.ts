import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Links on cgroups of agents before this one, by the id of the cgroup: each has listeners that were handed on. */
export function formerAgentsDir(pinDir: string): string {
  return join(pinDir, 'agents')
}

export function formerAgents(pinDir: string): bigint[] {
  const dir = formerAgentsDir(pinDir)
  return existsSync(dir) ? readdirSync(dir).map(BigInt) : []
}

/** Another name for a pin, in place of what had that; the links stay where they are. */
export function movePin(pin: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  rmSync(to, { force: true })
  renameSync(pin, to)
}

export function removeEmptyFormer(pinDir: string): void {
  for (const id of formerAgents(pinDir)) {
    const dir = join(formerAgentsDir(pinDir), String(id))
    if (readdirSync(dir).length === 0) rmdirSync(dir)
  }
}
