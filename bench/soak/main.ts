import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { probeCapture } from '@weft/ebpf'
import { runMeshSoak } from './run-mesh-soak.ts'
import { runSoak } from './run-soak.ts'

const usage = `npm run soak -- [OPTIONS]

Loads weft proxy, and a pair with mutual TLS between, on loopback; then, as root where the kernel can capture, a mesh of
two nodes in a network of its own. Kills workers, agents and origins, and tells what was lost, stuck or kept. Ends with 0
when nothing was.
  --minutes N     how long in all (5); half of each part with kills
  --seconds N     the same in seconds
  --clients N     operations at once (24)
  --seed N        of everything that is chosen at random (1)
  --port-base N   first of 20 ports (23900)
  --only WHAT     proxy or mesh
  --kinds A,B     in the mesh only operations of these kinds, as reports name them (all)`

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seconds: { type: 'string' },
    clients: { type: 'string', default: '24' },
    seed: { type: 'string', default: '1' },
    'port-base': { type: 'string', default: '23900' },
    only: { type: 'string', default: '' },
    kinds: { type: 'string', default: '' },
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
  if (!['', 'proxy', 'mesh'].includes(values.only)) throw new Error(`--only "${values.only}": expected proxy or mesh`)
  const probe = probeCapture()
  const withMesh = values.only !== 'proxy' && probe.ok
  if (!probe.ok && values.only === 'mesh') throw new Error(`--only mesh: ${probe.reason}`)
  if (!probe.ok && values.only === '') console.error(`soak: no captured mesh: ${probe.reason}`)
  const parts = [...(values.only === 'mesh' ? [] : ['proxy']), ...(withMesh ? ['mesh'] : [])]
  const options = {
    seconds: Math.max(seconds / parts.length, 20),
    seed: number('seed', values.seed),
    portBase: number('port-base', values['port-base']),
    clients: number('clients', values.clients),
    kinds: values.kinds,
  }
  const startedAtMs = performance.now()
  const tell = (line: string): void =>
    console.error(`${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s: ${line}`)
  for (const part of parts) {
    const report = await (part === 'mesh' ? runMeshSoak : runSoak)(options, tell)
    const { samples, ...summary } = report
    console.log(JSON.stringify({ part, ...summary, lastSamples: samples.slice(-4) }, null, 2))
    const isGood = report.problems.length === 0
    console.log(isGood ? `soak of ${part}: nothing lost, nothing stuck, nothing kept` : `soak of ${part}: FAILED`)
    if (!isGood) process.exitCode = 1
  }
}
