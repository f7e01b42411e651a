/**
 * Makes libs/codec/proto/src/generated from proto/: one static module and its types. `--check` only compares.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const outDir = join(root, 'libs/codec/proto/src/generated')
const sources = readdirSync(join(root, 'proto'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.proto'))
  .toSorted()
  .map((name) => join(root, 'proto', name))

const work = mkdtempSync(join(tmpdir(), 'weft-proto-'))
try {
  const js = join(work, 'weft.js')
  const options = ['--no-service', '--no-typeurl', '--no-convert', '--no-delimited', '--no-verify', '--force-number']
  execFileSync(
    join(root, 'node_modules/.bin/pbjs'),
    [
      '-t',
      'static-module',
      '-w',
      'esm',
      '-d',
      '-r',
      'weft',
      ...options,
      '-p',
      join(root, 'proto'),
      '-o',
      js,
      ...sources,
    ],
    { cwd: join(root, 'proto'), stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const result = new Map(['weft.js', 'weft.d.ts'].map((name) => [name, readFileSync(join(work, name), 'utf8')]))
  if (process.argv.includes('--check')) {
    for (const [name, text] of result) {
      if (readFileSync(join(outDir, name), 'utf8') === text) continue
      process.stderr.write(`libs/codec/proto/src/generated/${name} is not what proto/ says: run 'npm run proto'\n`)
      process.exitCode = 1
    }
  } else {
    mkdirSync(outDir, { recursive: true })
    for (const [name, text] of result) writeFileSync(join(outDir, name), text)
  }
} finally {
  rmSync(work, { recursive: true })
}
