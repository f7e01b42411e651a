import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { addAgentFiles, LAUNCHER } from './agent-files.ts'
import { archiveOf } from './archive.ts'
import { bundle } from './bundle.ts'
import { FileTree } from './file-tree.ts'
import { layerOf, type Layer } from './layer.ts'
import { addLicenses } from './licenses.ts'
import { nodeTree, NODE } from './node-files.ts'

/** Where the tree stands in an image: a file of the repository is found below it by its own path. */
const IMAGE_ROOT = '/weft'
/** Nobody's on a usual machine, and Kubernetes can tell that it is not root. */
const NOBODY = '65532:65532'
/** One thread does the work; what the allocator keeps for each of the others is a tenth of the process. */
const ONE_ARENA = ['MALLOC_ARENA_MAX=1']

export interface ImagePlan {
  readonly name: string
  readonly user: string
  /** What it needs besides Node and its program. */
  readonly addFiles?: (tree: FileTree, imageRoot: string, scratchDir: string) => Promise<void>
  /** Below the root of the tree: a program that starts the service. */
  readonly launcher?: string
  /** More of its environment. */
  readonly environment?: readonly string[]
  /** Folders of the repository that it reads while running. */
  readonly folders?: readonly string[]
  /** A folder of programs instead of a service: each is bundled, and a container names the one it runs. */
  readonly programs?: string
}

export const images: readonly ImagePlan[] = [
  // It loads eBPF programs and enters namespaces of pods.
  { name: 'agent', user: '0:0', addFiles: addAgentFiles, launcher: LAUNCHER },
  { name: 'control-plane', user: NOBODY, environment: ONE_ARENA, folders: ['apps/dashboard/src'] },
  { name: 'ca', user: NOBODY, environment: ONE_ARENA },
  { name: 'policy', user: NOBODY, environment: ONE_ARENA },
]

/** Made only when asked for by name: the sample programs, for tests on a cluster. */
export const otherImages: readonly ImagePlan[] = [{ name: 'samples', user: NOBODY, programs: 'e2e/samples' }]

export interface BuildOptions {
  /** The repository. */
  readonly root: string
  /** Before the name: `weft/`, or a registry's host and path. */
  readonly prefix: string
  readonly tag: string
  /** Packed layers of earlier builds. */
  readonly cacheDir: string
}

export interface BuiltImage {
  readonly name: string
  readonly archive: Buffer
  readonly layers: readonly Layer[]
}

/**
 * One image, of two layers: Node with its libraries, the same for all; and the program. Equal sources on equal machines
 * give equal octets.
 */
export async function buildImage(plan: ImagePlan, options: BuildOptions): Promise<BuiltImage> {
  const { root, cacheDir, tag } = options
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const scratchDir = mkdtempSync(join(tmpdir(), 'weft-images-'))
  try {
    const tree = new FileTree()
    tree.addText(join(IMAGE_ROOT, 'package.json'), `${JSON.stringify({ name: 'weft', version, type: 'module' })}\n`)
    const started = await addOwnPrograms(tree, root, plan)
    for (const folder of plan.folders ?? []) tree.addFolder(join(IMAGE_ROOT, folder), join(root, folder))
    await plan.addFiles?.(tree, IMAGE_ROOT, scratchDir)
    const layers = [layerOf(nodeTree(root, scratchDir), cacheDir), layerOf(tree, cacheDir)]
    const name = `${options.prefix}${plan.name}:${tag}`
    const config = {
      Entrypoint: [...launcherOf(plan), NODE, '--disable-warning=ExperimentalWarning', ...started],
      Env: ['PATH=/usr/sbin:/usr/bin', 'HOME=/tmp', ...(plan.environment ?? [])],
      User: plan.user,
      WorkingDir: plan.programs === undefined ? '/' : join(IMAGE_ROOT, plan.programs),
      Labels: { 'org.opencontainers.image.version': version, 'org.opencontainers.image.licenses': 'Apache-2.0' },
    }
    return { name, archive: archiveOf(name, config, layers), layers }
  } finally {
    rmSync(scratchDir, { recursive: true, force: true })
  }
}

export function launcherOf({ launcher }: ImagePlan): string[] {
  return launcher === undefined ? [] : [join(IMAGE_ROOT, launcher)]
}

/** Path of the program that the image starts as; none where a container names it. */
async function addOwnPrograms(tree: FileTree, root: string, { name, programs }: ImagePlan): Promise<string[]> {
  if (programs === undefined) {
    const { path } = await addPrograms(tree, root, `apps/${name}/src/main.ts`)
    return [join(IMAGE_ROOT, path)]
  }
  for (const file of readdirSync(join(root, programs)).filter((name) => name.endsWith('.ts')))
    await addPrograms(tree, root, join(programs, file))
  return []
}

/** The bundle of `entry` and of every program that it starts as a process. */
async function addPrograms(tree: FileTree, root: string, entry: string): Promise<{ path: string }> {
  const { path, code, chunks, packages, started } = await bundle(root, entry, IMAGE_ROOT)
  tree.addText(join(IMAGE_ROOT, path), code)
  for (const [name, text] of chunks) tree.addText(join(IMAGE_ROOT, dirname(path), name), text)
  addLicenses(tree, IMAGE_ROOT, packages)
  for (const other of started) await addPrograms(tree, root, other)
  return { path }
}
