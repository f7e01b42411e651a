import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { installDebianPackages } from '../../programs/obtain/debian-packages.ts'
import { cluster } from './cluster.ts'
import { imagesDir, repositoryRoot, TAG } from './place.ts'

export type Say = (line: string) => void

/** Images of this tree. */
export const ownImages = ['agent', 'control-plane', 'ca', 'policy', 'samples'] as const

export interface Preparation {
  /** Packages of Debian, each with a program by which its presence is told. */
  readonly packages: Readonly<Record<string, string>>
  readonly images: readonly string[]
  /** Takes images of this tree that an earlier run made. */
  readonly reusesImages: boolean
  /** Makes the other images, and gives their archives. */
  readonly others: () => readonly string[]
}

/** Makes what is missing and starts a cluster of two nodes that has the images. */
export async function prepareCluster(wish: Preparation, say: Say): Promise<void> {
  await startCluster(await prepareMachine(wish, say), say)
}

/** Programs, the parts of a cluster, images: gives the archives of these. */
export async function prepareMachine(wish: Preparation, say: Say): Promise<readonly string[]> {
  const complaint = installDebianPackages(say, wish.packages)
  if (complaint !== '') throw new Error(`cannot get the programs: ${complaint}`)
  await step('build the cluster', say, () => cluster('build', 'kube', 'coredns', 'images', 'helm'))
  if (!wish.reusesImages) await step('make the images', say, async () => makeImages(wish.images))
  return [...wish.images.map(archiveOf), ...wish.others()]
}

/** Two nodes that have the images. */
export async function startCluster(archives: readonly string[], say: Say): Promise<void> {
  await step('start the cluster', say, () => cluster('up', '--nodes', '2'))
  await step('load the images', say, () => cluster('load', ...archives))
}

/** Archive of an image of this tree. */
export const archiveOf = (name: string): string => join(imagesDir, `${name}.tar`)

/** Does it and says how long it took. */
export async function step(what: string, say: Say, work: () => Promise<unknown>): Promise<void> {
  const startedMs = performance.now()
  await work()
  say(`${what}: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
}

function makeImages(names: readonly string[]): void {
  const tool = join(repositoryRoot, 'tools/images/src/main.ts')
  const words = [tool, '--out', imagesDir, '--tag', TAG, ...names]
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`cannot make the images: ${stderr}`)
}
