import { expect, it } from 'vitest'
import { quickScenarios, scenarios, scenariosNamed } from '../scenarios/scenarios.ts'
import { readOptions } from './options.ts'

it('takes several names after one flag, separated by spaces or commas', () => {
  const options = readOptions(['--scenario', 'http1-small', 'http2', '--peer', 'weft,envoy', '--rounds', '3'])
  expect(options).toMatchObject({ scenarios: ['http1-small', 'http2'], peers: ['weft', 'envoy'], rounds: 3 })
})

it('is short when it shall be quick', () => {
  expect(readOptions(['--quick'])).toMatchObject({ rounds: 2, seconds: 1, isQuick: true })
  expect(readOptions(['--quick', '--rounds', '4']).rounds).toBe(4)
})

it('hands flags on to either side of a comparison', () => {
  const options = readOptions(['--ab', 'HEAD~1', '.', '--ab-flags', '', '--log-level debug'])
  expect(options).toMatchObject({ ab: ['HEAD~1', '.'], abFlags: ['', '--log-level debug'] })
})

it('says what it expected', () => {
  expect(() => readOptions(['--rounds', 'many'])).toThrow('--rounds: found "many", expected a number from 1 to 100')
  expect(() => readOptions(['--faster'])).toThrow('--faster')
  expect(() => scenariosNamed(['http9'])).toThrow('expected one of http1-small')
})

it('has every scenario as one hop and as a pair, and chooses by pattern', () => {
  const names = scenarios.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(scenariosNamed(['pair-*']).length).toBe(names.length / 2)
  expect(scenariosNamed(quickScenarios).map(({ name }) => name)).toEqual(quickScenarios)
})
