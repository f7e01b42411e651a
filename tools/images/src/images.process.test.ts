import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { needs } from '@weft/tools/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildImage, images, type BuiltImage } from './images.ts'
import { ImageRoot } from './testing/image-root.ts'

const root = resolve(import.meta.dirname, '../../..')
const NOBODY = 65_532

needs(
  'root',
  'netns',
  'compiler',
  'program:clang',
  'program:bpftool',
  'program:strip',
)('images', () => {
  const dir = mkdtempSync(join(tmpdir(), 'weft-images-test-'))
  const netns = `weft-images-${process.pid}`
  const built = new Map<string, BuiltImage>()
  const roots = new Map<string, ImageRoot>()
  const build = (name: string, cache: string): Promise<BuiltImage> =>
    buildImage(
      images.find((plan) => plan.name === name)!,
      {
        root,
        prefix: 'weft/',
        tag: 'test',
        cacheDir: join(dir, cache),
      },
    )

  beforeAll(async () => {
    execFileSync('ip', ['netns', 'add', netns])
    execFileSync('ip', ['-n', netns, 'link', 'set', 'lo', 'up'])
    for (const { name } of images) {
      const image = await build(name, 'first')
      built.set(name, image)
      roots.set(name, new ImageRoot(image.archive, join(dir, name)))
    }
  }, 180_000)

  afterAll(async () => {
    for (const image of [...roots.values()].toReversed()) await image.stop()
    execFileSync('ip', ['netns', 'delete', netns])
    rmSync(dir, { recursive: true, force: true })
  }, 60_000)

  test.each(['agent', 'ca'])('two builds of %s are equal bit by bit', async (name) => {
    const second = await build(name, 'second')

    expect(hash(second.archive)).toBe(hash(built.get(name)!.archive))
  })

  test('no layer names the place where it was built', () => {
    for (const { name, layers } of built.values())
      for (const { packed } of layers) {
        const octets = gunzipSync(packed)
        expect(octets.includes(root), `${name}: ${root}`).toBe(false)
        expect(octets.includes(tmpdir() + '/weft'), `${name}: ${tmpdir()}`).toBe(false)
      }
  })

  test('all stand on the same Node', () => {
    expect(new Set([...built.values()].map(({ layers }) => layers[0]!.digest)).size).toBe(1)
  })

  test.each(images.map(({ name }) => name))('%s prints its settings', (name) => {
    expect(roots.get(name)!.run('--help')).toContain('--log-level')
  })

  test('a mesh of them starts, with nothing to write to but its state', async () => {
    const state = prepareState(join(dir, 'state'))
    const joining = (part: string): Record<string, string> => ({
      'ca-address': '127.0.0.1:15012',
      'trust-roots-file': '/state/roots.pem',
      'join-token-file': `/state/${part}.token`,
      'state-dir': `/state/${part}`,
    })
    const others = { 'control-plane-address': '127.0.0.1:15010', 'policy-address': '127.0.0.1:15013' }
    const start = (name: string, settings: Readonly<Record<string, string>>): Promise<void> =>
      roots.get(name)!.start(netns, state, settings)

    await start('ca', {
      'state-dir': '/state/ca',
      'join-tokens-file': '/state/tokens.json',
      'key-encryption-key-file': '/state/kek',
      'control-plane-address': others['control-plane-address'],
    })
    execFileSync('cp', [join(state, 'ca/roots.pem'), state])
    await start('control-plane', {
      ...joining('control-plane'),
      listen: '127.0.0.1:15010',
      'management-socket': '/state/control-plane/management.sock',
      node: 'node1=127.0.0.1,shared=198.18.2.0/24,own=198.18.3.0/24',
    })
    await start('policy', { ...joining('policy'), 'control-plane-address': others['control-plane-address'] })
    await start('agent', { ...joining('agent'), ...others, node: 'node1', address: '127.0.0.1', capture: 'proxy' })

    const fetched = (url: string): string =>
      execFileSync('nsenter', [`--net=/run/netns/${netns}`, process.execPath, '-e', FETCH, url], { encoding: 'utf8' })
    expect(fetched('http://127.0.0.1:15021/healthz/ready'), 'a worker runs').toMatch(/^200/)
    expect(fetched('http://127.0.0.1:15011/'), 'the page is there').toContain('<title>')
  }, 60_000)
})

const FETCH = 'fetch(process.argv[1]).then(async (r) => console.log(r.status, await r.text()))'

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Tokens and the key of the CA, and folders that the users of the images may write. */
function prepareState(state: string): string {
  mkdirSync(state, { recursive: true })
  const roles = { 'control-plane': 'control-plane', policy: 'policy', agent: 'node/node1' }
  const tokens = Object.entries(roles).map(([part, role]) => {
    const token = `token-of-${part}-with-many-characters`
    writeFileSync(join(state, `${part}.token`), token)
    return { sha256: createHash('sha256').update(token).digest('hex'), role, expiresAtMs: Date.now() + 600_000 }
  })
  writeFileSync(join(state, 'tokens.json'), JSON.stringify(tokens))
  writeFileSync(join(state, 'kek'), '0123456789abcdef'.repeat(4))
  for (const part of ['ca', 'control-plane', 'policy', 'agent']) {
    mkdirSync(join(state, part), { mode: 0o700 })
    if (part !== 'agent') chownSync(join(state, part), NOBODY, NOBODY)
  }
  chownSync(state, NOBODY, NOBODY)
  return state
}
