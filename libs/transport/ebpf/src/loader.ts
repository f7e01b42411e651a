import type { Addon } from '@weft/addon'
import { findProgram, mapNames, programs, type CompiledPrograms } from '@weft/bpf'
import { Failure } from '@weft/faults'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const LOAD_TIMEOUT_MS = 60_000
const GENERATION_PREFIX = 'programs-'
const run = promisify(execFile)

/** One loaded object in bpffs: `programs-HASH/progs/NAME` and `programs-HASH/maps/NAME`. */
export interface Generation {
  readonly hash: string
  readonly dir: string
}

/** Mounts bpffs at the first folder of `/sys/fs/bpf` when nothing is mounted there, as init systems do at boot. */
export function ensureBpffs(addon: Addon, pinDir: string): void {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
  const bpffs = mounts.map((line) => line.split(' ')).filter(([, , type]) => type === 'bpf')
  if (bpffs.some(([, path]) => path !== undefined && isBelow(pinDir, path))) return
  if (!isBelow(pinDir, '/sys/fs/bpf'))
    throw new Failure('pin_dir', `Cannot pin programs in "${pinDir}": expected a folder below a mounted bpffs`)
  addon.mountBpffs('/sys/fs/bpf')
}

/** The generations pinned in `pinDir` that are complete. What a killed loader left halfway is removed. */
export function findGenerations(pinDir: string): Generation[] {
  if (!existsSync(pinDir)) return []
  const found: Generation[] = []
  for (const name of readdirSync(pinDir)) {
    if (!name.startsWith(GENERATION_PREFIX)) continue
    const generation = { hash: name.slice(GENERATION_PREFIX.length), dir: join(pinDir, name) }
    if (isComplete(generation)) found.push(generation)
    else removeGeneration(generation)
  }
  return found
}

/** Loads the object with bpftool, the verifier's judgement included, and pins every program and map. */
export async function loadGeneration(pinDir: string, compiled: CompiledPrograms): Promise<Generation> {
  const generation = { hash: compiled.hash, dir: join(pinDir, GENERATION_PREFIX + compiled.hash) }
  const bpftool = findProgram('bpftool')
  if (bpftool === null) throw new Failure('bpftool_absent', 'Cannot load the eBPF programs: bpftool is not installed')
  mkdirSync(dirname(generation.dir), { recursive: true, mode: 0o700 })
  mkdirSync(generation.dir, { mode: 0o700 })
  const words = ['prog', 'loadall', compiled.objectPath, join(generation.dir, 'progs')]
  try {
    await run(bpftool, [...words, 'pinmaps', join(generation.dir, 'maps')], { timeout: LOAD_TIMEOUT_MS })
  } catch (error) {
    removeGeneration(generation)
    const { stderr } = error as { stderr?: string }
    throw new Failure('programs_refused', `Cannot load the eBPF programs: bpftool said: ${lastLines(stderr)}`, error)
  }
  if (!isComplete(generation))
    throw new Failure('programs_refused', `Cannot load the eBPF programs: pins are missing in "${generation.dir}"`)
  return generation
}

/** Programs at their hooks and maps that they use live on; only the names go. */
export function removeGeneration(generation: Generation): void {
  rmSync(generation.dir, { recursive: true, force: true })
}

export function programPin(generation: Generation, name: string): string {
  return join(generation.dir, 'progs', name)
}

export function mapsDirOf(generation: Generation): string {
  return join(generation.dir, 'maps')
}

export function mapPin(generation: Generation, name: string): string {
  return join(mapsDirOf(generation), name)
}

function isComplete(generation: Generation): boolean {
  return (
    programs.every(({ name }) => existsSync(programPin(generation, name))) &&
    mapNames.every((name) => existsSync(mapPin(generation, name)))
  )
}

function isBelow(path: string, dir: string): boolean {
  return path === dir || path.startsWith(dir.endsWith('/') ? dir : `${dir}/`)
}

function lastLines(text = ''): string {
  return text.trim().split('\n').slice(-12).join('\n')
}
