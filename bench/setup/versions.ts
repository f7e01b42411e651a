import { spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

/** Where a program is, also in the places of the system that not every PATH has; '' when it is nowhere. */
export function programPath(name: string): string {
  const places = [...(process.env['PATH'] ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin']
  return places.map((place) => join(place, name)).find((path) => isExecutable(path)) ?? ''
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** What a program says about its version, on either output. */
export function versionOf(program: string, args: readonly string[]): string {
  const path = program.includes('/') ? program : programPath(program)
  if (path === '') return ''
  const { stdout, stderr } = spawnSync(path, args, { encoding: 'utf8', timeout: 20_000 })
  return `${stdout ?? ''}${stderr ?? ''}`
}

export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGiB: number
  readonly kernel: string
  readonly system: string
  readonly node: string
}

/** What a reader needs to judge the figures; no host name and no path. */
export function describeMachine(): Machine {
  const release = readFileSync('/etc/os-release', 'utf8')
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim().split('-')[0]!,
    system: /^PRETTY_NAME="(.*)"/m.exec(release)?.[1] ?? 'Linux',
    node: process.versions.node,
  }
}
