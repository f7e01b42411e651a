import { spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const sourceDir = fileURLToPath(new URL('../c', import.meta.url))
/** In an image, instead of sources and compiler (tools/images). */
const prebuilt = fileURLToPath(new URL('../prebuilt/addon.node', import.meta.url))
const compilers = ['cc', 'gcc', 'clang']
const flags = ['-shared', '-fPIC', '-O2', '-g0', '-std=gnu11', '-Wall', '-Wextra', '-Werror', '-fvisibility=hidden']
const COMPILE_TIMEOUT_MS = 120_000

/** Why the addon is not to be had. The explicit-proxy mode works without it. */
export class AddonUnavailable extends Error {
  readonly code = 'addon_unavailable'
  /** Short, for one line of status: `no C compiler (tried cc, gcc, clang)`. */
  readonly reason: string

  constructor(reason: string, detail = '') {
    super(`Cannot load the addon: ${reason}${detail === '' ? '' : `\n${detail}`}`)
    this.name = 'AddonUnavailable'
    this.reason = reason
  }
}

/** Where compiled things are kept: outside of the tree, one folder per kind. */
export function defaultCacheDir(kind: string): string {
  return join(homedir(), '.cache', 'weft', kind)
}

/**
 * Compiles the addon with the system's compiler, or finds what an earlier run compiled from the same sources for the
 * same ABI, or what an image carries, and returns its path.
 *
 * Safe to run from several processes at once: each compiles into a file of its own and renames it. Nothing is
 * downloaded: the headers come from the `node-api-headers` package. A cached file that belongs to somebody else than
 * this user (or root) is refused, since loading it runs it.
 * Faults: throws {@link AddonUnavailable}.
 */
export function compileAddon(cacheDir = defaultCacheDir('addon')): string {
  if (process.platform !== 'linux') throw new AddonUnavailable(`the system is ${process.platform}, expected linux`)
  if (existsSync(prebuilt)) return refuseForeign(prebuilt)
  const sources = readdirSync(sourceDir).sort()
  const target = join(cacheDir, `${hashOf(sources)}.node`)
  if (existsSync(target)) return refuseForeign(target)
  const includeDir = headersDir()
  makeDir(cacheDir)
  const draft = `${target}.${randomUUID()}`
  const inputs = sources.filter((name) => name.endsWith('.c')).map((name) => join(sourceDir, name))
  try {
    run([...flags, '-I', includeDir, '-o', draft, ...inputs])
    renameSync(draft, target)
  } finally {
    rmSync(draft, { force: true })
  }
  return target
}

function makeDir(cacheDir: string): void {
  try {
    mkdirSync(cacheDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new AddonUnavailable(`cannot make "${cacheDir}", expected a directory to keep it in`, String(error))
  }
}

function hashOf(sources: string[]): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([process.arch, process.versions.modules, flags]))
  for (const name of sources)
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(sourceDir, name)))
  return hash.digest('hex').slice(0, 32)
}

function refuseForeign(path: string): string {
  const owner = statSync(path).uid
  if (owner !== 0 && owner !== process.getuid?.())
    throw new AddonUnavailable(`"${path}" belongs to user ${owner}, expected this user or root`)
  return path
}

function headersDir(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json')), 'include')
  } catch {
    throw new AddonUnavailable('the package node-api-headers is not installed')
  }
}

function run(argumentsOfCompiler: string[]): void {
  for (const compiler of compilers) {
    const result = spawnSync(compiler, argumentsOfCompiler, { encoding: 'utf8', timeout: COMPILE_TIMEOUT_MS })
    if (result.error !== undefined && 'code' in result.error && result.error.code === 'ENOENT') continue
    if (result.status === 0) return
    throw new AddonUnavailable(`${compiler} could not compile it`, result.stderr ?? String(result.error))
  }
  throw new AddonUnavailable(`no C compiler (tried ${compilers.join(', ')})`)
}
