import { expect, it } from 'vitest'
import { cpuSecondsOf, familyOf, memoryOf, parseStat } from './processes.ts'

it('reads the fields after a name with spaces and parentheses', () => {
  const rest = 'S 7 40 40 0 -1 4194560 1 0 0 0 123 45 6 7 20 0 1 0 100'
  expect(parseStat(`42 (a (b) c) ${rest}`)).toEqual({ pid: 42, parent: 7, cpuTicks: 168 })
})

it('finds this process, its time and its memory', () => {
  expect(familyOf(process.pid)).toContain(process.pid)
  expect(cpuSecondsOf([process.pid])).toBeGreaterThan(0)
  const { rssMiB, pssMiB } = memoryOf([process.pid])
  expect(rssMiB).toBeGreaterThan(1)
  expect(pssMiB).toBeLessThanOrEqual(rssMiB)
})

it('counts nothing for a process that is gone', () => {
  expect(cpuSecondsOf([2 ** 22 + 1])).toBe(0)
})
