import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a check found: place, what is wrong, what to do instead. `line` 0 means the file as a whole. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly message: string
}

/** The tracked files of the repository. Checks read nothing else, so that tests can hand them a made-up one. */
export interface Tree {
  /** Where it is on disk, for checks that run programs over it. */
  readonly root: string
  readonly files: readonly string[]
  read(file: string): string
}

/** Tracked files and new ones that are not ignored; links, and files deleted but not committed, are left out. */
export function openTree(root: string): Tree {
  const list = (...options: string[]): string[] =>
    execFileSync('git', ['ls-files', '-z', ...options], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\0')
  const deleted = new Set(list('--deleted'))
  const isFile = (file: string): boolean =>
    file !== '' && !deleted.has(file) && !lstatSync(join(root, file)).isSymbolicLink()
  const files = list('--cached', '--others', '--exclude-standard').filter(isFile)
  return { root, files: [...new Set(files)].toSorted(), read: (file) => readFileSync(join(root, file), 'utf8') }
}

/** Every place where `pattern` (without the flag g) is found, with its line counted from 1. */
export function linesWith(text: string, pattern: RegExp): { readonly line: number; readonly match: RegExpExecArray }[] {
  const everywhere = new RegExp(pattern.source, `${pattern.flags}g`)
  return text
    .split('\n')
    .flatMap((content, i) => [...content.matchAll(everywhere)].map((match) => ({ line: i + 1, match })))
}
