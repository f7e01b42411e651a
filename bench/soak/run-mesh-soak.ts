import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Agent, CapturedMesh } from './captured-mesh.ts'
import { OPERATION_MS } from './clients.ts'
import { OverdueEvidence, type OverdueSeen, type Tell } from './overdue-evidence.ts'
import { randomOf } from './random.ts'
import type { SoakOptions, SoakReport } from './run-soak.ts'
import { type Done, judge } from './verdict.ts'
import { type Sample, sampleOf } from './watch.ts'

/** Of each agent. */
const WORKERS = 2
const ORIGINS = 2
const KILL_EVERY_MS = 2_500
/** An agent that was killed needs a moment longer than a worker: its workloads wait for the new one. */
const SETTLE_MS = 10_000
/** Connections that applications keep, and tunnels, may stay for a while; those of clients may not. */
const KEPT_DESCRIPTORS = 48
const CLOSE_MS = 8_000
const BEGIN_MS = 60_000
/** The last operations may be stuck, on a machine that hardly runs them. */
const OVER_MS = 2 * OPERATION_MS

const program = (name: string, ...args: readonly (string | number)[]): string[] => [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  join(import.meta.dirname, name),
  ...args.map(String),
]

/**
 * Loads a captured mesh of two nodes from a workload of one to a service on the other, and kills workers, agents and origins in
 * the first half. What is forgiven is what {@link judge} forgives; that a call is refused while its agent is away is told.
 */
export async function runMeshSoak(options: SoakOptions, tell: Tell = () => {}): Promise<SoakReport> {
  const directory = mkdtempSync(join(tmpdir(), 'weft-soak-'))
  const { seconds, seed, portBase } = options
  const ports = [portBase, portBase + 1, portBase + 2]
  const random = randomOf(seed)
  const mesh = new CapturedMesh(directory, WORKERS)
  const operations: Done[] = []
  const killsAtMs: number[] = []
  const samples: Sample[] = []
  let leftOpen = 0
  try {
    await mesh.up()
    const serving = new WeakSet<ChildProcess>()
    const start = (): ChildProcess => {
      const origin = startOrigin(mesh, seed, ports)
      origin.stdout!.once('data', () => serving.add(origin))
      return origin
    }
    const origins = Array.from({ length: ORIGINS }, start)
    const load = mesh.run(
      ['--service', 'soak-client'],
      program('mesh-load.ts', seconds, seed, options.clients, 'soak', ...ports, options.kinds ?? ''),
    )
    const evidenceOf = new OverdueEvidence(mesh, killsAtMs, tell)
    const { begun, over } = collect(load, operations, evidenceOf)
    await begun
    tell('a call has come through: the load begins')
    const before = Math.max(...mesh.workers().map((pid) => sampleOf(pid)?.descriptors ?? 0))
    const startedAtMs = nowMs()
    const endsAtMs = startedAtMs + seconds * 1_000
    const killsEndAtMs = startedAtMs + Math.max(seconds * 500 - SETTLE_MS, 3_000)
    while (nowMs() < killsEndAtMs) {
      await sleep(KILL_EVERY_MS)
      killsAtMs.push(nowMs())
      tell(killSomething(mesh, origins, random, start))
    }
    tell('nothing more is killed')
    // On a busy machine what was killed last takes longer to come back than all that may fail meanwhile.
    while (!(mesh.isWhole && origins.every((origin) => serving.has(origin))) && nowMs() < endsAtMs) await sleep(200)
    tell('all is there again')
    const calmFromMs = nowMs() + SETTLE_MS
    while (nowMs() < endsAtMs) {
      await sleep(Math.max(250, seconds * 5))
      if (nowMs() >= calmFromMs) samples.push(...mesh.workers().flatMap((pid) => sampleOf(pid) ?? []))
    }
    const isOver = await Promise.race([over, sleep(OVER_MS, false)])
    if (!isOver) operations.push({ kind: 'all clients', ending: 'stuck', startedAtMs, endedAtMs: nowMs() })
    await sleep(CLOSE_MS)
    for (const pid of mesh.workers()) {
      const { descriptors } = sampleOf(pid) ?? { descriptors: 0 }
      leftOpen += Math.max(0, descriptors - before - KEPT_DESCRIPTORS)
    }
    const exitCodes = [await mesh.end()]
    const evidence = { operations, killsAtMs, calmFromMs, calmToMs: endsAtMs, samples, leftOpen, exitCodes }
    return { ...judge(evidence), operations: operations.length, kills: killsAtMs.length, seconds, samples }
  } finally {
    await mesh.end()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** A worker, an agent with its workers, or an origin, in whose place comes another. */
function killSomething(
  mesh: CapturedMesh,
  origins: ChildProcess[],
  random: () => number,
  another: () => ChildProcess,
): string {
  const any = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)]
  const chance = random()
  const agents = mesh.agents()
  const nodeOf = (agent: Agent | undefined): number => agents.indexOf(agent!) + 1
  if (chance < 0.5) {
    const pid = any(agents.flatMap(({ workers }) => workers))
    kill(pid)
    return `killed worker ${pid} of node ${nodeOf(agents.find(({ workers }) => workers.includes(pid!)))}`
  }
  if (chance < 0.75) {
    const agent = any(agents)
    kill(agent?.pid)
    agent?.workers.forEach(kill)
    return `killed agent ${agent?.pid} of node ${nodeOf(agent)} with its workers ${agent?.workers.join(' ')}`
  }
  const index = Math.floor(random() * origins.length)
  const { pid } = origins[index]!
  origins[index]!.kill('SIGKILL')
  origins[index] = another()
  return `killed origin ${pid}`
}

function kill(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Each has an address of its own, and listens on its loopback alone. */
function startOrigin(mesh: CapturedMesh, seed: number, ports: readonly number[]): ChildProcess {
  const flags = [
    '--node',
    'node2',
    '--own-network',
    '--service',
    'soak',
    ...ports.flatMap((port) => ['--port', String(port)]),
  ]
  return mesh.run(flags, program('origin.ts', seed, ...ports))
}

/** What the clients say; `begun` once a call came through, `over` with false when they end without saying so. */
function collect(
  load: ChildProcess,
  into: Done[],
  evidence: OverdueEvidence,
): { begun: Promise<void>; over: Promise<boolean> } {
  const begun = Promise.withResolvers<void>()
  const over = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => begun.reject(new Error('no call came through the mesh in time')), BEGIN_MS)
  void begun.promise.catch(() => {}).finally(() => clearTimeout(timer))
  load.once('exit', (code) => {
    begun.reject(new Error(`the clients ended with ${code} before a call came through`))
    over.resolve(false)
  })
  createInterface({ input: load.stdout! }).on('line', (line) => {
    const said = JSON.parse(line) as
      Done | { readonly begun: true } | { readonly over: true } | { overdue: OverdueSeen }
    if ('overdue' in said) void evidence.take(said.overdue)
    else if ('begun' in said) begun.resolve()
    else if ('over' in said) over.resolve(true)
    else into.push(said)
  })
  return { begun: begun.promise, over: over.promise }
}

/** Comparable between processes. */
function nowMs(): number {
  return performance.timeOrigin + performance.now()
}
