import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The top of the repository, where the sources of all parts are. */
export const repositoryRoot = join(import.meta.dirname, '../../../..')

/** Where set-up puts tools that the distribution hides, and where ip and bpftool are even when PATH lacks it (su, cron). */
const TOOL_DIRS = [
  join(repositoryRoot, 'node_modules/.bin'),
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
]

/** The full path of one of the machine's tools, '' when it is not installed. */
export function findTool(name: string): string {
  return findExecutable(name, TOOL_DIRS)
}

/** The first executable of that name in the directories, ''. */
export function findExecutable(name: string, directories: readonly string[]): string {
  for (const directory of directories) {
    const path = join(directory, name)
    if (isExecutable(path)) return path
  }
  return ''
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The PATH for parts of the mesh: the caller's, with the tools' directories behind it. */
export function pathForParts(path: string | undefined): string {
  return [TOOL_DIRS[0], path, ...TOOL_DIRS.slice(1)].filter(Boolean).join(delimiter)
}
