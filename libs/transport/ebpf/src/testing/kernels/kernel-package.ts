import { Failure } from '@weft/faults'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Debian 12's kernel for virtual machines: the small build of the same sources. */
const KERNEL_PATTERN = '^linux-image-6\\.1\\.0-[0-9]+-cloud-amd64(-unsigned)?$'
const BUSYBOX = 'busybox-static'
const APT_TIMEOUT_MS = 300_000

export interface Kernel {
  readonly packageName: string
  readonly release: string
  readonly imagePath: string
  readonly modulesDir: string
  readonly busyboxPath: string
}

/**
 * Debian's 6.1 kernel and a static busybox, taken out of their packages without installing anything. What an earlier run
 * fetched is used again.
 */
export async function fetchKernel(cacheDir: string): Promise<Kernel> {
  const busyboxDir = fetchPackage(cacheDir, BUSYBOX)
  const cached = readdirSync(cacheDir).find((name) => new RegExp(KERNEL_PATTERN).test(name))
  const packageName = cached ?? newestKernel()
  const root = fetchPackage(cacheDir, packageName)
  const image = readdirSync(join(root, 'boot')).find((name) => name.startsWith('vmlinuz-'))
  if (image === undefined) throw new Failure('kernel_package', `Cannot use "${packageName}": expected boot/vmlinuz-*`)
  const release = image.slice('vmlinuz-'.length)
  return {
    packageName,
    release,
    imagePath: join(root, 'boot', image),
    modulesDir: join(root, 'lib', 'modules', release, 'kernel'),
    busyboxPath: join(busyboxDir, 'bin', 'busybox'),
  }
}

function newestKernel(): string {
  const search = (): string[] =>
    call('apt-cache', ['search', '--names-only', KERNEL_PATTERN])
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '')
      .filter(Boolean)
  let names = search()
  if (names.length === 0) {
    if (process.getuid?.() === 0) call('apt-get', ['update', '-qq'])
    names = search()
  }
  const newest = names.sort((a, b) => numberOf(a) - numberOf(b) || b.length - a.length).at(-1)
  if (newest === undefined)
    throw new Failure('kernel_package', `Cannot fetch a 6.1 kernel: apt knows no package like ${KERNEL_PATTERN}`)
  return newest
}

function numberOf(name: string): number {
  return Number(/-6\.1\.0-(\d+)-/.exec(name)?.[1] ?? 0)
}

/** The folder of the unpacked package. */
function fetchPackage(cacheDir: string, name: string): string {
  const target = join(cacheDir, name)
  if (existsSync(target)) return target
  mkdirSync(cacheDir, { recursive: true })
  const draft = mkdtempSync(join(cacheDir, 'draft-'))
  try {
    call('apt-get', ['download', '-qq', name], draft)
    const deb = readdirSync(draft).find((file) => file.endsWith('.deb'))
    if (deb === undefined) throw new Failure('kernel_package', `Cannot fetch "${name}": apt-get left no package`)
    const unpacked = join(draft, 'unpacked')
    call('dpkg-deb', ['--extract', join(draft, deb), unpacked])
    renameSync(unpacked, target)
    return target
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function call(program: string, words: string[], cwd = '/'): string {
  try {
    return execFileSync(program, words, { cwd, encoding: 'utf8', stdio: 'pipe', timeout: APT_TIMEOUT_MS })
  } catch (error) {
    throw new Failure('kernel_package', `Cannot run ${program} ${words.join(' ')}: expected a Debian system`, error)
  }
}
