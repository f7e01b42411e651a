import { findProgram } from '@weft/bpf'
import { Failure } from '@weft/faults'
import { execFileSync } from 'node:child_process'
import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { CpioWriter } from './cpio.ts'
import type { Kernel } from './kernel-package.ts'

/** Packages of this repository that the guest runs, by name and folder. */
const packages = {
  addon: 'native/addon',
  bpf: 'native/bpf',
  ebpf: 'libs/transport/ebpf',
  faults: 'libs/base/faults',
} as const
const programs = ['bpftool', 'ip', 'nsenter', 'ss']
const modules = ['drivers/net/veth.ko', 'net/ipv4/tcp_diag.ko', 'net/ipv4/udp_diag.ko', 'net/ipv4/inet_diag.ko']

/** The first process: mounts what a machine has, runs guest.ts, turns the machine off. */
const init = `#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mount -t tmpfs tmpfs /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
for module in /modules/*.ko; do insmod $module 2>/dev/null; done
export PATH=/usr/sbin:/usr/bin:/bin HOME=${homedir()}
ip link set lo up
cd /weft && node libs/transport/ebpf/src/testing/kernels/guest.ts
poweroff -f
`

/**
 * Packs Node, the programs that capture calls, the compiled objects and the sources of our packages into one archive.
 * `compiled` are files of the cache; they keep their paths, so that the guest finds them instead of compiling.
 */
export async function buildInitramfs(
  path: string,
  repositoryDir: string,
  kernel: Kernel,
  compiled: readonly string[],
): Promise<void> {
  const archive = new CpioWriter(path)
  for (const name of ['proc', 'sys', 'dev', 'run', 'tmp', 'usr/bin', 'usr/sbin']) archive.addDirectory(name)
  archive.addConsole()
  archive.addText('init', init)
  archive.addFile('bin/busybox', kernel.busyboxPath)
  archive.addLink('bin/sh', 'busybox')
  addProgram(archive, process.execPath, 'usr/bin/node')
  for (const name of programs) {
    const found = findProgram(name)
    if (found === null) throw new Failure('program_absent', `Cannot build the guest: ${name} is not installed`)
    addProgram(archive, found, `usr/sbin/${name}`)
  }
  for (const [index, name] of modules.entries())
    addIfPresent(archive, join(kernel.modulesDir, name), `modules/${9 - index}-${basename(name)}`)
  for (const file of compiled) addCompiled(archive, file)
  addPackages(archive, repositoryDir)
  archive.close()
}

function addPackages(archive: CpioWriter, repositoryDir: string): void {
  archive.addText('weft/package.json', '{ "type": "module" }')
  for (const [name, folder] of Object.entries(packages)) {
    addTree(archive, join(repositoryDir, folder), `weft/${folder}`)
    archive.addLink(`weft/node_modules/@weft/${name}`, `../../${folder}`)
  }
}

function addTree(archive: CpioWriter, source: string, target: string): void {
  for (const entry of readdirSync(source, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name)
    if (entry.isFile() && !file.includes('node_modules')) archive.addFile(join(target, relative(source, file)), file)
  }
}

/** A program with the libraries that it names. */
function addProgram(archive: CpioWriter, source: string, target: string): void {
  archive.addFile(target, realpathSync(source))
  addLibraries(archive, source)
}

function addCompiled(archive: CpioWriter, file: string): void {
  archive.addFile(file.slice(1), file)
  if (!file.endsWith('.o')) addLibraries(archive, file)
}

function addLibraries(archive: CpioWriter, program: string): void {
  const listed = execFileSync('ldd', [program], { encoding: 'utf8' })
  for (const [library] of listed.matchAll(/\/\S+/g)) if (library !== program) archive.addFile(library.slice(1), library)
}

function addIfPresent(archive: CpioWriter, source: string, target: string): void {
  if (lstatSync(source, { throwIfNoEntry: false }) !== undefined) archive.addFile(target, source)
}
