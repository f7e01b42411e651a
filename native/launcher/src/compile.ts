import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const sourceDir = fileURLToPath(new URL('../c', import.meta.url))
/** In an image, instead of sources and compiler (tools/images). */
const prebuilt = fileURLToPath(new URL('../prebuilt/weft-launcher', import.meta.url))
/** Static: nothing of the machine or the image can keep it from starting. */
const flags = ['-std=gnu11', '-Os', '-static', '-s', '-Wall', '-Wextra', '-Werror', '-fstack-protector-strong']
const sanitized = ['-std=gnu11', '-O1', '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-Wall']
const COMPILE_TIMEOUT_MS = 120_000
const run = promisify(execFile)

/** Why the launcher cannot be had. */
export class LauncherUnavailable extends Error {
  readonly code = 'launcher_unavailable'

  constructor(reason: string, detail = '') {
    super(`Cannot compile the launcher: ${reason}${detail === '' ? '' : `\n${detail}`}`)
    this.name = 'LauncherUnavailable'
  }
}

/**
 * Path of the launcher: as an image carries it, else compiled with the system's compiler from these sources, once per
 * version. Safe to run from several processes at once.
 * Faults: rejects with {@link LauncherUnavailable}.
 */
export async function compileLauncher(cacheDir = defaultCacheDir()): Promise<string> {
  if (existsSync(prebuilt)) return prebuilt
  return compile('weft-launcher', flags, launcherSources(), cacheDir)
}

/** The launcher with the sanitizers of the compiler in it, for tests. */
export async function compileSanitized(cacheDir = defaultCacheDir()): Promise<string> {
  return compile('weft-launcher-sanitized', sanitized, launcherSources(), cacheDir)
}

/** `test/fuzz.c` with the sanitizers in it. */
export async function compileFuzz(cacheDir = defaultCacheDir()): Promise<string> {
  const parts = launcherSources().filter((path) => !path.endsWith('/main.c'))
  return compile('fuzz', sanitized, [...parts, fileURLToPath(new URL('../test/fuzz.c', import.meta.url))], cacheDir)
}

/** `test/agent.c`, which stands in for the agent. */
export async function compileTestAgent(cacheDir = defaultCacheDir()): Promise<string> {
  return compile('test-agent', flags, [fileURLToPath(new URL('../test/agent.c', import.meta.url))], cacheDir)
}

function launcherSources(): string[] {
  return namesIn('.c').map((name) => join(sourceDir, name))
}

async function compile(name: string, words: string[], sources: string[], cacheDir: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([process.arch, words]))
  for (const path of [...sources, ...namesIn('.h').map((header) => join(sourceDir, header))])
    hash.update(path).update('\0').update(readFileSync(path))
  const target = join(cacheDir, `${name}-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(target)) return target
  const draft = `${target}.${randomUUID()}`
  try {
    mkdirSync(cacheDir, { recursive: true, mode: 0o700 })
    await run('cc', [...words, '-o', draft, ...sources], { timeout: COMPILE_TIMEOUT_MS })
    renameSync(draft, target)
  } catch (error) {
    const { stderr, code } = error as { stderr?: string; code?: unknown }
    const reason = code === 'ENOENT' ? 'no C compiler (tried cc)' : 'cc refused the sources'
    throw new LauncherUnavailable(reason, stderr ?? String(error))
  } finally {
    rmSync(draft, { force: true })
  }
  return target
}

function namesIn(ending: string): string[] {
  return readdirSync(sourceDir)
    .filter((name) => name.endsWith(ending))
    .sort()
}

function defaultCacheDir(): string {
  return join(homedir(), '.cache', 'weft', 'launcher')
}
