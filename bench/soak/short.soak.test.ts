import { needs } from '@weft/tools/testing'
import { expect, test } from 'vitest'
import { runMeshSoak } from './run-mesh-soak.ts'
import { runSoak } from './run-soak.ts'

const SHORT_RUN_MS = 240_000

needs()('a short soak', () => {
  test(
    'proxies lose nothing, keep nothing and leave nothing stuck while workers and origins are killed',
    async () => {
      const report = await runSoak({ seconds: 30, seed: 7, portBase: 23_900, clients: 16 }, () => {})

      expect(report.problems, JSON.stringify(report.counts)).toEqual([])
      expect(report.kills).toBeGreaterThan(1)
    },
    SHORT_RUN_MS,
  )
})

needs(
  'root',
  'bpf',
  'netns',
)('a short soak of a captured mesh', () => {
  test(
    'loses nothing, keeps nothing and leaves nothing stuck while workers, agents and origins are killed',
    async () => {
      const report = await runMeshSoak({ seconds: 40, seed: 7, portBase: 23_950, clients: 8 })

      expect(report.problems, JSON.stringify(report.counts)).toEqual([])
      expect(report.kills).toBeGreaterThan(1)
    },
    SHORT_RUN_MS,
  )
})
