import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { imagesDir, repositoryRoot } from '../harness/place.ts'
import { pack } from '../harness/program-images.ts'

export const BENCH = 'weft.test/bench:1'

const sources = join(repositoryRoot, 'bench/native')
const programs: Readonly<Record<string, readonly string[]>> = {
  load: ['load.c', 'load_h2.c'],
  origin: ['origin.c'],
  first: ['-pthread', 'first.c'],
}

/** Archive of an image with the benchmark's load generator and origins, made anew when their sources say something else. */
export function benchImage(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(sources).toSorted()) hash.update(readFileSync(join(sources, file)))
  const path = join(imagesDir, `bench-${hash.digest('hex').slice(0, 12)}.tar`)
  if (existsSync(path)) return path
  const scratch = mkdtempSync(join(tmpdir(), 'weft-bench-image-'))
  try {
    const root = join(scratch, 'root')
    mkdirSync(join(root, 'bin'), { recursive: true })
    for (const [name, words] of Object.entries(programs))
      execFileSync('cc', ['-O2', '-Wall', '-static', '-s', '-o', join(root, 'bin', name), ...words], {
        cwd: sources,
        encoding: 'utf8',
      })
    pack(root, BENCH, path)
    return path
  } finally {
    rmSync(scratch, { recursive: true })
  }
}
