import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { repositoryRoot } from './place.ts'

/** A copy of the sources of one state, from which `weft proxy` runs; edits made meanwhile do not show. */
export interface Tree {
  readonly directory: string
  /** For people: a short revision, `-dirty` behind it when files differ. */
  readonly revision: string
}

/** Copies a git revision of this repository, or a directory as it is now, into `to`. */
export function copyTree(what: string, to: string): Tree {
  mkdirSync(to, { recursive: true })
  const from = resolve(process.env['INIT_CWD'] ?? '.', what)
  const isDirectory = existsSync(join(from, 'apps/cli'))
  const revision = isDirectory ? copyDirectory(from, to) : copyRevision(what, to)
  linkPackages(isDirectory && existsSync(join(from, 'node_modules')) ? from : repositoryRoot, to)
  return { directory: to, revision }
}

function copyDirectory(from: string, to: string): string {
  const list = shell(
    'git ls-files -z --cached --others --exclude-standard -- apps libs native proto tools package.json',
    from,
  )
  const files = list.split('\0').filter((file) => file !== '' && existsSync(join(from, file)))
  execFileSync('tar', ['-cf', join(to, '.tree.tar'), '--null', '-T', '-'], { cwd: from, input: files.join('\0') })
  execFileSync('tar', ['-xf', '.tree.tar'], { cwd: to })
  const dirty = shell('git status --porcelain -- apps libs native', from) === '' ? '' : '-dirty'
  return `${shell('git rev-parse --short HEAD', from)}${dirty}`
}

function copyRevision(revision: string, to: string): string {
  let id: string
  try {
    id = execFileSync('git', ['rev-parse', '--verify', '--short', `${revision}^{commit}`], {
      cwd: repositoryRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    throw new Error(`--ab ${JSON.stringify(revision)}: expected a directory with a tree of Weft, or a git revision`)
  }
  execFileSync('git', ['archive', '-o', join(to, '.tree.tar'), id], { cwd: repositoryRoot })
  execFileSync('tar', ['-xf', '.tree.tar'], { cwd: to })
  return id
}

/**
 * Packages are those of `from`, but the links of the workspace must lead into the copy: `node_modules/@weft/x` is
 * relative (`../../libs/…/x`), so it is made anew with the same words.
 */
function linkPackages(from: string, to: string): void {
  const packages = join(from, 'node_modules')
  const made = join(to, 'node_modules')
  mkdirSync(join(made, '@weft'), { recursive: true })
  for (const name of readdirSync(packages)) if (name !== '@weft') symlinkSync(join(packages, name), join(made, name))
  for (const name of readdirSync(join(packages, '@weft'))) {
    const link = join(packages, '@weft', name)
    if (lstatSync(link).isSymbolicLink()) symlinkSync(readlinkSync(link), join(made, '@weft', basename(link)))
  }
}

const shell = (command: string, cwd: string): string =>
  execFileSync('sh', ['-c', command], { cwd, encoding: 'utf8', maxBuffer: 1 << 26 }).trim()
