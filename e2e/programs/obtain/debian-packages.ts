import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { complaintOf } from './command.ts'
import { programPath } from './program-path.ts'

/** A program of each package, by which its presence is told. */
const packages: Readonly<Record<string, string>> = {
  curl: 'curl',
  openssl: 'openssl',
  python3: 'python3',
  'nginx-light': 'nginx',
  'redis-server': 'redis-server',
  'redis-tools': 'redis-benchmark',
  postgresql: 'postgres',
  'postgresql-client': 'psql',
  'postgresql-contrib': 'pgbench',
  'mariadb-server': 'mariadbd',
  'mariadb-client': 'mariadb',
  'openssh-server': 'sshd',
  'openssh-client': 'ssh',
  'golang-go': 'go',
  maven: 'mvn',
}
const POLICY = '/usr/sbin/policy-rc.d'
const NO_SERVICES = '#!/bin/sh\n# of weft e2e:programs\nexit 101\n'

/**
 * As root on Debian or Ubuntu: installs those packages of `wanted` whose program is missing, and starts no service. Returns
 * why it could not, or ''.
 */
export function installDebianPackages(say: (line: string) => void, wanted = packages): string {
  const missing = Object.keys(wanted).filter((name) => programPath(wanted[name]!) === '')
  if (missing.length === 0) return ''
  if (process.getuid?.() !== 0 || !isDebian()) return `not root on Debian or Ubuntu; missing: ${missing.join(' ')}`
  say(`installing Debian packages, starting none of their services: ${missing.join(' ')}`)
  return withoutServices(() => {
    // Somebody else may be installing.
    const install = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', ...missing]
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    if (complaintOf('apt-get', install, env) === '') return ''
    return complaintOf('apt-get', ['update'], env) || complaintOf('apt-get', install, env)
  })
}

/** Debian asks this file whether a package may start its service; 101 is no. Source: invoke-rc.d(8). */
function withoutServices(install: () => string): string {
  // Ours may be left by a run that was killed.
  if (existsSync(POLICY) && readFileSync(POLICY, 'utf8') !== NO_SERVICES) return install()
  writeFileSync(POLICY, NO_SERVICES, { mode: 0o755 })
  try {
    return install()
  } finally {
    rmSync(POLICY)
  }
}

function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
}
