import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { archiveOf } from './archive.ts'
import { FileTree } from './file-tree.ts'
import { layerOf } from './layer.ts'
import { tarOf } from './tar.ts'

const config = { Entrypoint: ['/a'], Env: [], User: '65532:65532', WorkingDir: '/', Labels: {} }

function inScratch<T>(use: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'weft-tar-'))
  try {
    return use(dir)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

test('tarOf() writes what tar reads: files, links, folders, names that are long', () =>
  inScratch((dir) => {
    const long = `/${'folder-of-a-long-name/'.repeat(8)}file`
    const tree = new FileTree()
    tree.addText('/b/text', 'octets')
    tree.add('/b/program', { kind: 'file', mode: 0o755, bytes: Buffer.alloc(513, 1) })
    tree.add('/link', { kind: 'link', target: 'b/text' })
    tree.addText(long, 'far')
    writeFileSync(join(dir, 'x.tar'), tarOf(tree.entries()))

    execFileSync('tar', ['-C', dir, '-xf', join(dir, 'x.tar')])

    expect(readFileSync(join(dir, 'link'), 'utf8')).toBe('octets')
    expect(readFileSync(join(dir, long), 'utf8')).toBe('far')
    expect(statSync(join(dir, 'b/program'))).toMatchObject({ size: 513, mtimeMs: 0 })
    expect(statSync(join(dir, 'b/program')).mode & 0o777).toBe(0o755)
  }))

test('tarOf() depends on what is in a tree, not on the order it came in', () => {
  const [forth, back] = [new FileTree(), new FileTree()]
  for (const name of ['/a/1', '/b', '/a/2']) forth.addText(name, name)
  for (const name of ['/a/2', '/b', '/a/1']) back.addText(name, name)

  expect(tarOf(forth.entries()).equals(tarOf(back.entries()))).toBe(true)
})

test('tarOf() refuses a path that the format cannot hold', () => {
  const tree = new FileTree()
  tree.addText(`/${'x'.repeat(300)}`, '')

  expect(() => tarOf(tree.entries())).toThrow('expected a path of at most 255 octets')
})

test.each([
  ['weft/agent:1', 'docker.io/weft/agent:1'],
  ['agent:1', 'docker.io/library/agent:1'],
  ['example.test/weft/agent:1', 'example.test/weft/agent:1'],
  ['localhost:5000/agent:1', 'localhost:5000/agent:1'],
])('archiveOf(%s) is %s to containerd', (name, full) =>
  inScratch((dir) => {
    const tree = new FileTree()
    tree.addText('/a', 'x')
    const layer = layerOf(tree, join(dir, 'cache'))
    writeFileSync(join(dir, 'x.tar'), archiveOf(name, config, [layer, layer]))
    execFileSync('tar', ['-C', dir, '-xf', join(dir, 'x.tar')])

    const index = JSON.parse(readFileSync(join(dir, 'index.json'), 'utf8')) as {
      manifests: [{ digest: string; annotations: Record<string, string> }]
    }
    const manifest = JSON.parse(
      readFileSync(join(dir, 'blobs', index.manifests[0].digest.replace(':', '/')), 'utf8'),
    ) as { layers: { digest: string; size: number }[] }

    expect(index.manifests[0].annotations['io.containerd.image.name']).toBe(full)
    for (const { digest, size } of manifest.layers)
      expect(statSync(join(dir, 'blobs', digest.replace(':', '/'))).size).toBe(size)
    expect(layerOf(tree, join(dir, 'cache')), 'from the cache').toEqual(layer)
  }),
)
