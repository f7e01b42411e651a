import { parseArgs } from 'node:util'
import { runSoak } from './run-soak.ts'

const usage = `npm run soak -- [OPTIONS]

Loads weft proxy, and a pair with mutual TLS between, on loopback, kills workers and origins, and tells what was lost,
stuck or kept. Ends with 0 when nothing was.
  --minutes N     how long (5); half of it with kills
  --seconds N     the same in seconds
  --clients N     operations at once (24)
  --seed N        of everything that is chosen at random (1)
  --port-base N   first of 20 ports (23900)`

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seconds: { type: 'string' },
    clients: { type: 'string', default: '24' },
    seed: { type: 'string', default: '1' },
    'port-base': { type: 'string', default: '23900' },
    help: { type: 'boolean', default: false },
  },
})

function number(name: string, text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`--${name} "${text}": expected a number above 0`)
}

if (values.help) console.log(usage)
else {
  const seconds =
    values.seconds === undefined ? 60 * number('minutes', values.minutes ?? '5') : number('seconds', values.seconds)
  const report = await runSoak(
    {
      seconds: Math.max(seconds, 20),
      seed: number('seed', values.seed),
      portBase: number('port-base', values['port-base']),
      clients: number('clients', values.clients),
    },
    (line) => console.error(line),
  )
  const { samples, ...summary } = report
  console.log(JSON.stringify({ ...summary, lastSamples: samples.slice(-4) }, null, 2))
  console.log(report.problems.length === 0 ? 'soak: nothing lost, nothing stuck, nothing kept' : 'soak: FAILED')
  process.exitCode = report.problems.length === 0 ? 0 : 1
}
