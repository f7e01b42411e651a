import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { Failure } from '@weft/faults'

/**
 * Replaces a file as a whole, durably: written beside it, synced, renamed, the directory synced. After a crash or on a full
 * disk the former content is there untouched. `mode` is what the file has at the end, whatever the umask.
 *
 * Faults: Failure `write_failed` that names the path and the system's error.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array, mode = 0o600): void {
  const temporary = `${path}.new`
  try {
    rmSync(temporary, { force: true })
    writeSynced(temporary, content, mode)
    renameSync(temporary, path)
    syncDirectory(dirname(path))
  } catch (error) {
    rmSync(temporary, { force: true })
    const { code } = error as NodeJS.ErrnoException
    throw new Failure(
      'write_failed',
      `Cannot write ${path}: ${code ?? String(error)}, expected a writable place with room`,
      error,
    )
  }
}

function writeSynced(path: string, content: string | Uint8Array, mode: number): void {
  const bytes = Buffer.from(content)
  const file = openSync(path, 'wx', mode)
  try {
    fchmodSync(file, mode)
    for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function syncDirectory(path: string): void {
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}
