import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildImage, images, otherImages } from './images.ts'
import type { Layer } from './layer.ts'

const usage = `npm run images -- [--out DIR] [--prefix PREFIX] [--tag TAG] [NAME]…

Makes one OCI archive per service: ${images.map(({ name }) => name).join(', ')}.
  --out DIR        where to (dist/images)
  --prefix PREFIX  before the name of each image (weft/)
  --tag TAG        default: the version of this tree
  --unpacked DIR   no archives: each image's files as a folder in DIR, for a Dockerfile
  NAME             only these; besides: ${otherImages.map(({ name }) => name).join(', ')}
`
const root = resolve(import.meta.dirname, '../../..')
const MEBIBYTE = 1 << 20

/** Builds what was asked for and prints a line per image. */
async function main(): Promise<number> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string', default: join(root, 'dist/images') },
      prefix: { type: 'string', default: 'weft/' },
      tag: { type: 'string', default: version },
      unpacked: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const all = [...images, ...otherImages]
  const unknown = positionals.find((name) => !all.some((plan) => plan.name === name))
  if (unknown !== undefined)
    throw new Error(`image ${JSON.stringify(unknown)}: expected ${all.map(({ name }) => name).join(', ')}`)
  if (values.unpacked === undefined) mkdirSync(values.out, { recursive: true })
  for (const plan of positionals.length === 0 ? images : all.filter(({ name }) => positionals.includes(name))) {
    const cacheDir = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'weft/images')
    const { name, archive, layers } = await buildImage(plan, { root, cacheDir, prefix: values.prefix, tag: values.tag })
    const path = values.unpacked === undefined ? join(values.out, `${plan.name}.tar`) : join(values.unpacked, plan.name)
    if (values.unpacked === undefined) writeFileSync(path, archive)
    else unpack(layers, path)
    const unpackedBytes = layers.reduce((sum, layer) => sum + layer.unpackedBytes, 0)
    const [packed, unpacked] = [archive.length, unpackedBytes].map((bytes) => (bytes / MEBIBYTE).toFixed(1))
    process.stdout.write(`${name}  ${packed} MiB packed, ${unpacked} MiB unpacked  ${path}\n`)
  }
  return 0
}

function unpack(layers: readonly Layer[], dir: string): void {
  mkdirSync(dir, { recursive: true })
  for (const { packed } of layers) execFileSync('tar', ['-C', dir, '-xz'], { input: packed })
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`images: ${error instanceof Error ? error.message : String(error)}\n`)
  return 1
})
