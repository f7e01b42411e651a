import { expect, test } from 'vitest'
import type { Ending } from './clients.ts'
import { type Evidence, judge } from './verdict.ts'

const samples = Array.from({ length: 12 }, () => ({ pid: 1, rssBytes: 100 << 20, descriptors: 40 }))
const whole = Array.from({ length: 200 }, (_, index) => done('whole', index, index + 1))

function done(ending: Ending, startedAtMs: number, endedAtMs: number): Evidence['operations'][number] {
  return { kind: 'tcp', ending, startedAtMs, endedAtMs }
}

function evidence(changes: Partial<Evidence>): Evidence {
  return {
    operations: whole,
    killsAtMs: [1_000],
    calmFromMs: 7_000,
    calmToMs: 20_000,
    samples,
    leftOpen: 0,
    exitCodes: [0, 0],
    ...changes,
  }
}

test('judge() finds nothing where nothing is', () => {
  expect(judge(evidence({})).problems).toEqual([])
})

test('judge() excuses what was cut short by a kill, and nothing else', () => {
  const byKill = judge(evidence({ operations: [...whole, done('short', 900, 1_100)] }))
  const byNobody = judge(evidence({ operations: [...whole, done('short', 2_000, 3_000)] }))

  expect(byKill.problems).toEqual([])
  const first = 'the first: tcp, 1000 ms, 1000 ms after a kill'
  expect(byNobody.problems).toEqual([`1 operations cut short in silence (${first})`])
})

test('judge() forgives no changed octet and nothing stuck, kill or not', () => {
  const operations = [...whole, done('changed', 900, 1_100), done('stuck', 900, 20_900)]

  expect(judge(evidence({ operations })).problems).toHaveLength(2)
})

test('judge() lets operations fail after a kill, and not while it is calm', () => {
  expect(judge(evidence({ operations: [...whole, done('told', 2_000, 2_100)] })).problems).toEqual([])
  expect(judge(evidence({ operations: [...whole, done('told', 8_000, 8_100)] })).problems).toHaveLength(1)
})

test('judge() tells memory and descriptors that grow, connections that stay, ends that are none', () => {
  const growing = samples.map((sample, index) => ({
    ...sample,
    rssBytes: (100 + 30 * index) << 20,
    descriptors: 40 + 20 * index,
  }))
  const { problems } = judge(evidence({ samples: growing, leftOpen: 2, exitCodes: [0, 1] }))

  expect(problems).toEqual([
    expect.stringMatching(/worker 1 grew from 130 to 400 MiB|worker 1 grew/),
    expect.stringContaining('descriptors'),
    expect.stringContaining('2 connections stayed open'),
    expect.stringContaining('ended with 1'),
  ])
})

test('judge() takes a run in which hardly anything happened for no proof', () => {
  expect(judge(evidence({ operations: [] })).problems).toHaveLength(1)
})
