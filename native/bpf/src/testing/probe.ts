import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../../test/probe.c', import.meta.url))
const headers = ['probe_handover.h', 'probe_hold.h'].map((name) => {
  return fileURLToPath(new URL(`../../test/${name}`, import.meta.url))
})
const flags = ['-O1', '-Wall', '-Wextra', '-Werror']

/** Path of the compiled `native/bpf/test/probe.c`, whose commands are listed there. Compiled once per version. */
export function compileProbe(cacheDir = join(homedir(), '.cache', 'weft', 'bpf')): string {
  const hash = createHash('sha256').update(JSON.stringify(flags))
  for (const file of [source, ...headers]) hash.update(readFileSync(file))
  const path = join(cacheDir, `probe-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(path)) return path
  const draft = `${path}.${randomUUID()}`
  mkdirSync(cacheDir, { recursive: true, mode: 0o700 })
  execFileSync('cc', [...flags, '-o', draft, source], { stdio: 'pipe' })
  renameSync(draft, path)
  return path
}
