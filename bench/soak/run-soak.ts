import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Block } from './block.ts'
import { Clients } from './clients.ts'
import { configurations, OriginProcess, portsFrom, Proxy } from './proxies.ts'
import { randomOf } from './random.ts'
import { type Done, judge, type Verdict } from './verdict.ts'
import { connectionsOf, type Sample, sampleOf } from './watch.ts'

export interface SoakOptions {
  readonly seconds: number
  readonly seed: number
  readonly portBase: number
  readonly clients: number
  /** Of operations, with commas between; '' for all. */
  readonly kinds?: string
}

export interface SoakReport extends Verdict {
  readonly operations: number
  readonly kills: number
  readonly seconds: number
  readonly samples: readonly Sample[]
}

/** Of each proxy. */
const WORKERS = 2
/** Something is killed this often, in the first part of the run. */
const KILL_EVERY_MS = 1_500
/** What was killed has come back, and what failed because of it is over. */
const SETTLE_MS = 6_000
const ORIGIN_AWAY_MS = 300
/** How long connections whose clients have gone may take to end. */
const CLOSE_MS = 3_000

/**
 * Loads a proxy and a pair of proxies with everything clients do, and kills workers and origins in the first half: then
 * looks at what was lost, stuck or kept.
 */
export async function runSoak(options: SoakOptions, tell: (line: string) => void): Promise<SoakReport> {
  const directory = mkdtempSync(join(tmpdir(), 'weft-soak-'))
  const ports = portsFrom(options.portBase)
  const random = randomOf(options.seed)
  const { edge, inner } = configurations(directory, ports)
  const origins = ports.origins.map((own) => new OriginProcess(options.seed, own))
  const proxies = [new Proxy(directory, 'inner', inner, WORKERS), new Proxy(directory, 'edge', edge, WORKERS)]
  const clients = new Clients(new Block(options.seed), random)
  const operations: Done[] = []
  const killsAtMs: number[] = []
  const samples: Sample[] = []
  const exitCodes: (number | null)[] = []
  let leftOpen = 0
  try {
    await Promise.all([...origins.map((origin) => origin.start()), ...proxies.map((proxy) => proxy.ready())])
    const startedAtMs = performance.now()
    const endsAtMs = startedAtMs + options.seconds * 1_000
    const killsEndAtMs = startedAtMs + Math.max(options.seconds * 500 - SETTLE_MS, 3_000)
    let calmFromMs = Infinity
    const work = async (): Promise<void> => {
      while (performance.now() < endsAtMs) {
        const operation = clients.choose([ports.http, ports.pairHttp], [ports.tcp, ports.pairTcp])
        const beganAtMs = performance.now()
        const ending = await operation.run()
        operations.push({ kind: operation.kind, ending, startedAtMs: beganAtMs, endedAtMs: performance.now() })
        if (ending === 'told') await sleep(20)
      }
    }
    const kill = async (): Promise<void> => {
      while (performance.now() < killsEndAtMs) {
        await sleep(KILL_EVERY_MS)
        killsAtMs.push(performance.now())
        if (random() < 0.5) {
          const origin = origins[Math.floor(random() * origins.length)]!
          origin.kill()
          await sleep(ORIGIN_AWAY_MS)
          await origin.start()
        } else {
          const { workers } = proxies[Math.floor(random() * proxies.length)]!
          const pid = workers[Math.floor(random() * workers.length)]
          if (pid !== undefined) process.kill(pid, 'SIGKILL')
        }
      }
      // On a busy machine a worker takes seconds to start.
      while (proxies.some(({ workers }) => workers.length < WORKERS) && performance.now() < endsAtMs) await sleep(200)
      calmFromMs = performance.now() + SETTLE_MS
    }
    const watch = async (): Promise<void> => {
      while (performance.now() < endsAtMs) {
        await sleep(Math.max(250, options.seconds * 5))
        if (performance.now() < calmFromMs) continue
        for (const { workers } of proxies)
          for (const pid of workers) {
            const sample = sampleOf(pid)
            if (sample !== null) samples.push(sample)
          }
      }
    }
    const progress = async (): Promise<void> => {
      while (performance.now() < endsAtMs - 30_000) {
        await sleep(30_000)
        const verdict = judge({ operations, killsAtMs, calmFromMs, calmToMs: endsAtMs, samples, leftOpen, exitCodes })
        tell(`${Math.round((performance.now() - startedAtMs) / 1_000)} s: ${JSON.stringify(verdict.counts)}`)
      }
    }
    await Promise.all([...Array.from({ length: options.clients }, work), kill(), watch(), progress()])
    clients.close()
    const fromClients = [ports.http, ports.tcp, ports.pairHttp, ports.pairTcp]
    const toRaw = ports.origins.map(({ tcp }) => tcp)
    leftOpen = await openAfter(CLOSE_MS, () =>
      connectionsOf(
        proxies.flatMap(({ workers }) => workers),
        [...fromClients, ...toRaw],
      ),
    )
    for (const proxy of proxies.reverse()) exitCodes.push(await proxy.stop())
    const evidence = { operations, killsAtMs, calmFromMs, calmToMs: endsAtMs, samples, leftOpen, exitCodes }
    const report = { operations: operations.length, kills: killsAtMs.length, seconds: options.seconds, samples }
    return { ...judge(evidence), ...report }
  } finally {
    clients.close()
    for (const origin of origins) origin.kill()
    for (const proxy of proxies) await proxy.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function openAfter(ms: number, count: () => number): Promise<number> {
  const deadlineMs = performance.now() + ms
  for (;;) {
    const open = count()
    if (open === 0 || performance.now() >= deadlineMs) return open
    await sleep(100)
  }
}
