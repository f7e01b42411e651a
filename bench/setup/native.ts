import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { benchCache, repositoryRoot } from './place.ts'
import { programPath } from './versions.ts'

const sources = join(repositoryRoot, 'bench/native')
const programs: Readonly<Record<string, readonly string[]>> = {
  origin: ['origin.c'],
  load: ['load.c', 'load_h2.c'],
  trips: ['trips.c'],
}

/** Compiles origin and load generator, once per content. Gives their directory; throws when there is no compiler. */
export function buildNative(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(sources).toSorted()) hash.update(readFileSync(join(sources, file)))
  const directory = join(benchCache, `native-${hash.digest('hex').slice(0, 16)}`)
  if (Object.keys(programs).every((name) => existsSync(join(directory, name)))) return directory
  mkdirSync(directory, { recursive: true })
  const compiler = programPath('cc') || programPath('gcc') || programPath('clang')
  if (compiler === '') throw new Error('building the load generator: found no C compiler, expected cc, gcc or clang')
  for (const [name, files] of Object.entries(programs)) {
    const made = join(directory, `${name}.${process.pid}`)
    const args = ['-O2', '-Wall', '-o', made, ...files.map((file) => join(sources, file))]
    const { status, stderr } = spawnSync(compiler, args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`building ${name}: ${stderr.slice(0, 500)}`)
    renameSync(made, join(directory, name))
  }
  return directory
}
