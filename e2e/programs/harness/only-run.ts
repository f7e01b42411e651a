import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { runDirectory } from './place.ts'

const file = `${runDirectory}.pid`

/** There is one mesh of this suite on a machine. Faults: throws when a run that is alive has it. */
export function claimRun(): void {
  const owner = read(file).trim()
  if (owner !== '' && read(`/proc/${owner}/cmdline`).includes('e2e/programs/main.ts')) {
    throw new Error(`process ${owner} runs this suite already: expected one run at a time on a machine`)
  }
  rmSync(file, { force: true })
  writeFileSync(file, String(process.pid), { flag: 'wx' })
}

export function releaseRun(): void {
  rmSync(file, { force: true })
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
