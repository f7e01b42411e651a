import { mkdirSync, writeFileSync } from 'node:fs'
import { pickTable } from './pick.ts'
import { simulationTable } from './simulation.ts'

// `npm run bench:pick [-- --quick]`: what a pick costs, and how the strategies fare in simulation; into bench/results.
const isQuick = process.argv.includes('--quick')
const results = new URL('../results/', import.meta.url)
mkdirSync(results, { recursive: true })
const text = [
  '# Balancer',
  '',
  'Made by `npm run bench:pick`. Nanoseconds of CPU per pick (choice alone), by strategy and number of endpoints:',
  '',
  ...pickTable(isQuick ? 200_000 : 2_000_000),
  '',
  'Simulation (virtual time, seeded; p99 in milliseconds of all requests after the first five seconds, those that still',
  'waited at the end included; failures, and the share of the server that differs, where there is one):',
  '',
  ...simulationTable(isQuick ? 20_000 : 60_000),
  '',
].join('\n')
writeFileSync(new URL('balancer.md', results), text)
process.stdout.write(text)
