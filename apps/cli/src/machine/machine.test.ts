import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { findCgroupMount } from './cgroups.ts'
import { isKernelAtLeast } from './checks.ts'
import { takenAddresses } from './ports.ts'
import { identifyProcess, isAlive, signalProcess } from './process-identity.ts'

test('findCgroupMount() finds cgroup v2 alone and beside v1', () => {
  expect(findCgroupMount('cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n')).toBe('/sys/fs/cgroup')
  expect(
    findCgroupMount('cgroup /sys/fs/cgroup/cpu cgroup rw 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n'),
  ).toBe('/sys/fs/cgroup/unified')
  expect(findCgroupMount('proc /proc proc rw 0 0\n')).toBe('')
})

test('isKernelAtLeast() compares numbers, not text', () => {
  expect(isKernelAtLeast('6.1.0-28-amd64', [6, 1])).toBe(true)
  expect(isKernelAtLeast('6.18.44', [6, 1])).toBe(true)
  expect(isKernelAtLeast('5.15.0-91-generic', [6, 1])).toBe(false)
  expect(isKernelAtLeast('odd', [6, 1])).toBe(false)
})

test('a process is told from a later one of the same number', () => {
  const self = identifyProcess(process.pid)

  expect(isAlive(self)).toBe(true)
  expect(isAlive({ ...self, startedAt: '1' })).toBe(false)
  expect(signalProcess({ ...self, startedAt: '1' }, 'SIGKILL'), 'not sent').toBe(false)
})

test('takenAddresses() names whoever listens, and lets pass what is free or not of this machine', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo

  const taken = await takenAddresses([`127.0.0.1:${port}`, '127.0.0.2:0', '198.18.77.77:15010'])
  server.close()

  expect(taken).toEqual([expect.stringContaining(`127.0.0.1:${port} (pid ${process.pid} `)])
})
