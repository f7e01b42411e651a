import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { programsCache } from '../harness/place.ts'
import { complaintOf } from './command.ts'

const VERSION = '8.18.3'

/** npm package `ws`, in the cache and not in the repository. Returns why not, or ''. */
export function obtainWebSocketLibrary(say: (line: string) => void): string {
  const folder = join(programsCache, 'node')
  if (existsSync(join(folder, 'node_modules/ws/package.json'))) return ''
  say(`fetching npm package ws ${VERSION}`)
  mkdirSync(folder, { recursive: true })
  return complaintOf('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', folder, `ws@${VERSION}`])
}
