import { readdirSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PodNetwork } from '../machine/pod-network.ts'
import type { ProcessIdentity } from '../machine/process-identity.ts'
import { statePaths, type MeshLocation } from './location.ts'

/** One `weft run` and what it made, for `down` and for whoever cleans up after a killed one. */
export interface RunFile {
  readonly id: string
  readonly run: ProcessIdentity
  /** Full path, '' without capture. */
  readonly cgroup: string
  readonly network: PodNetwork | null
}

export async function writeRunFile(location: MeshLocation, file: RunFile): Promise<void> {
  await writeFile(pathOf(location, file.id), JSON.stringify(file), { mode: 0o600 })
}

export async function removeRunFile(location: MeshLocation, id: string): Promise<void> {
  await rm(pathOf(location, id), { force: true })
}

export function readRunFiles(location: MeshLocation): RunFile[] {
  const directory = statePaths.runs(location)
  const found: RunFile[] = []
  for (const name of listOrEmpty(directory)) {
    try {
      found.push(JSON.parse(readFileSync(join(directory, name), 'utf8')) as RunFile)
    } catch {
      // Half written or just removed: its cgroup and namespace are still found by name.
    }
  }
  return found
}

function listOrEmpty(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function pathOf(location: MeshLocation, id: string): string {
  return join(statePaths.runs(location), `${id}.json`)
}
