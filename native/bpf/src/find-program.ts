import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

/** Fixed, so that PATH decides nothing about what root runs; Debian keeps bpftool in sbin. */
const dirs = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** Full path of a program of the system, or null when it is not installed. */
export function findProgram(name: string): string | null {
  for (const dir of dirs) {
    const path = join(dir, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      continue
    }
  }
  return null
}
