import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
} from 'node:fs'
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { imagesDir, repositoryRoot } from './place.ts'

const POSTGRESQL = '/usr/lib/postgresql/15'

interface ProgramImage {
  /** Packages of Debian that it comes from. */
  readonly packages: readonly string[]
  readonly programs: readonly string[]
  /** Copied whole; shared objects in it bring their libraries along, but for those named. */
  readonly folders?: readonly string[]
  readonly without?: RegExp
  readonly emptyFolders?: readonly string[]
}

/** Real programs, as Debian has them. busybox is in each, so that tests can look inside. */
const images: Readonly<Record<string, ProgramImage>> = {
  nginx: {
    packages: ['nginx-light'],
    programs: ['/usr/sbin/nginx'],
    emptyFolders: ['/var/lib/nginx', '/var/log/nginx', '/etc/nginx'],
  },
  redis: { packages: ['redis-server', 'redis-tools'], programs: ['/usr/bin/redis-server', '/usr/bin/redis-cli'] },
  postgresql: {
    packages: ['postgresql-15', 'postgresql-client-15', 'postgresql-contrib'],
    programs: ['postgres', 'initdb', 'psql', 'pgbench'].map((name) => `${POSTGRESQL}/bin/${name}`),
    folders: [`${POSTGRESQL}/lib`, '/usr/share/postgresql/15', '/usr/share/zoneinfo'],
    // The compiler of queries is a hundred megabytes, and off by default here.
    without: /llvmjit|bitcode|\/man\//,
  },
}

export const programImageNames = Object.keys(images)

/** Archive of an image `weft.test/NAME:1` with a program of Debian, made anew when this file says something else. */
export function programImage(name: string): string {
  const version = createHash('sha256')
    .update(readFileSync(import.meta.filename))
    .digest('hex')
    .slice(0, 12)
  const path = join(imagesDir, `${name}-${version}.tar`)
  if (existsSync(path)) return path
  const plan = images[name]!
  const missing = plan.programs.find((program) => !existsSync(program))
  if (missing !== undefined)
    throw new Error(`Cannot make the image ${name}: expected ${missing}, of ${plan.packages.join(', ')}`)
  const scratch = mkdtempSync(join(tmpdir(), 'weft-program-'))
  try {
    const root = join(scratch, 'root')
    fill(root, plan)
    pack(root, `weft.test/${name}:1`, path)
  } finally {
    rmSync(scratch, { recursive: true })
  }
  return path
}

function fill(root: string, { programs, folders = [], without, emptyFolders = [] }: ProgramImage): void {
  for (const folder of ['/tmp', '/run', '/etc', '/bin', '/data', ...emptyFolders])
    mkdirSync(join(root, folder), { recursive: true })
  for (const folder of ['/tmp', '/run', '/data']) chmodSync(join(root, folder), 0o1777)
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0::/tmp:/bin/sh\nprogram:x:65532:65532::/tmp:/bin/sh\n')
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nprogram:x:65532:\n')
  for (const program of programs) copyWithLibraries(root, program)
  for (const folder of folders) {
    cpSync(folder, join(root, folder), { recursive: true, filter: (path) => without?.test(path) !== true })
    for (const name of readdirSync(folder))
      if (name.endsWith('.so') && without?.test(name) !== true) copyWithLibraries(root, join(folder, name))
  }
  copy(root, '/bin/busybox')
  for (const applet of execFileSync('/bin/busybox', ['--list'], { encoding: 'utf8' }).trim().split('\n'))
    if (applet !== 'busybox') symlinkSync('busybox', join(root, 'bin', applet))
}

function copyWithLibraries(root: string, program: string): void {
  copy(root, program)
  const listed = execFileSync('ldd', [program], { encoding: 'utf8' })
  for (const match of listed.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x/gm)) copy(root, match[1]!)
}

function copy(root: string, path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  cpSync(realpathSync(path), join(root, path))
}

/** Makes an archive of an image of a folder. */
export function pack(root: string, name: string, path: string): void {
  mkdirSync(imagesDir, { recursive: true })
  const draft = `${path}.${process.pid}`
  const file = openSync(draft, 'w')
  try {
    const tool = join(repositoryRoot, 'e2e/cluster/cluster')
    execFileSync(tool, ['image', root, name], { stdio: ['ignore', file, 'inherit'] })
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
}
