import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '@weft/faults'
import { writeFileAtomic } from '@weft/host'
import type { Authorities, AuthorityStore, StoredAuthorities } from './authority-store.ts'
import { openAuthority, sealAuthority, type StoredAuthority } from './stored-authority.ts'

const WORLD_READABLE = 0o644

/**
 * Authorities in `root.json` and `issuing.json` of a directory, roots in `roots.pem` beside them, each replaced as a whole. For
 * one process: the supervisor of a mesh starts no second CA on the same directory.
 */
export class FileAuthorityStore implements AuthorityStore {
  readonly place: string
  readonly #secret: string

  constructor(stateDir: string, secret: string) {
    this.place = stateDir
    this.#secret = secret
  }

  async read(): Promise<StoredAuthorities> {
    const root = this.#open('root.json')
    const issuing = this.#open('issuing.json')
    if (root === null && issuing !== null) {
      throw new Failure(
        'state_invalid',
        `Cannot use ${this.place}: found ${this.#path('issuing.json')} without root.json, expected both or neither`,
      )
    }
    const version = `${root?.certificate.fingerprint} ${issuing?.certificate.fingerprint}`
    return { root, issuing, version }
  }

  async replace({ root, issuing }: Authorities, version: string): Promise<boolean> {
    const stored = await this.read()
    if (stored.version !== version) return false
    mkdirSync(this.place, { recursive: true, mode: 0o700 })
    if (stored.root?.pem !== root.pem) this.#write('root.json', sealAuthority(root, this.#secret))
    this.#write('issuing.json', sealAuthority(issuing, this.#secret))
    return true
  }

  async publishedRoots(): Promise<string | null> {
    return textOf(this.#path('roots.pem'))
  }

  async publishRoots(pem: string): Promise<void> {
    if ((await this.publishedRoots()) !== pem) this.#write('roots.pem', pem, WORLD_READABLE)
  }

  #open(name: string): StoredAuthority | null {
    const text = textOf(this.#path(name))
    return text === null ? null : openAuthority(this.#path(name), text, this.#secret)
  }

  #write(name: string, content: string, mode?: number): void {
    writeFileAtomic(this.#path(name), content, mode)
  }

  #path(name: string): string {
    return join(this.place, name)
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw new Failure('state_invalid', `Cannot read ${path}: ${code ?? 'an error'}, expected a readable file`, error)
  }
}
