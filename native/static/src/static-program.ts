import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const flags = ['-std=gnu11', '-Os', '-static', '-s', '-Wall', '-Wextra', '-Werror', '-fstack-protector-strong']
const sanitized = ['-std=gnu11', '-O1', '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-Wall']
const COMPILE_TIMEOUT_MS = 120_000
const run = promisify(execFile)

/** Why a program cannot be had. */
export class ProgramUnavailable extends Error {
  readonly code = 'program_unavailable'

  constructor(program: string, reason: string, detail = '') {
    super(`Cannot compile ${program}: ${reason}${detail === '' ? '' : `\n${detail}`}`)
    this.name = 'ProgramUnavailable'
  }
}

/**
 * A program of the folder `root`: its sources in `c/`, those of its tests in `test/`, and in an image `prebuilt/NAME`
 * instead of sources and compiler (tools/images).
 *
 * What is compiled is kept by the hash of its sources and flags. All of it is safe to run from several processes at once.
 * Faults: everything rejects with {@link ProgramUnavailable}.
 */
export class StaticProgram {
  readonly name: string
  readonly #root: string

  constructor(name: string, root: string) {
    this.name = name
    this.#root = root
  }

  /** Path of the program: as an image carries it, else compiled with the system's compiler, once per version. */
  async compile(cacheDir = this.#defaultCacheDir): Promise<string> {
    const prebuilt = join(this.#root, 'prebuilt', this.name)
    return existsSync(prebuilt) ? prebuilt : this.#compiled(this.name, flags, this.#sources, cacheDir)
  }

  /** With the sanitizers of the compiler in it, for tests. */
  async compileSanitized(): Promise<string> {
    return this.#compiled(`${this.name}-sanitized`, sanitized, this.#sources, this.#defaultCacheDir)
  }

  /** `test/fuzz.c` in the place of `main.c`, with the sanitizers in it. */
  async compileFuzz(): Promise<string> {
    const parts = this.#sources.filter((path) => !path.endsWith('/main.c'))
    return this.#compiled('fuzz', sanitized, [...parts, this.#testSource('fuzz')], this.#defaultCacheDir)
  }

  /** `test/NAME.c` alone. */
  async compileTest(name: string): Promise<string> {
    return this.#compiled(`test-${name}`, flags, [this.#testSource(name)], this.#defaultCacheDir)
  }

  async #compiled(name: string, words: string[], sources: string[], cacheDir: string): Promise<string> {
    const hash = createHash('sha256').update(JSON.stringify([process.arch, words]))
    for (const path of [...sources, ...this.#files('.h')]) hash.update(path).update('\0').update(readFileSync(path))
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
      throw new ProgramUnavailable(this.name, reason, stderr ?? String(error))
    } finally {
      rmSync(draft, { force: true })
    }
    return target
  }

  get #sources(): string[] {
    return this.#files('.c')
  }

  #files(ending: string): string[] {
    const dir = join(this.#root, 'c')
    return readdirSync(dir)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(dir, name))
  }

  #testSource(name: string): string {
    return join(this.#root, 'test', `${name}.c`)
  }

  get #defaultCacheDir(): string {
    return join(homedir(), '.cache', 'weft', this.name.replace(/^weft-/, ''))
  }
}
