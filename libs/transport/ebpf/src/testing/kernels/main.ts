// Boots old kernels in qemu and loads and attaches every eBPF program there: `npm run test:kernels`.
// Not here: the programs (native/bpf) and their tests on the running kernel (libs/transport/ebpf).
// Start here; guest.ts is what runs inside.
import { compileAddon } from '@weft/addon'
import { compilePrograms, programSourceDir } from '@weft/bpf'
import { compileProbe } from '@weft/bpf/testing'
import { mkdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { bootGuest } from './boot-guest.ts'
import { buildInitramfs } from './initramfs.ts'
import { fetchKernel } from './kernel-package.ts'

const cacheDir = join(homedir(), '.cache', 'weft', 'kernels')
const repositoryDir = join(programSourceDir(), '..', '..')

mkdirSync(cacheDir, { recursive: true })
const initramfsPath = join(cacheDir, `initramfs-${process.pid}.cpio`)
try {
  const kernel = await fetchKernel(cacheDir)
  console.log(`kernel ${kernel.release} (${kernel.packageName})`)
  const programs = await compilePrograms()
  const compiled = [compileAddon(), programs.objectPath, compileProbe()]
  await buildInitramfs(initramfsPath, repositoryDir, kernel, compiled)
  process.exitCode = (await bootGuest(kernel.imagePath, initramfsPath)) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  console.log('0 passed, 1 failed')
  process.exitCode = 1
} finally {
  rmSync(initramfsPath, { force: true })
}
