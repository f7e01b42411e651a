import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FileTree } from './file-tree.ts'
import { tarOf } from './tar.ts'

const LEVEL = 6

/** One layer as it lies in an archive. */
export interface Layer {
  /** Of the tar, which an image's configuration names. */
  readonly diffId: string
  /** Of the packed octets, which its manifest names. */
  readonly digest: string
  readonly packed: Uint8Array
  readonly unpackedBytes: number
}

/** Packs a tree; what was packed before with the same Node is taken from `cacheDir`, since packing Node takes seconds. */
export function layerOf(tree: FileTree, cacheDir: string): Layer {
  const tar = tarOf(tree.entries())
  const diffId = digestOf(tar)
  const path = join(cacheDir, `${diffId.slice('sha256:'.length)}-${process.versions.zlib}-${LEVEL}.gz`)
  const packed = existsSync(path) ? readFileSync(path) : gzipSync(tar, { level: LEVEL })
  if (!existsSync(path)) keep(cacheDir, path, packed)
  return { diffId, digest: digestOf(packed), packed, unpackedBytes: tar.length }
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

function keep(cacheDir: string, path: string, packed: Uint8Array): void {
  mkdirSync(cacheDir, { recursive: true })
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, packed)
  renameSync(draft, path)
}
