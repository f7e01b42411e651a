import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { runDirectory } from './place.ts'

/** A directory for this test file, which other users may enter; removed after its last test. */
export function scratchDirectory(name: string): string {
  mkdirSync(runDirectory, { recursive: true })
  const directory = mkdtempSync(join(runDirectory, `${name}-`))
  chmodSync(directory, 0o755)
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Hands a directory to the user that a database insists on. */
export function giveTo(user: string, path: string): void {
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  chownSync(path, id('-u'), id('-g'))
}

/** `setpriv` becomes the program, unlike `su`, which stays above it and keeps signals to itself. */
export function asUser(user: string, command: readonly string[]): string[] {
  return ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--', ...command]
}

/** Writes `<directory>/server.crt` and `server.key`. */
export function makeCertificate(directory: string, host: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'server.key']
  const certificate = [
    '-subj',
    `/CN=${host}`,
    '-addext',
    `subjectAltName=DNS:${host}`,
    '-days',
    '2',
    '-out',
    'server.crt',
  ]
  execFileSync('openssl', ['req', '-x509', ...key, ...certificate], { cwd: directory, stdio: 'pipe' })
  chmodSync(join(directory, 'server.key'), 0o600)
}
