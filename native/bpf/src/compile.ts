import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findProgram } from './find-program.ts'

const sourceDir = fileURLToPath(new URL('..', import.meta.url))
/** In an image, instead of sources and compiler (tools/images): `HASH.bpf.o`. */
const prebuiltDir = fileURLToPath(new URL('../prebuilt', import.meta.url))
const OBJECT_SUFFIX = '.bpf.o'
/** v3: 32-bit arithmetic and atomics that return, in every kernel from 5.12. */
const flags = ['-g', '-O2', '-target', 'bpf', '-mcpu=v3', '-Wall', '-Wextra', '-Werror']
const COMPILE_TIMEOUT_MS = 120_000
const run = promisify(execFile)

/** Why the programs cannot be had. */
export class ProgramsUnavailable extends Error {
  readonly code = 'programs_unavailable'
  /** Short, for one line of status: `the program clang is not installed`. */
  readonly reason: string

  constructor(reason: string, detail = '') {
    super(`Cannot compile the eBPF programs: ${reason}${detail === '' ? '' : `\n${detail}`}`)
    this.name = 'ProgramsUnavailable'
    this.reason = reason
  }
}

export interface CompiledPrograms {
  /** One object with all programs and one set of maps. */
  readonly objectPath: string
  /** Of the sources and flags: equal hashes are equal programs. Hexadecimal. */
  readonly hash: string
}

/**
 * Compiles every hook with clang and links them with bpftool into one object, or finds what an earlier run compiled from
 * the same sources, or what an image carries.
 *
 * Safe to run from several processes at once. Needs {@link programsNeeded} and, to compile, the headers of libbpf and of
 * the kernel's interface; neither root nor the BTF of the running kernel.
 * Faults: rejects with {@link ProgramsUnavailable}.
 */
export async function compilePrograms(cacheDir = join(homedir(), '.cache', 'weft', 'bpf')): Promise<CompiledPrograms> {
  const carried = carriedPrograms()
  if (carried !== null) return carried
  const sources = programSources()
  const hash = hashOf(sources)
  const objectPath = join(cacheDir, hash + OBJECT_SUFFIX)
  if (existsSync(objectPath)) return { objectPath, hash }
  const draftDir = join(cacheDir, `draft-${randomUUID()}`)
  try {
    mkdirSync(draftDir, { recursive: true, mode: 0o700 })
    const hooks = sources.filter((name) => name.endsWith('.bpf.c'))
    const objects = await Promise.all(hooks.map((name) => compileHook(name, join(draftDir, `${name}.o`))))
    const linked = join(draftDir, 'mesh.bpf.o')
    await call('bpftool', ['gen', 'object', linked, ...objects])
    renameSync(linked, objectPath)
    return { objectPath, hash }
  } catch (error) {
    if (error instanceof ProgramsUnavailable) throw error
    throw new ProgramsUnavailable(`cannot write "${cacheDir}", expected a directory to keep them in`, String(error))
  } finally {
    rmSync(draftDir, { recursive: true, force: true })
  }
}

/** Programs of the system without which there are no hooks here: a compiler, unless they were compiled before. */
export function programsNeeded(): readonly string[] {
  return carriedPrograms() === null ? ['clang', 'bpftool'] : ['bpftool']
}

function carriedPrograms(): CompiledPrograms | null {
  if (!existsSync(prebuiltDir)) return null
  const name = readdirSync(prebuiltDir).find((entry) => entry.endsWith(OBJECT_SUFFIX))
  if (name === undefined) return null
  return { objectPath: join(prebuiltDir, name), hash: name.slice(0, -OBJECT_SUFFIX.length) }
}

/** Names of all sources, headers included, sorted. */
export function programSources(): string[] {
  return readdirSync(sourceDir)
    .filter((name) => name.endsWith('.c') || name.endsWith('.h'))
    .sort()
}

export function programSourceDir(): string {
  return sourceDir
}

async function compileHook(name: string, objectPath: string): Promise<string> {
  // The object names its sources, line by line: the same wherever the tree lies.
  await call('clang', [
    ...flags,
    '-fdebug-compilation-dir=native/bpf',
    ...multiarchInclude(),
    '-c',
    name,
    '-o',
    objectPath,
  ])
  return objectPath
}

/** Debian keeps asm/types.h in a folder by architecture, which clang does not search when its target is bpf. */
function multiarchInclude(): string[] {
  const names: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86_64', arm64: 'aarch64', riscv64: 'riscv64' }
  const dir = `/usr/include/${names[process.arch] ?? process.arch}-linux-gnu`
  return existsSync(dir) ? ['-I', dir] : []
}

function hashOf(sources: string[]): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([process.arch, flags]))
  for (const name of sources)
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(sourceDir, name)))
  return hash.digest('hex').slice(0, 32)
}

async function call(program: string, words: string[]): Promise<void> {
  const path = findProgram(program)
  if (path === null) throw new ProgramsUnavailable(`the program ${program} is not installed`)
  try {
    await run(path, words, { cwd: sourceDir, timeout: COMPILE_TIMEOUT_MS })
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    throw new ProgramsUnavailable(`${program} refused them`, stderr ?? String(error))
  }
}
