import { openSync, readFileSync, rmSync, writeFileSync, closeSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '@weft/faults'
import { identifyProcess, isAlive, type ProcessIdentity } from '../machine/process-identity.ts'
import type { MeshLocation } from '../mesh/location.ts'

/**
 * Makes this process the one that owns the state directory; a lock whose owner is gone is taken over.
 * Faults: Failure `conflict` when another supervisor has it.
 */
export function takeLock(location: MeshLocation): () => void {
  mkdirSync(location.stateDir, { recursive: true, mode: 0o700 })
  const path = join(location.stateDir, 'supervisor.lock')
  for (let attempt = 1; ; attempt++) {
    try {
      const file = openSync(path, 'wx', 0o600)
      writeFileSync(file, JSON.stringify(identifyProcess(process.pid)))
      closeSync(file)
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new Failure('failed', `cannot write to state directory ${location.stateDir}`, error)
      }
    }
    const owner = ownerOf(path)
    if (attempt === 2 || (owner !== null && isAlive(owner))) {
      const who = owner === null ? 'another process' : `process ${owner.pid}`
      throw new Failure(
        'conflict',
        `cannot start mesh ${location.mesh}: ${who} runs or starts it in ${location.stateDir}`,
      )
    }
    rmSync(path, { force: true })
  }
}

function ownerOf(path: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity
  } catch {
    return null
  }
}
