import { dirname, join } from 'node:path/posix'
import type { Problem, Tree } from '../tree.ts'

interface Manifest {
  readonly name?: string
  readonly license?: string
  readonly exports?: Readonly<Record<string, string>>
  readonly nx?: { readonly tags?: readonly string[]; readonly targets?: Readonly<Record<string, unknown>> }
}

const PROJECT = /^(?:apps\/[^/]+|libs\/[^/]+\/[^/]+|native\/[^/]+|e2e|bench|tools)\/package\.json$/
const LIBRARY = /^(?:libs|native)\//
const PLANES = ['data', 'control', 'shared']
const RUNTIMES = ['any', 'node', 'browser']

/** Every project has its three tags (the layer is the folder), a lint target and the license; a library's exports exist. */
export function checkPackages(tree: Tree): Problem[] {
  return tree.files.filter((file) => PROJECT.test(file)).flatMap((file) => problemsOf(tree, file))
}

function problemsOf(tree: Tree, file: string): Problem[] {
  const manifest = JSON.parse(tree.read(file)) as Manifest
  const messages: string[] = []
  const tags = manifest.nx?.tags ?? []
  const expected = `layer:${layerOf(file)}`
  if (!tags.includes(expected)) messages.push(`nx.tags ${JSON.stringify(tags)}: expected ${expected}, the folder`)
  if (!PLANES.some((plane) => tags.includes(`plane:${plane}`)))
    messages.push(`nx.tags: expected plane:${PLANES.join('|')}`)
  if (!RUNTIMES.some((runtime) => tags.includes(`runtime:${runtime}`))) {
    messages.push(`nx.tags: expected runtime:${RUNTIMES.join('|')}`)
  }
  if (manifest.nx?.targets?.['lint'] === undefined) messages.push('nx.targets: expected lint')
  const license = file.startsWith('native/bpf/') ? 'GPL-2.0-only OR BSD-2-Clause' : 'Apache-2.0'
  if (manifest.license !== license) messages.push(`license ${JSON.stringify(manifest.license)}: expected "${license}"`)
  if (!manifest.name?.startsWith('@weft/')) messages.push(`name ${JSON.stringify(manifest.name)}: expected @weft/…`)
  for (const [key, target] of Object.entries(manifest.exports ?? {})) {
    if (LIBRARY.test(file) && key !== '.' && key !== './testing')
      messages.push(`exports "${key}": expected "." and "./testing" only`)
    const path = join(dirname(file), target)
    if (!tree.files.includes(path)) messages.push(`exports "${key}": ${path} does not exist`)
  }
  return messages.map((message) => ({ file, line: 0, message }))
}

function layerOf(file: string): string {
  const [top, second] = file.split('/')
  if (top === 'libs') return second!
  if (top === 'apps' || top === 'bench' || top === 'tools') return 'app'
  return top!
}
