import { Failure } from '@weft/faults'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const BOOT_TIMEOUT_MS = 300_000
const MEMORY = '1536M'

/**
 * Boots the kernel in software emulation, shows what the guest says, and resolves with whether its last line was
 * `N passed, 0 failed`. A guest that falls silent is ended.
 */
export async function bootGuest(imagePath: string, initramfsPath: string): Promise<boolean> {
  const guest = spawn(
    'qemu-system-x86_64',
    [
      ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', MEMORY],
      ...['-kernel', imagePath, '-initrd', initramfsPath],
      ...['-append', 'console=ttyS0 quiet loglevel=1 panic=-1 cgroup_no_v1=all'],
      ...['-display', 'none', '-serial', 'stdio', '-monitor', 'none', '-no-reboot', '-nic', 'none'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], timeout: BOOT_TIMEOUT_MS, killSignal: 'SIGKILL' },
  )
  const ended = new Promise<void>((resolve, reject) => {
    guest.on('error', (error) => reject(new Failure('qemu_absent', 'Cannot run qemu-system-x86_64', error)))
    guest.on('close', () => resolve())
  })
  let verdict = ''
  createInterface({ input: guest.stdout }).on('line', (raw) => {
    const line = raw.replace(/\r$/, '')
    if (/^\d+ passed, \d+ failed$/.test(line)) verdict = line
    else console.log(line)
  })
  await ended
  console.log(verdict === '' ? 'the guest ended without a verdict\n0 passed, 1 failed' : verdict)
  return /^[1-9]\d* passed, 0 failed$/.test(verdict)
}
