import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Block } from './block.ts'
import { Clients, type Operation, type Overdue } from './clients.ts'
import { LoopWatch } from './loop-watch.ts'
import { randomOf } from './random.ts'
import type { Done } from './verdict.ts'

// The clients of a captured mesh, as one program in it: `mesh-load.ts SECONDS SEED CLIENTS HOST HTTP-PORT TCP-PORT HTTP2-PORT
// [KIND,…]`. It calls
// the service by its name, and writes each operation that is over as a line of JSON with times since the epoch.
const [seconds, seed, count] = process.argv.slice(2, 5).map(Number) as [number, number, number]
const host = process.argv[5]!
const [http, tcp, http2] = process.argv.slice(6, 9).map(Number) as [number, number, number]

const loop = new LoopWatch().start()
const overdue: Overdue = (kind, startedAtMs, facts) => {
  const [atMs, sinceMs] = [nowMs(), performance.timeOrigin + startedAtMs]
  const { user, system } = process.cpuUsage()
  const self = { lostMs: Math.round(loop.lostMs), cpuMs: Math.round((user + system) / 1_000) }
  process.stdout.write(`${JSON.stringify({ overdue: { kind, sinceMs, atMs, facts, self } })}\n`)
}
const clients = new Clients(new Block(seed), randomOf(seed), host, loop, overdue)
const nowMs = (): number => performance.timeOrigin + performance.now()

// The programs of the service take a moment to be in the mesh.
const kinds = (process.argv[9] ?? '').split(',').filter((kind) => kind !== '')
function choose(): Operation {
  const operation = clients.choose([http], [tcp], [http2])
  return kinds.length === 0 || kinds.includes(operation.kind) ? operation : choose()
}
while ((await choose().run()) !== 'whole') await sleep(100)
process.stdout.write('{"begun":true}\n')
const endsAtMs = nowMs() + seconds * 1_000

async function work(): Promise<void> {
  while (nowMs() < endsAtMs) {
    const operation = choose()
    const startedAtMs = nowMs()
    const ending = await operation.run()
    const done: Done = { kind: `${operation.kind} in a mesh`, ending, startedAtMs, endedAtMs: nowMs() }
    process.stdout.write(`${JSON.stringify(done)}\n`)
    // Names are not known while an agent is away, and to be told so takes no time.
    if (ending === 'told') await sleep(50)
  }
}

await Promise.all(Array.from({ length: count }, work))
clients.close()
process.stdout.write('{"over":true}\n')
