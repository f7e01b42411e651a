import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { archiveOf } from '../harness/prepare.ts'
import { type Chapter, figure } from './report.ts'
import { formatNumber } from './statistics.ts'

const MEBIBYTE = 1 << 20
const images = ['agent', 'control-plane', 'ca', 'policy']

interface Descriptor {
  readonly digest: string
  readonly size: number
}

/** Sizes of the images that were installed, by their archives. */
export async function imageSizes(): Promise<Chapter> {
  const sizes = new Map<string, number>()
  const shared = new Set(layersOf(archiveOf('agent'), sizes).map(({ digest }) => digest))
  const figures = images.map((name) => {
    const layers = layersOf(archiveOf(name), sizes)
    const own = name === 'agent' ? [] : layers.filter(({ digest }) => !shared.has(digest))
    const beside = own.length === 0 ? '' : `; beside the agent's ${sizesOf(own)}`
    return figure(name, `${sizesOf(layers)}${beside}`)
  })
  return { title: 'Image sizes', how: 'Layers as they are packed in the archives, and unpacked.', figures }
}

interface Layer {
  readonly digest: string
  readonly packedBytes: number
  readonly unpackedBytes: number
}

/** Layers of an OCI archive; `sizes` are those of layers that were unpacked before. */
export function layersOf(archive: string, sizes = new Map<string, number>()): Layer[] {
  if (!existsSync(archive)) throw new Error(`image sizes: found no ${archive}, expected an archive of npm run images`)
  const dir = mkdtempSync(join(tmpdir(), 'weft-image-'))
  try {
    execFileSync('tar', ['-xf', archive, '-C', dir])
    const blob = ({ digest }: Descriptor): Buffer => readFileSync(join(dir, 'blobs', digest.replace(':', '/')))
    const index = JSON.parse(readFileSync(join(dir, 'index.json'), 'utf8')) as { manifests: Descriptor[] }
    const { layers } = JSON.parse(blob(index.manifests[0]!).toString()) as { layers: Descriptor[] }
    return layers.map((one) => {
      const unpackedBytes = sizes.get(one.digest) ?? gunzipSync(blob(one)).length
      sizes.set(one.digest, unpackedBytes)
      return { digest: one.digest, packedBytes: one.size, unpackedBytes }
    })
  } finally {
    rmSync(dir, { recursive: true })
  }
}

function sizesOf(layers: readonly Layer[]): string {
  const of = (key: 'packedBytes' | 'unpackedBytes'): string =>
    formatNumber(layers.reduce((bytes, layer) => bytes + layer[key], 0) / MEBIBYTE)
  return `${of('packedBytes')} MiB packed, ${of('unpackedBytes')} MiB unpacked`
}
