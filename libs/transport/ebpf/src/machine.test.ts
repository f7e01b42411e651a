import { describe, expect, test } from 'vitest'
import { cgroup2Mount } from './cgroup.ts'
import { possibleCpus } from './maps.ts'
import { isBelowFloor } from './probe.ts'

describe('cgroup2Mount()', () => {
  test('finds the only hierarchy', () => {
    expect(cgroup2Mount('proc /proc proc rw 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n')).toBe('/sys/fs/cgroup')
  })

  test('finds the one beside the old hierarchies', () => {
    const mounts = 'cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n'
    expect(cgroup2Mount(mounts)).toBe('/sys/fs/cgroup/unified')
  })

  test('is null without one, and reads spaces in the path', () => {
    expect(cgroup2Mount('cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0\n')).toBeNull()
    expect(cgroup2Mount('cgroup2 /mnt/my\\040groups cgroup2 rw 0 0\n')).toBe('/mnt/my groups')
  })
})

test.each([
  ['0', 1],
  ['0-3', 4],
  ['0,2-7\n', 8],
])('possibleCpus() of "%s" is %i', (text, cpus) => {
  expect(possibleCpus(text)).toBe(cpus)
})

test.each([
  ['6.0.12-generic', true],
  ['5.15.0-91-generic', true],
  ['6.1.0-18-amd64', false],
  ['6.18.44', false],
  ['7.0-rc1', false],
])('isBelowFloor() of "%s" is %s', (release, expected) => {
  expect(isBelowFloor(release)).toBe(expected)
})
