import { randomUUID } from 'node:crypto'
import { closeSync, copyFileSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Readers see the old content or the new one, never a part. The draft's name ends in what no reader of the folder takes. */
export function replaceFile(path: string, content: string, mode: number): void {
  drafted(path, mode, (draft) => writeFileSync(draft, content, { flag: 'wx' }))
}

/** The same with the content of another file. */
export function replaceByCopy(path: string, from: string, mode: number): void {
  drafted(path, mode, (draft) => copyFileSync(from, draft))
}

/** On disk before it gets its name: after a power cut an empty file under that name would be worse than none. */
function drafted(path: string, mode: number, write: (draft: string) => void): void {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.draft`)
  try {
    write(draft)
    const fd = openSync(draft, 'r+')
    try {
      fchmodSync(fd, mode)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}
