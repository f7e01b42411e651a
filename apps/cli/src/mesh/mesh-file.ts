import { readFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { Failure } from '@weft/faults'
import { isAlive, type ProcessIdentity } from '../machine/process-identity.ts'
import { statePaths, type MeshLocation } from './location.ts'
import type { MeshPlan } from './plan.ts'

export interface PartState {
  readonly name: string
  readonly process: ProcessIdentity | null
  readonly restarts: number
}

/** What `up` made, for the other commands: mesh.json in the state directory. */
export interface MeshFile {
  readonly format: 1
  readonly state: 'starting' | 'running' | 'draining'
  readonly plan: MeshPlan
  readonly supervisor: ProcessIdentity
  readonly parts: readonly PartState[]
}

/** The mesh file of a location, null when there is none. */
export function readMeshFile(location: MeshLocation): MeshFile | null {
  const path = statePaths.meshFile(location)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Failure('failed', `cannot read ${path}: expected a file of this user`, error)
  }
  try {
    const file = JSON.parse(text) as MeshFile
    if (file.format === 1) return file
  } catch {
    // Falls through to the one message about both.
  }
  throw new Failure('failed', `cannot read ${path}: expected JSON of format 1, as this version of weft writes it`)
}

/** Replaces the mesh file as a whole, so that a reader never sees half of it. */
export async function writeMeshFile(location: MeshLocation, file: MeshFile): Promise<void> {
  const path = statePaths.meshFile(location)
  await writeFile(`${path}.new`, JSON.stringify(file, null, 2) + '\n', { mode: 0o600 })
  await rename(`${path}.new`, path)
}

export async function removeMeshFile(location: MeshLocation): Promise<void> {
  await rm(statePaths.meshFile(location), { force: true })
}

/**
 * The mesh that runs at a location.
 * Faults: Failure `not_running` when none does.
 */
export function requireRunning(location: MeshLocation): MeshFile {
  const file = readMeshFile(location)
  const up = location.mesh === 'default' ? 'weft up' : `weft up --mesh ${location.mesh}`
  if (file === null || !isAlive(file.supervisor)) {
    throw new Failure(
      'not_running',
      `mesh ${location.mesh} is not running in ${location.stateDir}: start it with \`${up}\`, or name a cluster with --kubeconfig`,
    )
  }
  if (file.state !== 'running') {
    throw new Failure('not_running', `mesh ${location.mesh} is ${file.state}: expected it to be running`)
  }
  return file
}
