import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { programsCache } from '../harness/place.ts'

const POSTGRESQL = '/usr/lib/postgresql'

/** Ours first, then the caller's, then where servers live that are on nobody's PATH. */
export function searchPath(): string {
  const versions = existsSync(POSTGRESQL) ? readdirSync(POSTGRESQL).sort((a, b) => Number(b) - Number(a)) : []
  return [
    join(programsCache, 'bin'),
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/go/bin'],
    ...versions.map((version) => join(POSTGRESQL, version, 'bin')),
  ].join(delimiter)
}

/** The full path of a program, '' where it is not installed. */
export function programPath(name: string): string {
  const found = searchPath()
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)
  return found ?? ''
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
