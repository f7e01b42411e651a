import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PeerFigures } from '../runs/compare.ts'
import { growthOf } from '../runs/endurance.ts'
import { repositoryRoot, resultsDirectory } from '../setup/place.ts'
import { resultsMarkdown } from './markdown.ts'
import { readmeTable, withTable } from './readme-table.ts'
import { mergeResults, readResults, type Results } from './results.ts'

const figures = (peer: string, ...perCpuSecond: number[]): PeerFigures => ({
  peer,
  perCpuSecond,
  perSecond: null,
  latency: null,
  rssMiB: 1,
  failure: '',
  note: '',
})

const stamp = { date: '2026-01-01', revision: 'abc', rounds: 2, seconds: 1, loadAverage: 0 }
const resultsOf = (scenario: string, ours: number): Results => ({
  machine: { processor: 'p', cores: 2, memoryGiB: 4, kernel: '6.1', system: 's', node: '24' },
  versions: { weft: 'abc' },
  scenarios: [
    {
      scenario,
      unit: 'requests',
      openLoopRate: 0,
      ...stamp,
      peers: [figures('weft', ours, ours), figures('envoy', 10, Number.NaN)],
    },
  ],
  memory: null,
  workers: null,
  endurance: null,
})

describe('results', () => {
  it('replaces a scenario that was measured anew, in the order of the scenarios', () => {
    const before = mergeResults(resultsOf('http2', 10), resultsOf('http1-small', 20))
    const after = mergeResults(before, resultsOf('http2', 30))
    expect(after.scenarios.map(({ scenario, peers }) => [scenario, peers[0]!.perCpuSecond[0]])).toEqual([
      ['http1-small', 20],
      ['http2', 30],
    ])
  })

  it('become a table of ratios, over the rounds that both have', () => {
    expect(readmeTable(resultsOf('http1-small', 13))).toMatch(/^\| HTTP\/1\.1, small \| +1\.30 \| +– \|/m)
    expect(resultsMarkdown(resultsOf('http1-small', 13))).toContain('1.30 (1.30–1.30)')
  })
})

describe('endurance', () => {
  it('compares the end with the plateau before it', () => {
    const samples = [50, 90, 100, 100, 100, 100, 100, 101, 102, 105].map((rssMiB, i) => ({ requests: i + 1, rssMiB }))
    const { plateauMiB, endMiB, growth } = growthOf(samples, 10)
    expect([plateauMiB, endMiB]).toEqual([100, 103.5])
    expect(growth).toBeCloseTo(0.035)
  })
})

describe('what is in the repository', () => {
  const results = readResults(resultsDirectory)

  it('has a table in the README that is the one of bench/results', () => {
    const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8')
    expect(results).not.toBeNull()
    expect(withTable(readme, results!)).toBe(readme)
  })

  it('has a results.md that is the one of results.json', () => {
    expect(readFileSync(join(resultsDirectory, 'results.md'), 'utf8')).toBe(resultsMarkdown(results!))
  })

  it('names no host and no path', () => {
    expect(readFileSync(join(resultsDirectory, 'results.json'), 'utf8')).not.toMatch(/\/(?:root|home|work|tmp)\//)
  })
})
