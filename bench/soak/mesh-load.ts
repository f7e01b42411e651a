import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Block } from './block.ts'
import { Clients, type Operation } from './clients.ts'
import { randomOf } from './random.ts'
import type { Done } from './verdict.ts'

// The clients of a captured mesh, as one program in it: `mesh-load.ts SECONDS SEED CLIENTS HOST HTTP-PORT TCP-PORT HTTP2-PORT`. It calls
// the service by its name, and writes each operation that is over as a line of JSON with times since the epoch.
const [seconds, seed, count] = process.argv.slice(2, 5).map(Number) as [number, number, number]
const host = process.argv[5]!
const [http, tcp, http2] = process.argv.slice(6).map(Number) as [number, number, number]

const clients = new Clients(new Block(seed), randomOf(seed), host)
const nowMs = (): number => performance.timeOrigin + performance.now()

// The programs of the service take a moment to be in the mesh.
const choose = (): Operation => clients.choose([http], [tcp], [http2])
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
