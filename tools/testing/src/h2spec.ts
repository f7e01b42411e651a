import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe } from 'vitest'
import { SKIP_MARK } from './skip-mark.ts'

const run = promisify(execFile)
const BIN = join(homedir(), '.cache', 'weft', 'bin')
const PACKAGE = 'github.com/summerwind/h2spec/cmd/h2spec@v2.2.1+incompatible'

/** What it has to say at its end: with a wrong flag it runs nothing, and is content. */
export const H2SPEC_PASSED = /^146 tests, 146 passed, 0 skipped, 0 failed$/m

/** `describe`, or a counted skip, for what needs h2spec; `test` is given a function that runs it strictly and has its output. */
export async function withH2spec(title: string, suite: (h2spec: RunH2spec) => void): Promise<void> {
  const found = await findH2spec()
  if ('missing' in found) {
    describe.skip(`${title}${SKIP_MARK}${found.missing}`, () => suite(async () => ''))
    return
  }
  const { path } = found
  describe(title, () =>
    suite(async (port, more = []) => {
      const args = ['-S', '-h', '127.0.0.1', '-p', String(port), '-o', '5', ...more]
      const result: { stdout: string } = await run(path, args).catch((error) => error)
      return result.stdout
    }),
  )
}

export type RunH2spec = (port: number, more?: readonly string[]) => Promise<string>

/** The program, built into the user's cache the first time, or why it cannot be had. */
async function findH2spec(): Promise<{ path: string } | { missing: string }> {
  const path = join(BIN, 'h2spec')
  if (existsSync(path)) return { path }
  try {
    await run('go', ['install', PACKAGE], { env: { ...process.env, GOBIN: BIN }, timeout: 300_000 })
    return { path }
  } catch (error) {
    const isGoMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { missing: isGoMissing ? 'Go, to build h2spec' : 'h2spec, which Go could not fetch and build' }
  }
}
